"""Reads what a hearing's own page shows."""

import functools
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Integer, Row, Select, String, Time, and_, case, cast, null, select, union_all
from sqlalchemy.orm import Session

from portal.budget.models import Execution, FiscalYear
from portal.calendar.models import CouncilSession
from portal.core.citations import SOURCE_COLUMNS, source_of
from portal.core.errors import Gone, NotFound
from portal.core.kept import kept
from portal.core.models import Source
from portal.council.models import Member
from portal.hearings.models import Hearing, OrderItem, Speaker
from portal.hearings.pages import HearingDetail, OrderRow, SameDay, SpeakerRow
from portal.hearings.queries.hearings import hearing_rows, is_over, row_of
from portal.hearings.rules.kinds import SpeakerRole
from portal.legislation.models import Bill, Ordinance
from portal.legislation.pages import Named
from portal.legislation.queries.names import named
from portal.moderation.queries import attached_files, corrections_of, has_left
from portal.places.models import Pool
from portal.places.rules import Terms
from portal.programmes.models import Programme

#: A running order has a dozen lines.
MOST_LINES = 400
_SAME_NAMES = (
    "budget_year directions directions_en online_url has_sign_language has_captions "
    "wheelchair_places accessibility accessibility_en papers_url note note_en event_slug"
).split()
_FURTHER_NAMES = (
    "directions directions_en has_sign_language has_captions wheelchair_places accessibility "
    "accessibility_en papers_url note note_en outcome_en response response_en video_url "
    "minutes_url locator import_key"
).split()
#: What is told only once it is over.
_LATER_NAMES = "outcome outcome_en response response_en video_url minutes_url".split()
_TERMS = "capacity held_back most_party hold_hours offer_hours rest_hours most_passes".split()


@kept
def get_published_hearing(session: Session, slug: str, today: date) -> HearingDetail:
    """Return a hearing with its running order and speakers.

    :raise NotFound: there is no such hearing, or it is not known on the day
    :raise Gone: it was withdrawn
    """
    wanted = _own_page(today).where(Hearing.slug == slug, Hearing.is_shown(today))
    row = session.execute(wanted.limit(1)).one_or_none()
    if row is None:
        raise Gone if has_left(session, Hearing, slug) else NotFound
    kind, over, values = Hearing.__tablename__, is_over(row, today), row._mapping
    order, speakers = _order_of(session, row.id)
    return HearingDetail(
        row=row_of(row, today),
        order=order,
        speakers=speakers,
        bill=named(row.bill_slug, row.bill_title, row.bill_title_en),
        ordinance=named(row.ordinance_slug, row.ordinance_title, row.ordinance_title_en),
        programme=named(row.programme_slug, row.programme_name, row.programme_name_en),
        same_day=_same_day(row),
        terms=_terms(row),
        source=source_of(row),
        files=attached_files(session, kind, row.id),
        corrections=corrections_of(session, kind, row.id),
        **{name: values[name] for name in _SAME_NAMES},
        **_later(row, is_told=over),
    )


def _later(row: Row[Any], *, is_told: bool) -> dict[str, Any]:
    """Return what is told only once it is over, None for each before."""
    return {name: row._mapping[name] if is_told else None for name in _LATER_NAMES}


def _own_page(today: date) -> Select[Any]:
    """Return the statement for a hearing with all that its page leads to."""
    budget_year = (
        select(FiscalYear.year)
        .join(Execution, Execution.year_id == FiscalYear.id)
        .where(FiscalYear.year == Hearing.fiscal_year, Execution.as_of <= today)
        .limit(1)
        .scalar_subquery()
    )
    in_session = and_(
        CouncilSession.is_shown(today),
        Hearing.starts_on.between(CouncilSession.starts_on, CouncilSession.ends_on),
    )
    return (
        _with_names()
        .add_columns(
            budget_year.label("budget_year"),
            CouncilSession.number.label("session_number"),
            CouncilSession.starts_on.label("session_starts_on"),
        )
        .outerjoin(CouncilSession, in_session)
    )


