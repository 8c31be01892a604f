"""Reads about bills and their steps. A list is narrowed, counted and cut by the database."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from portal.calendar.models import Event
from portal.core.citations import SOURCE_COLUMNS, source_of
from portal.core.errors import Gone, NotFound
from portal.core.kept import kept
from portal.core.models import Source
from portal.council.models import Committee, Member
from portal.legislation.models import Bill, BillSponsor, BillStep, Ordinance
from portal.legislation.pages import BillDetail, BillRow, BillStepRow, Named
from portal.legislation.queries.names import has_session_page, named, sponsors_of
from portal.legislation.rules.kinds import BillKind, StepKind, StepResult
from portal.legislation.rules.progress import Outcome, referrals_of, standing_of
from portal.moderation.queries import attached_files, corrections_of, has_left

#: A bill has a dozen steps; a list or a feed shows far fewer bills.
MOST_STEPS = 200
MOST_BILLS = 300
_IN_FAVOUR = (StepResult.PASSED, StepResult.AMENDED)
_COLUMNS = (
    Bill.id,
    Bill.slug,
    Bill.number,
    Bill.title,
    Bill.title_en,
    Bill.kind,
    Bill.session_number,
    Bill.proposed_by,
    Bill.proposer,
    Bill.proposer_en,
    Bill.published_at,
)
#: The latest session first, in it the highest number; what belongs to no session comes last.
_ORDER = (Bill.session_number.desc().nulls_last(), Bill.number.desc().nulls_last(), Bill.id.desc())
_FURTHER_NAMES = (
    "summary summary_en amount amount_en cost_category cost_yearly_won cost_once_won note note_en"
).split()
_SAME_STEP_NAMES = (
    "id kind on nature result text text_en votes_for votes_against abstained present"
).split()


@dataclass(frozen=True)
class BillWish:
    """How a reader narrows the list; what is None or empty narrows nothing.

    :ivar committee: slug of a committee that the bill came before
    :ivar sponsor: slug of a member who brought it in
    """

    kind: BillKind | None = None
    outcome: Outcome | None = None
    committee: str = ""
    session_number: int | None = None
    sponsor: str = ""

    def conditions(self, today: date) -> list[ColumnElement[bool]]:
        """Return the conditions that bills must meet on a day."""
        wanted: list[ColumnElement[bool]] = [Bill.is_published()]
        if self.kind:
            wanted.append(Bill.kind == self.kind)
        if self.session_number:
            wanted.append(Bill.session_number == self.session_number)
        if self.committee:
            wanted.append(_came_before(Committee.slug == self.committee))
        if self.sponsor:
            wanted.append(_is_brought_by(Member.slug == self.sponsor))
        if self.outcome:
            wanted.append(_came_to(self.outcome, today))
        return wanted


@kept
def count_bills(session: Session, wish: BillWish, today: date) -> int:
    """Return how many bills meet a wish."""
    query = select(func.count()).select_from(Bill).where(*wish.conditions(today))
    return session.scalar(query) or 0


@kept
def published_bills(
    session: Session, wish: BillWish, today: date, *, first: int = 0, limit: int = 20
) -> tuple[BillRow, ...]:
    """Return bills, those of the latest session first, each with where it stands.

    :param first: how many to leave out at the beginning
    """
    known = _with_steps(session, today, *wish.conditions(today), first=first, limit=limit)
    return tuple(bill for bill, _steps in known)


@kept
def sessions_of_bills(session: Session) -> tuple[int, ...]:
    """Return the sessions that public bills belong to, the latest first."""
    rows = session.scalars(
        select(Bill.session_number)
        .distinct()
        .where(Bill.is_published(), Bill.session_number.is_not(None))
        .order_by(Bill.session_number.desc())
    )
    return tuple(number for number in rows if number)


@kept
def committees_of_bills(session: Session) -> tuple[Named, ...]:
    """Return the committees that public bills came before, by name."""
    rows = session.execute(
        select(Committee.slug, Committee.name, Committee.name_en)
        .where(_any(BillStep.committee_id, Committee.id), Committee.is_published())
        .order_by(Committee.name)
    )
    return tuple(Named(slug, name, name_en) for slug, name, name_en in rows)


@kept
def sponsors_of_bills(session: Session) -> tuple[Named, ...]:
    """Return the members who brought public bills in, by name."""
    rows = session.execute(
        select(Member.slug, Member.name, Member.name_en)
        .where(_any(BillSponsor.member_id, Member.id), Member.is_published())
        .order_by(Member.name)
    )
    return tuple(Named(slug, name, name_en) for slug, name, name_en in rows)


@kept
def bills_of_ordinance(session: Session, ordinance_id: int) -> tuple[Named, ...]:
    """Return the bills that make or change an ordinance, the latest first."""
    rows = session.execute(
        select(Bill.slug, Bill.title, Bill.title_en)
        .where(Bill.is_published(), Bill.ordinance_id == ordinance_id)
        .order_by(*_ORDER)
        .limit(MOST_BILLS)
    )
    return tuple(Named(slug, title, title_en) for slug, title, title_en in rows)


@kept
def newest_steps(
    session: Session, today: date, *conditions: ColumnElement[bool], limit: int
) -> tuple[tuple[BillRow, BillStepRow], ...]:
    """Return the newest steps of bills that are known by a day, with their bills."""
    newest = session.execute(
        select(BillStep.id, BillStep.bill_id)
        .join(Bill, Bill.id == BillStep.bill_id)
        .where(Bill.is_published(), BillStep.on <= today, *conditions)
        .order_by(BillStep.on.desc(), BillStep.id.desc())
        .limit(limit)
    ).all()
    wanted = Bill.id.in_({bill_id for _step, bill_id in newest})
    known = _with_steps(session, today, wanted, limit=limit)
    pairs = {step.id: (bill, step) for bill, steps in known for step in steps}
    return tuple(pairs[step_id] for step_id, _bill in newest)


@kept
def get_published_bill(session: Session, slug: str, today: date) -> BillDetail:
    """Return a bill with its way.

    :raise NotFound: there is none of this address
    :raise Gone: it was withdrawn from publication
    """
    rows = _with_steps(session, today, Bill.slug == slug, Bill.is_published())
    if not rows:
        raise Gone if has_left(session, Bill, slug) else NotFound
    ((row, steps),), kind = rows, Bill.__tablename__
    found = _own_page(session, row.id)
    known = tuple(step for step in steps if not step.is_later)
    return BillDetail(
        row=row,
        **{name: getattr(found, name) for name in _FURTHER_NAMES},
        ordinance=named(found.ordinance_slug, found.ordinance_title, found.ordinance_title_en),
        source=source_of(found),
        steps=known,
        later=tuple(step for step in steps if step.is_later),
        referrals=referrals_of(known),
        sponsors=sponsors_of(session, BillSponsor, [row.id]).get(row.id, ()),
        files=attached_files(session, kind, row.id),
        corrections=corrections_of(session, kind, row.id),
    )


def _own_page(session: Session, bill_id: int) -> Row[*tuple[Any, ...]]:
    """Return what only the bill's own page shows of its row."""
    return session.execute(
        select(
            *(getattr(Bill, name) for name in _FURTHER_NAMES),
            Bill.locator,
            Bill.import_key,
            Ordinance.slug.label("ordinance_slug"),
            Ordinance.title.label("ordinance_title"),
            Ordinance.title_en.label("ordinance_title_en"),
            *SOURCE_COLUMNS,
        )
        .outerjoin(Ordinance, and_(Ordinance.id == Bill.ordinance_id, Ordinance.is_published()))
        .outerjoin(Source, Source.id == Bill.source_id)
        .where(Bill.id == bill_id)
    ).one()


