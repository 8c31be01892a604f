"""What the council's pages show: frozen rows, read by ``queries``."""

from dataclasses import dataclass
from datetime import date

from portal.core.citations import SourceLine
from portal.council.rules import CommitteeKind, Nature, Rank, SeatKind, StartBasis, UnitKind


@dataclass(frozen=True)
class CouncilRow:
    """The council of this portal: its names, country and how its office is reached."""

    name: str
    name_en: str
    secretariat: str
    secretariat_en: str
    country: str
    address: str | None
    address_en: str | None
    phone: str | None
    opening_hours: str | None


@dataclass(frozen=True)
class AreaRow:
    """A part of the city with districts of its own."""

    slug: str
    name: str
    name_en: str | None


@dataclass(frozen=True)
class Person:
    """A member's name and address."""

    slug: str
    name: str
    name_en: str | None


@dataclass(frozen=True)
class PartySeen:
    """The party a member was last seen in, on or before a day.

    :ivar name: None when the member had no party
    :ivar seen_on: partial date of the evidence, None when the source has none
    """

    slug: str | None
    name: str | None
    name_en: str | None
    seen_on: str | None
    nature: Nature


@dataclass(frozen=True)
class Role:
    """A role of a member on a day.

    :ivar committee_slug: None for roles outside committees
    :ivar starts_on: partial date on which it began or was seen
    """

    person: Person
    rank: Rank
    role: str
    role_en: str | None
    body: str | None
    body_en: str | None
    committee_slug: str | None
    starts_on: str | None
    start_basis: StartBasis
    ends_on: date | None
    note: str | None
    note_en: str | None
    source_title: str | None
    source_title_en: str | None
    source_address: str | None


@dataclass(frozen=True)
class MemberRow:
    """A member in a list, as of a day."""

    person: Person
    seat: SeatKind
    area_slug: str | None
    district_number: int | None
    district: str | None
    district_en: str | None
    party: PartySeen | None
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class CommitteeRow:
    """A committee in a list, as of a day.

    :ivar chair: None when nobody is known to chair it on that day
    :ivar days_left: days until it ends when that is soon, else None
    """

    id: int
    slug: str
    name: str
    name_en: str | None
    kind: CommitteeKind
    starts_on: date | None
    ends_on: date | None
    chair: Person | None
    is_live: bool
    days_left: int | None


@dataclass(frozen=True)
class CheckRow:
    """A printed figure that does not agree with its parts.

    :ivar unit: ``million``, ``thousand``, ``permille`` or None; printed and computed are in it
    """

    statement: str
    statement_en: str | None
    printed: int | None
    computed: int | None
    unit: str | None
    note: str | None
    note_en: str | None
    locator: str | None


@dataclass(frozen=True)
class CommitteeDetail:
    """What a committee's page shows beside the row of the list.

    :ivar remit: name and English name of the offices it watches over
    :ivar remit_as_of: partial date at which the list was true
    """

    id: int
    row: CommitteeRow
    is_remit_complete: bool
    remit_as_of: str | None
    remit: tuple[tuple[str, str | None], ...]
    note: str | None
    note_en: str | None
    source: SourceLine | None


@dataclass(frozen=True)
class UnitRow:
    """A unit of the secretariat with its duties and staff."""

    id: int
    slug: str
    name: str
    name_en: str | None
    kind: UnitKind
    parent_id: int | None
    count: int
    phone: str | None
    opening_hours: str | None
    address: str | None
    address_en: str | None
    duties: tuple[tuple[str, str | None], ...]
    quota: int | None
    present: int | None
    staff_as_of: date | None
