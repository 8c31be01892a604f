"""What the staff's pages of hearings show: frozen rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.hearings.rules.kinds import HearingKind, Way, WindowState
from portal.places.queries import Count
from portal.places.rules import TAKING, ClaimState, Terms


@dataclass(frozen=True)
class HearingLine:
    """A hearing in the staff's list.

    :ivar is_public: citizens see it
    :ivar room: how the room is filled; None: no places were set, so with ``online``
    :ivar opinions_waiting: opinions that nobody has read
    """

    id: int
    title: str
    title_en: str | None
    kind: HearingKind
    starts_on: date
    starts_at: datetime | None
    is_public: bool
    is_called_off: bool
    sign_up: WindowState
    room: Count | None
    online: Count | None
    opinions_waiting: int


@dataclass(frozen=True)
class Counted:
    """How many parties, and how many people they are."""

    parties: int = 0
    people: int = 0


@dataclass(frozen=True)
class WayBoard:
    """How one way to take part is filled.

    :ivar by_state: parties and people in each state; a state of nobody is left out
    """

    way: Way
    pool_id: int
    terms: Terms
    by_state: Mapping[ClaimState, Counted]

    def of(self, state: ClaimState) -> Counted:
        """Return how many are in a state."""
        return self.by_state.get(state, Counted())

    @property
    def taken(self) -> int:
        """Return the people who have places."""
        return sum(self.of(state).people for state in TAKING)

    @property
    def free(self) -> int | None:
        """Return the places that can be given out now; None: without limit."""
        return None if self.terms.room is None else max(0, self.terms.room - self.taken)


@dataclass(frozen=True)
class PartyRow:
    """A party as the staff see it.

    :ivar name: None: not said, or erased
    :ivar has_slip: the staff wrote it down, so it may have a slip
    :ivar place: its place in line; None: it does not wait
    :ivar deadline_at: when a hold or offer ends; None: its time does not run
    """

    id: int
    claim_id: int
    number: str
    way: Way
    state: ClaimState
    size: int
    name: str | None
    email: str | None
    phone: str | None
    needs: str | None
    question: str | None
    passes: int
    place: int | None
    deadline_at: datetime | None
    created_at: datetime
    has_slip: bool
    is_erased: bool


@dataclass(frozen=True)
class MessageRow:
    """A message that went to many."""

    audience: str
    subject: str
    letters: int
    sent_by: str
    sent_at: datetime


@dataclass(frozen=True)
class Answers:
    """What those who came thought.

    :ivar content: average of whether it was worth coming, None from too few answers
    :ivar access: average of whether they could take part well, None from too few answers
    :ivar wishes: what should be better, in their words
    """

    count: int
    content: float | None
    access: float | None
    wishes: tuple[str, ...]


@dataclass(frozen=True)
class YearFigures:
    """Figures of a year and kind; people are counted, not parties, unless it says so.

    :ivar sign_ups: parties that ever signed up
    :ivar people: people of those that had or have places
    """

    year: int
    kind: HearingKind
    hearings: int
    sign_ups: int
    people: int
    attended: int
    absent: int
    served: int
    published: int
    hidden: int
    restored: int
