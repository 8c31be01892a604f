"""The files under ``data/council/``: one dataclass a file, in the order of its columns."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.core.hangul import initials
from portal.core.models import Source
from portal.council.models import (
    Affiliation,
    Area,
    Committee,
    District,
    Duty,
    Member,
    Membership,
    Party,
    PartySeatCount,
    Remit,
    StaffCount,
    Term,
    Unit,
)
from portal.council.rules import CommitteeKind, Nature, Rank, SeatKind, StartBasis, UnitKind
from portal.importers.files import DataFile, Lookup, check_span, line_as_position
from portal.importers.tables import PartialDate, Placed

SOURCE = {"source": ("source_id", Source)}


@dataclass(frozen=True)
class TermRow:
    """A term of the council."""

    number: int
    name: str
    name_en: str | None
    starts_on: date
    ends_on: date
    opened_on: date | None
    district_seats: int
    proportional_seats: int
    source: str
    locator: str | None


@dataclass(frozen=True)
class PartyRow:
    """A party under one name."""

    slug: str
    name: str
    name_en: str | None


@dataclass(frozen=True)
class PartySeatsRow:
    """Printed seats of a party on a day."""

    term: int
    party: str
    seats: int
    as_of: date
    source: str
    locator: str | None


@dataclass(frozen=True)
class AreaRow:
    """A part of the city."""

    slug: str
    name: str
    name_en: str | None


@dataclass(frozen=True)
class DistrictRow:
    """A district within an area."""

    slug: str
    area: str
    number: int
    name: str
    name_en: str | None


@dataclass(frozen=True)
class MemberRow:
    """A member in a term."""

    slug: str
    name: str
    name_en: str | None
    term: int
    seat: SeatKind
    district: str | None
    note: str | None
    note_en: str | None
    source: str


@dataclass(frozen=True)
class AffiliationRow:
    """The party a member was seen in; an empty party means none."""

    member: str
    party: str | None
    seen_on: PartialDate | None
    nature: Nature
    note: str | None
    note_en: str | None
    source: str


@dataclass(frozen=True)
class CommitteeRow:
    """A committee."""

    slug: str
    name: str
    name_en: str | None
    kind: CommitteeKind
    starts_on: date | None
    ends_on: date | None
    remit_complete: bool
    remit_as_of: PartialDate | None
    note: str | None
    note_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class RemitRow:
    """An office a committee watches over."""

    committee: str
    position: int
    name: str
    name_en: str | None
    source: str


@dataclass(frozen=True)
class MembershipRow:
    """A member's role."""

    member: str
    committee: str | None
    body: str | None
    body_en: str | None
    rank: Rank
    role: str
    role_en: str | None
    starts_on: PartialDate | None
    start_basis: StartBasis
    ends_on: date | None
    end_nature: Nature | None
    note: str | None
    note_en: str | None
    source: str


@dataclass(frozen=True)
class UnitRow:
    """A unit of the secretariat."""

    slug: str
    name: str
    name_en: str | None
    kind: UnitKind
    parent: str | None
    count: int
    phone: str | None
    opening_hours: str | None
    address: str | None
    address_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class DutyRow:
    """A duty of a unit."""

    unit: str
    position: int
    text: str
    text_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class StaffingRow:
    """Posts and people of a unit on a day."""

    unit: str
    as_of: date
    quota: int
    present: int
    source: str
    locator: str | None


def _initials(placed: Placed[Any], _lookup: Lookup) -> dict[str, object]:
    return {"initials": initials(placed.row.name)}


FILES = (
    DataFile(
        "council/terms.csv",
        TermRow,
        Term,
        ("number",),
        SOURCE,
        check=check_span("starts_on", "ends_on"),
    ),
    DataFile("council/parties.csv", PartyRow, Party, ("slug",)),
    DataFile(
        "council/party_seats.csv",
        PartySeatsRow,
        PartySeatCount,
        ("term", "party", "as_of"),
        SOURCE | {"term": ("term_id", Term), "party": ("party_id", Party)},
    ),
    DataFile("council/areas.csv", AreaRow, Area, ("slug",), further=line_as_position),
    DataFile(
        "council/districts.csv", DistrictRow, District, ("slug",), {"area": ("area_id", Area)}
    ),
    DataFile(
        "council/members.csv",
        MemberRow,
        Member,
        ("slug",),
        SOURCE | {"term": ("term_id", Term), "district": ("district_id", District)},
        further=_initials,
    ),
    DataFile(
        "council/affiliations.csv",
        AffiliationRow,
        Affiliation,
        ("member", "party", "seen_on"),
        SOURCE | {"member": ("member_id", Member), "party": ("party_id", Party)},
    ),
    DataFile(
        "council/committees.csv",
        CommitteeRow,
        Committee,
        ("slug",),
        SOURCE,
        renames={"remit_complete": "is_remit_complete"},
        further=line_as_position,
        check=check_span("starts_on", "ends_on"),
    ),
    DataFile(
        "council/remits.csv",
        RemitRow,
        Remit,
        ("committee", "position"),
        SOURCE | {"committee": ("committee_id", Committee)},
    ),
    DataFile(
        "council/memberships.csv",
        MembershipRow,
        Membership,
        ("member", "committee", "body", "role", "starts_on"),
        SOURCE | {"member": ("member_id", Member), "committee": ("committee_id", Committee)},
    ),
    DataFile(
        "council/units.csv",
        UnitRow,
        Unit,
        ("slug",),
        SOURCE | {"parent": ("parent_id", Unit)},
        further=line_as_position,
    ),
    DataFile(
        "council/duties.csv",
        DutyRow,
        Duty,
        ("unit", "position"),
        SOURCE | {"unit": ("unit_id", Unit)},
    ),
    DataFile(
        "council/staffing.csv",
        StaffingRow,
        StaffCount,
        ("unit", "as_of"),
        SOURCE | {"unit": ("unit_id", Unit)},
    ),
)
