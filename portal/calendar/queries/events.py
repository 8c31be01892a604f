"""Reads about events, as known on a day: dates, state and history of that day."""

import functools
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.calendar.models import AgendaItem, CouncilSession, Event, EventChange
from portal.calendar.pages import BusinessLine, EventRow, Neighbour
from portal.calendar.rules import DateChange, cancelled_on, dates_on, event_state, is_visible
from portal.core.citations import SOURCE_COLUMNS, source_of
from portal.core.clock import business_now
from portal.core.errors import Gone, NotFound
from portal.core.kept import kept
from portal.core.models import Source
from portal.council.models import Committee
from portal.moderation.rules import PublicationState

#: Lists are bounded, far above what a council does in the time a page shows.
MOST_ROWS = 4000
#: How many of the next events are read to find those that an agenda shows.
MOST_NEXT = 200
#: A feed keeps so many of the newest events.
MOST_IN_FEED = 2000
_ONCE_PUBLIC = (
    PublicationState.PUBLISHED,
    PublicationState.WITHDRAWN,
    PublicationState.ARCHIVED,
)

_CHANGE_COLUMNS = (
    EventChange.changed_on,
    EventChange.kind.label("change_kind"),
    EventChange.old_starts_on,
    EventChange.old_ends_on,
    EventChange.new_starts_on,
    EventChange.new_ends_on,
    EventChange.reason,
    EventChange.reason_en,
)
_SAME_NAMES = (
    "id slug kind title title_en session_number committee_slug place place_en host host_en "
    "summary summary_en items stage stage_en watch_url minutes_url papers_url attend attend_en "
    "nature note note_en announced_on sequence changed_at"
).split()


@kept
def published_events(
    session: Session,
    today: date,
    *,
    first: date | None = None,
    last: date | None = None,
    session_id: int | None = None,
    limit: int = MOST_ROWS,
) -> tuple[EventRow, ...]:
    """Return the events known today, in the order of their dates.

    :param first: leave out what ended before, unless it was moved away from a later day
    :param last: leave out what begins after, unless it was moved away from an earlier day
    :param session_id: only the events of one session
    """
    conditions: list[ColumnElement[bool]] = [Event.is_published()]
    if first or last:
        conditions.append(_lies_or_lay_between(first or date.min, last or date.max))
    if session_id is not None:
        conditions.append(Event.session_id == session_id)
    rows = session.execute(_events().where(*conditions).limit(limit)).all()
    return _known(_event_rows(rows, today), today)


def subscribed_events(
    session: Session, today: date, *conditions: ColumnElement[bool]
) -> tuple[EventRow, ...]:
    """Return the events of a feed: those known today, and those withdrawn since.

    The newest are kept where there are too many.
    """
    newest = (
        select(Event.id)
        .where(Event.state.in_(_ONCE_PUBLIC), *conditions)
        .order_by(Event.starts_on.desc(), Event.id.desc())
        .limit(MOST_IN_FEED)
    )
    rows = session.execute(_events().where(Event.id.in_(newest)).limit(MOST_ROWS)).all()
    return _known(_event_rows(rows, today), today)


@kept
def get_published_event(session: Session, slug: str, today: date) -> EventRow:
    """Return an event.

    :raise NotFound: there is no such event, or it is not known yet
    :raise Gone: it was withdrawn
    """
    rows = session.execute(_events().where(Event.slug == slug, Event.state.in_(_ONCE_PUBLIC))).all()
    found = _known(_event_rows(rows, today), today)
    if not found:
        raise NotFound
    if found[0].withdrawn_at is not None:
        raise Gone
    return found[0]


@kept
def agenda_of(session: Session, event_id: int) -> tuple[BusinessLine, ...]:
    """Return the items on an event's agenda, in their order."""
    rows = session.execute(
        select(AgendaItem.text, AgendaItem.text_en)
        .where(AgendaItem.event_id == event_id)
        .order_by(AgendaItem.position)
        .limit(MOST_ROWS)
    )
    return tuple(BusinessLine(text, text_en) for text, text_en in rows)


