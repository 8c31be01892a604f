"""The files under ``data/legislation/``: one dataclass a file, in the order of its columns."""

from dataclasses import dataclass
from datetime import date

from portal.calendar.models import Event
from portal.core.models import Source
from portal.council.models import Committee, Member
from portal.council.rules import Nature
from portal.importers.files import DataFile, check_span
from portal.importers.tables import Amount, PartialDate
from portal.legislation.models import (
    Bill,
    BillSponsor,
    BillStep,
    Collection,
    CostYear,
    Enactment,
    EnactmentSponsor,
    HardWord,
    Highlight,
    Ordinance,
    SupportProgramme,
)
from portal.legislation.rules.kinds import (
    BillKind,
    CostCategory,
    EnactmentKind,
    Field,
    Proposer,
    SponsorRole,
    StepKind,
    StepResult,
)

SOURCE = {"source": ("source_id", Source)}
ORDINANCE = {"ordinance": ("ordinance_id", Ordinance)}
COMMITTEE = {"committee": ("committee_id", Committee)}
MEMBER = {"member": ("member_id", Member)}


@dataclass(frozen=True)
class OrdinanceRow:
    """An ordinance by its official title."""

    slug: str
    title: str
    title_en: str | None
    plain_title: str | None
    plain_title_en: str | None
    field: Field
    address: str | None
    note: str | None
    note_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class EnactmentRow:
    """One time that an ordinance was made or changed."""

    slug: str
    ordinance: str
    kind: EnactmentKind
    summary: str
    summary_en: str | None
    passed_on: date | None
    passed_nature: Nature
    transmitted_on: date | None
    promulgated_on: date | None
    promulgation: str | None
    in_force_on: date | None
    session_number: int | None
    session_nature: Nature
    committee: str | None
    proposer: str | None
    proposer_en: str | None
    note: str | None
    note_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class EnactmentSponsorRow:
    """A member who brought an enactment in."""

    enactment: str
    position: int
    role: SponsorRole
    member: str | None
    name: str | None


@dataclass(frozen=True)
class BillRow:
    """A bill."""

    slug: str
    number: int | None
    title: str
    title_en: str | None
    kind: BillKind
    session_number: int | None
    proposed_by: Proposer | None
    proposer: str | None
    proposer_en: str | None
    summary: str | None
    summary_en: str | None
    amount: str | None
    amount_en: str | None
    cost_category: CostCategory | None
    cost_yearly_won: Amount | None
    cost_once_won: Amount | None
    ordinance: str | None
    note: str | None
    note_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class BillStepRow:
    """A step of a bill."""

    bill: str
    position: int
    kind: StepKind
    on: date | None
    nature: Nature
    committee: str | None
    event: str | None
    result: StepResult | None
    text: str | None
    text_en: str | None
    votes_for: int | None
    votes_against: int | None
    abstained: int | None
    present: int | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class BillSponsorRow:
    """A member who brought a bill in or supports it."""

    bill: str
    position: int
    role: SponsorRole
    member: str | None
    name: str | None


@dataclass(frozen=True)
class CollectionRow:
    """A choice of highlights."""

    slug: str
    position: int
    title: str
    title_en: str | None
    text: str | None
    text_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class HighlightRow:
    """What an ordinance changes in people's lives."""

    slug: str
    ordinance: str
    collection: str
    position: int
    effect: str
    effect_en: str | None
    affected: str | None
    affected_en: str | None
    since: PartialDate | None
    script: str | None
    script_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class CostYearRow:
    """How many bills were looked at for their costs in one time."""

    period: str
    total: int
    estimates: int
    reasons: int
    small: int | None
    declaratory: int | None
    none: int
    source: str
    locator: str | None


@dataclass(frozen=True)
class HardWordRow:
    """A hard word with a plainer one."""

    word: str
    plainer: str


@dataclass(frozen=True)
class SupportRow:
    """A work programme by which the secretariat helps with bills."""

    position: int
    programme: str


FILES: tuple[DataFile, ...] = (
    DataFile("legislation/ordinances.csv", OrdinanceRow, Ordinance, ("slug",), SOURCE),
    DataFile(
        "legislation/enactments.csv",
        EnactmentRow,
        Enactment,
        ("slug",),
        SOURCE | ORDINANCE | COMMITTEE,
        check=check_span("passed_on", "promulgated_on"),
    ),
    DataFile(
        "legislation/enactment_sponsors.csv",
        EnactmentSponsorRow,
        EnactmentSponsor,
        ("enactment", "position"),
        MEMBER | {"enactment": ("enactment_id", Enactment)},
    ),
    DataFile("legislation/bills.csv", BillRow, Bill, ("slug",), SOURCE | ORDINANCE),
    DataFile(
        "legislation/bill_steps.csv",
        BillStepRow,
        BillStep,
        ("bill", "position"),
        SOURCE | COMMITTEE | {"bill": ("bill_id", Bill), "event": ("event_id", Event)},
    ),
    DataFile(
        "legislation/bill_sponsors.csv",
        BillSponsorRow,
        BillSponsor,
        ("bill", "position"),
        MEMBER | {"bill": ("bill_id", Bill)},
    ),
    DataFile("legislation/collections.csv", CollectionRow, Collection, ("slug",), SOURCE),
    DataFile(
        "legislation/highlights.csv",
        HighlightRow,
        Highlight,
        ("slug",),
        SOURCE | ORDINANCE | {"collection": ("collection_id", Collection)},
    ),
    DataFile("legislation/support.csv", SupportRow, SupportProgramme, ("programme",)),
    DataFile("legislation/cost_years.csv", CostYearRow, CostYear, ("period",), SOURCE),
    DataFile("legislation/hard_words.csv", HardWordRow, HardWord, ("word",)),
)
