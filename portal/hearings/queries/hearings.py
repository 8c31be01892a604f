"""Reads about hearings, as they are known on a day. Everything is ordered and bounded."""

import functools
from collections import defaultdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from portal.calendar.models import Event
from portal.calendar.rules import EventState, Held, event_state
from portal.core.clock import business_now
from portal.core.kept import kept
from portal.council.models import Committee, Member
from portal.hearings.models import Hearing, Speaker
from portal.hearings.pages import HearingRow, Window
from portal.hearings.rules.kinds import BUDGET
from portal.legislation.models import Bill, Ordinance
from portal.legislation.queries.names import named
from portal.moderation.rules import PublicationState

#: Twenty years of a council that holds a hundred a year.
MOST_ROWS = 2000
#: A feed keeps so many of the newest.
MOST_IN_FEED = 500
_ONCE_PUBLIC = (
    PublicationState.PUBLISHED,
    PublicationState.WITHDRAWN,
    PublicationState.ARCHIVED,
)
#: The ordinance that a bill about which a hearing is makes or changes.
_OF_BILL = aliased(Ordinance)
#: Another name of the event, because conditions of sessions look for events themselves.
_EVENT = aliased(Event)
_SAME_NAMES = (
    "id slug kind title title_en topic topic_en is_own host host_en fiscal_year starts_on "
    "starts_at ends_at place place_en cancelled_because is_sample sequence changed_at published_at "
    "committee_id member_id bill_id ordinance_id programme_id event_id room_pool_id online_pool_id"
).split()
_FURTHER_NAMES = (
    "online_url outcome attendance sign_up_opens_at sign_up_closes_at "
    "opinions_open_at opinions_close_at cancelled_at state withdrawn_at withdraw_at"
).split()


@kept
def published_hearings(session: Session, today: date) -> tuple[HearingRow, ...]:
    """Return the hearings known on a day, the latest first."""
    rows = session.execute(hearing_rows().where(Hearing.is_shown(today)).limit(MOST_ROWS))
    return tuple(row_of(row, today) for row in rows)


@kept
def hearings_of_speakers(session: Session) -> dict[int, frozenset[int]]:
    """Return the ids of the hearings at which members speak, by the id of the member."""
    found: dict[int, set[int]] = defaultdict(set)
    spoken = select(Speaker.member_id, Speaker.hearing_id).where(Speaker.member_id.is_not(None))
    for member_id, hearing_id in session.execute(spoken.limit(MOST_ROWS * 10)):
        if member_id is not None:
            found[member_id].add(hearing_id)
    return {member_id: frozenset(ids) for member_id, ids in found.items()}


def coming_hearings(session: Session, today: date, limit: int) -> tuple[HearingRow, ...]:
    """Return the next hearings that are not cancelled, the nearest first."""
    coming = [
        row
        for row in published_hearings(session, today)
        if row.is_coming(today) and row.state is not EventState.CANCELLED
    ]
    return tuple(reversed(coming))[:limit]


def subscribed_hearings(
    session: Session, today: date, slug: str | None = None
) -> tuple[HearingRow, ...]:
    """Return the hearings of a feed, the latest first: those known, and those withdrawn since.

    :param slug: of the only one that is wanted
    """
    conditions = [Hearing.state.in_(_ONCE_PUBLIC), Hearing.is_known(today)]
    if slug is not None:
        conditions.append(Hearing.slug == slug)
    rows = session.execute(hearing_rows().where(*conditions).limit(MOST_IN_FEED))
    return tuple(row_of(row, today) for row in rows)


@functools.cache
def hearing_rows() -> Select[Any]:
    """Return the statement for hearings with their hosts and topics, the latest first."""
    return (
        select(
            *(getattr(Hearing, name) for name in (*_SAME_NAMES, *_FURTHER_NAMES)),
            _EVENT.held,
            case((_EVENT.is_published(), _EVENT.slug)).label("event_slug"),
            Committee.slug.label("committee_slug"),
            Committee.name.label("committee_name"),
            Committee.name_en.label("committee_name_en"),
            case((Member.is_published(), Member.slug)).label("member_slug"),
            Member.name.label("member_name"),
            Member.name_en.label("member_name_en"),
            func.coalesce(Ordinance.field, _OF_BILL.field).label("field"),
        )
        .outerjoin_from(Hearing, _EVENT, _EVENT.id == Hearing.event_id)
        .outerjoin(Committee, and_(Committee.id == Hearing.committee_id, Committee.is_published()))
        .outerjoin(Member, Member.id == Hearing.member_id)
        .outerjoin(Bill, Bill.id == Hearing.bill_id)
        .outerjoin(Ordinance, Ordinance.id == Hearing.ordinance_id)
        .outerjoin(_OF_BILL, _OF_BILL.id == Bill.ordinance_id)
        .order_by(Hearing.starts_on.desc(), Hearing.starts_at.desc(), Hearing.id.desc())
    )


def row_of(row: Row[Any], today: date) -> HearingRow:
    """Return a hearing as it is known on a day."""
    values = row._mapping
    return HearingRow(
        **{name: values[name] for name in _SAME_NAMES},
        committee=named(row.committee_slug, row.committee_name, row.committee_name_en),
        member=named(row.member_slug, row.member_name, row.member_name_en),
        topic_key=BUDGET if row.fiscal_year else str(row.field or ""),
        is_online=row.online_url is not None or row.online_pool_id is not None,
        state=_state_of(row, today),
        sign_up=Window(row.sign_up_opens_at, row.sign_up_closes_at),
        opinions=Window(row.opinions_open_at, row.opinions_close_at),
        attendance=row.attendance if is_over(row, today) else None,
        withdrawn_at=_left_at(row),
    )


def is_over(row: Any, today: date) -> bool:
    """Say whether what came of a hearing can be told on a day."""
    starts_on: date = row.starts_on
    return starts_on < today


def _state_of(row: Row[Any], today: date) -> EventState:
    """Return where a hearing stands; what was counted or told of it says that it took place."""
    was_held = row.held is Held.YES or row.outcome is not None or row.attendance is not None
    cancelled_on = row.cancelled_at.date() if row.cancelled_at else None
    return event_state(
        starts_on=row.starts_on,
        ends_on=row.starts_on,
        held=Held.YES if was_held else Held.UNKNOWN,
        cancelled_on=min(cancelled_on, today) if cancelled_on else None,
        today=today,
    )


def _left_at(row: Row[Any]) -> datetime | None:
    """Return since when a hearing is public no longer, None while it is."""
    if row.state is not PublicationState.PUBLISHED:
        withdrawn_at: datetime | None = row.withdrawn_at
        return withdrawn_at
    has_left = row.withdraw_at is not None and row.withdraw_at <= business_now()
    return row.withdraw_at if has_left else None