@kept
def neighbours_of(
    session: Session, event: EventRow, today: date
) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the events before and after one, in the order of their dates."""
    known = and_(Event.is_published(), or_(Event.starts_on <= today, Event.announced_on <= today))
    is_before = or_(
        Event.starts_on < event.starts_on,
        and_(Event.starts_on == event.starts_on, Event.id < event.id),
    )
    is_after = or_(
        Event.starts_on > event.starts_on,
        and_(Event.starts_on == event.starts_on, Event.id > event.id),
    )
    before = select(Event.id).where(known, is_before)
    before = before.order_by(Event.starts_on.desc(), Event.id.desc()).limit(1)
    after = select(Event.id).where(known, is_after)
    after = after.order_by(Event.starts_on, Event.id).limit(1)
    rows = session.execute(
        select(Event.slug, Event.title, Event.title_en, Event.starts_on, is_before)
        .where(or_(Event.id == before.scalar_subquery(), Event.id == after.scalar_subquery()))
        .order_by(Event.starts_on, Event.id)
    ).all()
    found = {bool(row[4]): Neighbour(*row[:4]) for row in rows}
    return found.get(True), found.get(False)


@kept
def recently_changed_events(session: Session, today: date, limit: int) -> tuple[EventRow, ...]:
    """Return the events that were moved or cancelled lately, the latest change first."""
    latest = (
        select(EventChange.event_id)
        .join(Event, Event.id == EventChange.event_id)
        .where(Event.is_published(), EventChange.changed_on <= today)
        .group_by(EventChange.event_id)
        .order_by(func.max(EventChange.changed_on).desc(), EventChange.event_id.desc())
        .limit(limit)
    )
    rows = session.execute(_events().where(Event.id.in_(latest))).all()
    found = _known(_event_rows(rows, today), today)
    return tuple(sorted(found, key=lambda e: e.changes[-1].changed_on, reverse=True))


@functools.cache
def _events() -> Select[Any]:
    """Return the statement for events with their changes, bodies and documents.

    It is made once, because making so wide a statement takes longer than running it.
    """
    return (
        select(
            Event.__table__,
            CouncilSession.number.label("session_number"),
            Committee.slug.label("committee_slug"),
            Committee.name.label("committee_name"),
            Committee.name_en.label("committee_name_en"),
            *SOURCE_COLUMNS,
            *_CHANGE_COLUMNS,
        )
        .outerjoin_from(
            Event,
            CouncilSession,
            and_(CouncilSession.id == Event.session_id, CouncilSession.is_published()),
        )
        .outerjoin(Committee, and_(Committee.id == Event.committee_id, Committee.is_published()))
        .outerjoin(Source, Source.id == Event.source_id)
        .outerjoin(EventChange, EventChange.event_id == Event.id)
        .order_by(
            Event.starts_on, Event.starts_at, Event.id, EventChange.changed_on, EventChange.id
        )
    )


def _lies_or_lay_between(first: date, last: date) -> ColumnElement[bool]:
    """Return the condition that an event has or had a day between two days."""
    lay = select(EventChange.event_id).where(
        EventChange.old_starts_on <= last, EventChange.old_ends_on >= first
    )
    return or_(
        and_(Event.starts_on <= last, Event.ends_on >= first),
        Event.id.in_(lay),
    )


def _event_rows(rows: Sequence[Row[Any]], today: date) -> Iterable[EventRow]:
    """Give one event for the rows of its changes."""
    for _event_id, of_event in groupby(rows, key=lambda row: row.id):
        yield _event_row(tuple(of_event), today)


def _event_row(rows: tuple[Row[Any], ...], today: date) -> EventRow:
    """Return an event with its dates and state as they were known on a day."""
    row, values = rows[0], rows[0]._mapping
    every = tuple(_change(r) for r in rows if r.changed_on is not None)
    changes = tuple(c for c in every if c.changed_on <= today)
    starts_on, ends_on = dates_on(row.starts_on, row.ends_on, every, today)
    has_ended = ends_on < today
    return EventRow(
        **{name: values[name] for name in _SAME_NAMES},
        body=row.committee_name or row.body,
        body_en=row.committee_name_en if row.committee_name else row.body_en,
        starts_on=starts_on,
        ends_on=ends_on,
        # The time belongs to the dates after all changes; of undone ones it is not known.
        starts_at=row.starts_at if starts_on == row.starts_on else None,
        outcome=row.outcome if has_ended else None,
        outcome_en=row.outcome_en if has_ended else None,
        state=event_state(
            starts_on=starts_on,
            ends_on=ends_on,
            held=row.held,
            cancelled_on=cancelled_on(changes),
            today=today,
        ),
        changes=changes,
        withdrawn_at=_left_at(row),
        source=source_of(row),
    )


def _left_at(row: Row[Any]) -> datetime | None:
    """Return since when an event is public no longer, None while it is."""
    if row.state is not PublicationState.PUBLISHED:
        withdrawn_at: datetime | None = row.withdrawn_at
        return withdrawn_at
    has_left = row.withdraw_at is not None and row.withdraw_at <= business_now()
    return row.withdraw_at if has_left else None


def _change(row: Row[Any]) -> DateChange:
    return DateChange(
        changed_on=row.changed_on,
        kind=row.change_kind,
        old_starts_on=row.old_starts_on,
        old_ends_on=row.old_ends_on,
        new_starts_on=row.new_starts_on,
        new_ends_on=row.new_ends_on,
        reason=row.reason,
        reason_en=row.reason_en,
    )


def _known(events: Iterable[EventRow], today: date) -> tuple[EventRow, ...]:
    """Return the events that can be known on a day, in the order of their dates as known then.

    A change that was made public makes the event known as well.
    """
    known = (e for e in events if e.changes or is_visible(e.announced_on, e.starts_on, today))
    return tuple(sorted(known, key=_order))


def _order(event: EventRow) -> tuple[date, bool, str, int]:
    """Return the place of an event in a list: by day, those without a time first."""
    at = event.starts_at.isoformat() if event.starts_at else ""
    return event.starts_on, bool(at), at, event.id