def _any(pointer: Any, row_id: Any) -> ColumnElement[bool]:
    """Return the condition that anything points to a row; the index of its column answers it."""
    return select(pointer).where(pointer == row_id).exists()


def _came_before(committee: ColumnElement[bool]) -> ColumnElement[bool]:
    steps = select(BillStep.bill_id).join(Committee, Committee.id == BillStep.committee_id)
    return Bill.id.in_(steps.where(committee))


def _is_brought_by(member: ColumnElement[bool]) -> ColumnElement[bool]:
    sponsors = select(BillSponsor.bill_id).join(Member, Member.id == BillSponsor.member_id)
    return Bill.id.in_(sponsors.where(member))


def _came_to(outcome: Outcome, today: date) -> ColumnElement[bool]:
    """Return the condition that a bill has come to an outcome by a day, as ``outcome_of`` says."""
    ended = _is_among(today, StepKind.WITHDRAWN, StepKind.LAPSED)
    reconsidered = _is_among(today, StepKind.RECONSIDERED)
    promulgated = _has_step(today, BillStep.kind == StepKind.PROMULGATED)
    went_on, decided = _has_step(today, _WENT_ON), _has_step(today, _IS_PLENARY, _IS_DECIDED)
    against = _has_step(today, _IS_PLENARY, BillStep.result == StepResult.REJECTED)
    unclear = or_(reconsidered, and_(decided, not_(or_(went_on, against))))
    return {
        Outcome.PASSED: and_(went_on, or_(not_(reconsidered), promulgated), not_(ended)),
        Outcome.REJECTED: and_(against, not_(or_(went_on, reconsidered, ended))),
        Outcome.ENDED: ended,
        Outcome.NOT_KNOWN: and_(unclear, not_(or_(promulgated, ended))),
        Outcome.BEFORE_PLENARY: not_(
            _has_step(today, or_(BillStep.kind.in_(_LATER_KINDS), and_(_IS_PLENARY, _IS_DECIDED)))
        ),
    }[outcome]


