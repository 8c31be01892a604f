"""What the pages of bills and ordinances show: frozen rows read by ``queries``."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.core.citations import SourceLine
from portal.council.rules import Nature
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
from portal.legislation.rules.progress import Referral, Standing
from portal.legislation.rules.text import OrdinanceText
from portal.moderation.queries import AttachedFile, CorrectionLine


@dataclass(frozen=True)
class Named:
    """Something with a name and a page of its own: a committee, a member, a sitting, an ordinance.

    :ivar slug: last part of the address of its page; None: it has none
    """

    slug: str | None
    name: str
    name_en: str | None


@dataclass(frozen=True)
class SponsorRow:
    """A member who brings something in or supports it."""

    role: SponsorRole
    member: Named


@dataclass(frozen=True)
class EnactmentRow:
    """One time that an ordinance was made or changed, as a list shows it.

    :ivar has_session_page: whether the session it passed in has a page
    :ivar is_later: it became known after the site's day
    """

    id: int
    slug: str
    ordinance: Named
    field: Field
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
    has_session_page: bool
    committee: Named | None
    proposer: str | None
    proposer_en: str | None
    note: str | None
    note_en: str | None
    published_at: datetime | None
    source: SourceLine | None
    is_later: bool

    @property
    def decided_on(self) -> date | None:
        """Return the day by which it is sorted: of its promulgation, else of its passing."""
        return self.promulgated_on or self.passed_on


@dataclass(frozen=True)
class TextRow:
    """A version of an ordinance's text, without the text."""

    id: int
    number: str
    promulgated_on: date
    in_force_on: date | None
    change: str | None


@dataclass(frozen=True)
class OrdinanceDetail:
    """What an ordinance's own page shows.

    :ivar enactments: the newest first
    :ivar versions: imported texts, the newest first; ``text`` is that of the first one
    """

    id: int
    slug: str
    title: str
    title_en: str | None
    plain_title: str | None
    plain_title_en: str | None
    field: Field
    address: str | None
    note: str | None
    note_en: str | None
    source: SourceLine | None
    enactments: tuple[EnactmentRow, ...]
    sponsors: dict[int, tuple[SponsorRow, ...]]
    versions: tuple[TextRow, ...]
    text: OrdinanceText | None
    corrections: tuple[CorrectionLine, ...]


@dataclass(frozen=True)
class TextVersion:
    """A version of an ordinance's text with its articles."""

    row: TextRow
    text: OrdinanceText
    address: str | None


@dataclass(frozen=True)
class BillStepRow:
    """A step of a bill.

    :ivar committee: slug of the committee, as the rules ask for it
    :ivar is_later: it lies after the site's day
    """

    id: int
    kind: StepKind
    on: date | None
    nature: Nature
    committee: str | None
    committee_name: str | None
    committee_name_en: str | None
    event: Named | None
    result: StepResult | None
    text: str | None
    text_en: str | None
    votes_for: int | None
    votes_against: int | None
    abstained: int | None
    present: int | None
    source: SourceLine | None
    is_later: bool

    @property
    def has_votes(self) -> bool:
        """Say whether a source prints how many voted for and against."""
        return self.votes_for is not None


@dataclass(frozen=True)
class BillRow:
    """A bill in a list, with where it stands on the site's day.

    :ivar has_session_page: whether the session it belongs to has a page
    :ivar last: the last step known by the day; None: none is
    """

    id: int
    slug: str
    number: int | None
    title: str
    title_en: str | None
    kind: BillKind
    session_number: int | None
    has_session_page: bool
    proposed_by: Proposer | None
    proposer: str | None
    proposer_en: str | None
    published_at: datetime | None
    standing: Standing
    last: BillStepRow | None


@dataclass(frozen=True)
class BillDetail:
    """What a bill's own page shows beside its row.

    :ivar steps: those known by the site's day, in their order
    :ivar later: steps after it
    :ivar referrals: steps before committees, by committee
    """

    row: BillRow
    summary: str | None
    summary_en: str | None
    amount: str | None
    amount_en: str | None
    cost_category: CostCategory | None
    cost_yearly_won: int | None
    cost_once_won: int | None
    note: str | None
    note_en: str | None
    ordinance: Named | None
    source: SourceLine | None
    steps: tuple[BillStepRow, ...]
    later: tuple[BillStepRow, ...]
    referrals: tuple[Referral[BillStepRow], ...]
    sponsors: tuple[SponsorRow, ...]
    files: tuple[AttachedFile, ...]
    corrections: tuple[CorrectionLine, ...]


@dataclass(frozen=True)
class CollectionRow:
    """A choice of highlights with its text."""

    id: int
    title: str
    title_en: str | None
    text: str | None
    text_en: str | None
    source: SourceLine | None


@dataclass(frozen=True)
class HighlightRow:
    """A highlight in its collection."""

    id: int
    slug: str
    ordinance: Named
    field: Field
    collection_id: int
    effect: str
    effect_en: str | None
    affected: str | None
    affected_en: str | None
    since: str | None


@dataclass(frozen=True)
class HighlightDetail:
    """A highlight with its pictures and their words."""

    row: HighlightRow
    script: str | None
    script_en: str | None
    files: tuple[AttachedFile, ...]
    corrections: tuple[CorrectionLine, ...]
    source: SourceLine | None
