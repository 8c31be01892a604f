"""Words and pure rules of the council: kinds, ranks, what is so on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: A committee that ends within this many days is marked (look.md, recipe of the composition page).
ENDING_SOON_DAYS = 14


class SeatKind(StrEnum):
    """How a seat was won."""

    DISTRICT = "district"
    PROPORTIONAL = "proportional"
    UNKNOWN = "unknown"


class CommitteeKind(StrEnum):
    """Standing committees, and special ones of the standing (상설) or ad hoc (비상설) type."""

    STANDING = "standing"
    SPECIAL_STANDING = "special_standing"
    SPECIAL_AD_HOC = "special_ad_hoc"


class Rank(StrEnum):
    """What a membership makes of a member, the highest first."""

    SPEAKER = "speaker"
    DEPUTY_SPEAKER = "deputy_speaker"
    FLOOR_LEADER = "floor_leader"
    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    MEMBER = "member"
    OTHER = "other"


class StartBasis(StrEnum):
    """Whether a membership began on its date or was only seen then."""

    BEGAN = "began"
    SEEN = "seen"


class Nature(StrEnum):
    """Whether a fact stands in a source or was derived from what does."""

    STATED = "stated"
    DERIVED = "derived"


class UnitKind(StrEnum):
    """Kinds of units of the secretariat."""

    SECRETARIAT = "secretariat"
    EXPERT_OFFICE = "expert_office"
    OFFICE = "office"
    DIVISION = "division"


@dataclass(frozen=True)
class PartySeats:
    """The seats of one party.

    :ivar mark: place of the party's shape in the picture, 0 for the largest party
    """

    slug: str
    name: str
    name_en: str | None
    seats: int
    mark: int


@dataclass(frozen=True)
class Composition:
    """The council's seats on a day.

    :ivar vacant: seats nobody holds: all seats less those of the parties
    """

    seats: int
    district_seats: int
    proportional_seats: int
    parties: tuple[PartySeats, ...]
    as_of: date | None

    @property
    def sitting(self) -> int:
        """Return how many members sit."""
        return sum(party.seats for party in self.parties)

    @property
    def vacant(self) -> int:
        """Return how many seats are empty."""
        return self.seats - self.sitting


def is_live(starts_on: date | None, ends_on: date | None, day: date) -> bool:
    """Say whether something with open or known ends lasts on a day."""
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)


def days_left(ends_on: date | None, day: date) -> int | None:
    """Return the days until something ends when that is soon, else None."""
    if ends_on is None or not 0 <= (ends_on - day).days <= ENDING_SOON_DAYS:
        return None
    return (ends_on - day).days