_IS_PLENARY = BillStep.kind == StepKind.PLENARY
_IS_DECIDED = or_(BillStep.result.is_(None), BillStep.result != StepResult.CONTINUED)
_WENT_ON = or_(
    BillStep.kind.in_((StepKind.TRANSMITTED, StepKind.PROMULGATED)),
    and_(_IS_PLENARY, BillStep.result.in_(_IN_FAVOUR)),
)
#: Steps after the plenary's, in the order of ``StepKind``.
_LATER_KINDS = tuple(StepKind)[tuple(StepKind).index(StepKind.PLENARY) + 1 :]


def _is_among(today: date, *kinds: StepKind) -> ColumnElement[bool]:
    """Return the condition that a bill has a step of a rare kind: their bills are read once."""
    is_known = or_(BillStep.on.is_(None), BillStep.on <= today)
    return Bill.id.in_(select(BillStep.bill_id).where(BillStep.kind.in_(kinds), is_known))


def _has_step(today: date, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a bill has a step by a day.

    A column is named, not all: so the index answers it, and no step itself is read.
    """
    is_known = or_(BillStep.on.is_(None), BillStep.on <= today)
    steps = select(BillStep.bill_id).where(BillStep.bill_id == Bill.id, is_known, *conditions)
    return steps.exists()


def _with_steps(
    session: Session,
    today: date,
    *conditions: ColumnElement[bool],
    first: int = 0,
    limit: int = MOST_BILLS,
) -> tuple[tuple[BillRow, tuple[BillStepRow, ...]], ...]:
    """Return bills, each with all its steps.

    The page's bills are chosen first, which an index can do; only theirs are the other columns.
    """
    chosen = select(Bill.id).where(*conditions).order_by(*_ORDER).offset(first).limit(limit)
    has_page = has_session_page(Bill.session_number, today).label("has_session_page")
    wanted = Bill.id.in_(select(chosen.subquery().c.id))
    rows = session.execute(select(*_COLUMNS, has_page).where(wanted).order_by(*_ORDER)).all()
    steps = _steps(session, today, BillStep.bill_id.in_([row.id for row in rows])) if rows else {}
    return tuple((_bill(row, steps.get(row.id, ())), steps.get(row.id, ())) for row in rows)


def _bill(row: Row[*tuple[Any, ...]], steps: Sequence[BillStepRow]) -> BillRow:
    known = [step for step in steps if not step.is_later]
    last = known[-1] if known else None
    return BillRow(**row._mapping, standing=standing_of(known), last=last)


def _steps(
    session: Session, today: date, *conditions: ColumnElement[bool]
) -> dict[int, tuple[BillStepRow, ...]]:
    """Return steps by the id of their bill, each bill's in their order."""
    rows = session.execute(
        select(
            BillStep.bill_id,
            *(getattr(BillStep, name) for name in _SAME_STEP_NAMES),
            BillStep.locator,
            Committee.slug.label("committee"),
            Committee.name.label("committee_name"),
            Committee.name_en.label("committee_name_en"),
            Event.slug.label("event_slug"),
            Event.title.label("event_title"),
            Event.title_en.label("event_title_en"),
            *SOURCE_COLUMNS,
        )
        .outerjoin(Committee, Committee.id == BillStep.committee_id)
        .outerjoin(Event, and_(Event.id == BillStep.event_id, Event.is_shown(today)))
        .outerjoin(Source, Source.id == BillStep.source_id)
        .where(*conditions)
        .order_by(BillStep.bill_id, BillStep.position)
        .limit(MOST_STEPS * MOST_BILLS)
    )
    found: dict[int, list[BillStepRow]] = defaultdict(list)
    for row in rows:
        found[row.bill_id].append(_step(row, today))
    return {bill_id: tuple(steps) for bill_id, steps in found.items()}


def _step(row: Row[*tuple[Any, ...]], today: date) -> BillStepRow:
    return BillStepRow(
        **{name: getattr(row, name) for name in _SAME_STEP_NAMES},
        committee=row.committee,
        committee_name=row.committee_name,
        committee_name_en=row.committee_name_en,
        event=named(row.event_slug, row.event_title, row.event_title_en),
        source=source_of(row),
        is_later=row.on is not None and row.on > today,
    )