@functools.cache
def _with_names() -> Select[Any]:
    """Return the statement for a hearing with the names of what it is about, and its terms."""
    return (
        hearing_rows()
        .add_columns(
            *(getattr(Hearing, name) for name in _FURTHER_NAMES),
            case((Bill.is_published(), Bill.slug)).label("bill_slug"),
            Bill.title.label("bill_title"),
            Bill.title_en.label("bill_title_en"),
            case((Ordinance.is_published(), Ordinance.slug)).label("ordinance_slug"),
            Ordinance.title.label("ordinance_title"),
            Ordinance.title_en.label("ordinance_title_en"),
            Programme.slug.label("programme_slug"),
            Programme.name.label("programme_name"),
            Programme.name_en.label("programme_name_en"),
            *(getattr(Pool, name).label(f"pool_{name}") for name in _TERMS),
            Pool.starts_at.label("pool_starts_at"),
            *SOURCE_COLUMNS,
        )
        .outerjoin(Programme, and_(Programme.id == Hearing.programme_id, Programme.is_published()))
        .outerjoin(Pool, Pool.id == Hearing.room_pool_id)
        .outerjoin(Source, Source.id == Hearing.source_id)
    )


def _terms(row: Row[Any]) -> Terms | None:
    """Return how places in the room are given; None: there are none to give."""
    if row.pool_most_party is None:
        return None
    values = {name: row._mapping[f"pool_{name}"] for name in _TERMS}
    return Terms(**values, starts_at=row.pool_starts_at)


def _same_day(row: Row[Any]) -> SameDay | None:
    if row.session_number is None:
        return None
    return SameDay(row.session_number, (row.starts_on - row.session_starts_on).days + 1)


def _order_of(
    session: Session, hearing_id: int
) -> tuple[tuple[OrderRow, ...], tuple[SpeakerRow, ...]]:
    """Return the running order with who speaks in each line, and who speaks in none of them."""
    both = union_all(_items(hearing_id), _speakers(hearing_id)).subquery()
    order = select(both).order_by(both.c.is_speaker, both.c.position).limit(MOST_LINES)
    rows = session.execute(order).all()
    items = [row for row in rows if not row.is_speaker]
    numbers = {row.position for row in items}
    by_item: dict[int | None, list[SpeakerRow]] = defaultdict(list)
    for row in rows:
        if row.is_speaker:
            by_item[row.item if row.item in numbers else None].append(_speaker(row))
    return tuple(_order_row(row, by_item[row.position]) for row in items), tuple(by_item[None])


def _items(hearing_id: int) -> Select[Any]:
    return select(  # type: ignore[return-value]
        cast(0, Integer).label("is_speaker"),
        OrderItem.position,
        OrderItem.title.label("name"),
        OrderItem.title_en.label("name_en"),
        OrderItem.starts_time.label("starts_time"),
        cast(null(), Integer).label("item"),
        cast(null(), String).label("role"),
        cast(null(), String).label("member_slug"),
        cast(null(), String).label("member_name"),
        cast(null(), String).label("member_name_en"),
        cast(null(), String).label("affiliation"),
        cast(null(), String).label("affiliation_en"),
    ).where(OrderItem.hearing_id == hearing_id)


def _speakers(hearing_id: int) -> Select[Any]:
    return (
        select(
            cast(1, Integer).label("is_speaker"),
            Speaker.position,
            Speaker.name,
            Speaker.name_en,
            cast(null(), Time).label("starts_time"),
            Speaker.item,
            cast(Speaker.role, String).label("role"),
            case((Member.is_published(), Member.slug)).label("member_slug"),
            Member.name.label("member_name"),
            Member.name_en.label("member_name_en"),
            Speaker.affiliation,
            Speaker.affiliation_en,
        )
        .outerjoin(Member, Member.id == Speaker.member_id)
        .where(Speaker.hearing_id == hearing_id)
    )


def _speaker(row: Row[Any]) -> SpeakerRow:
    is_member = row.member_name is not None
    name = row.member_name if is_member else row.name
    name_en = row.member_name_en if is_member else row.name_en
    person = Named(row.member_slug, name or "", name_en)
    role = SpeakerRole(row.role)
    return SpeakerRow(role, person, is_member, row.affiliation, row.affiliation_en)


def _order_row(row: Row[Any], speakers: Sequence[SpeakerRow]) -> OrderRow:
    return OrderRow(row.position, row.starts_time, row.name, row.name_en, tuple(speakers))
