"""Reads about rooms and who has them when, for the staff: drafts and cancelled events count too."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from portal.calendar.models import Event, EventChange, Room, RoomBooking
from portal.calendar.pages import Booking, RoomRow, Sitting
from portal.calendar.rules import ChangeKind, EventKind
from portal.core.clock import council_zone, today

#: Lists are bounded, far above the rooms of a council and what happens in them.
MOST_ROOMS = 300
MOST_BOOKINGS = 2000
#: A day has one or two sittings; so many of the bookings in the way are named.
MOST_SITTINGS = 20
MOST_NAMED = 5

_WHOLE_COUNCIL = (EventKind.PLENARY, EventKind.QUESTIONS)


def open_rooms(session: Session) -> tuple[RoomRow, ...]:
    """Return the rooms that are given out, in their order."""
    return _rooms(session, _is_given_out())


def rooms_of_days(session: Session, first: date, last: date) -> tuple[RoomRow, ...]:
    """Return the rooms that are given out, and those somebody has from first to last."""
    had = select(RoomBooking.room_id).where(*_within(first, last))
    return _rooms(session, or_(_is_given_out(), Room.id.in_(had)))


def bookings_of_room(
    session: Session, room_id: int, first: date, last: date
) -> tuple[Booking, ...]:
    """Return who has a room on the days from first to last, in the order of the hours.

    :param first: a day in the council's zone, as ``last``, which is included
    """
    return _bookings(session, RoomBooking.room_id == room_id, *_within(first, last))


def bookings_between(session: Session, first: date, last: date) -> tuple[Booking, ...]:
    """Return who has any room on the days from first to last, in the order of the hours."""
    return _bookings(session, *_within(first, last))


def what_is_in_the_way(
    session: Session,
    *,
    room_id: int,
    starts_at: datetime,
    ends_at: datetime,
    but_event_id: int | None = None,
) -> tuple[Booking, ...]:
    """Return who else has a room within some hours, the earliest first.

    :param ends_at: who comes then or later is in nobody's way
    :param but_event_id: whose booking does not count, because it is to be moved
    """
    overlaps = (RoomBooking.starts_at < ends_at, RoomBooking.ends_at > starts_at)
    others = () if but_event_id is None else (RoomBooking.event_id != but_event_id,)
    is_of_room = RoomBooking.room_id == room_id
    return _bookings(session, is_of_room, *overlaps, *others, limit=MOST_NAMED)


def plenary_on(session: Session, day: date) -> tuple[Sitting, ...]:
    """Return the public sittings of the whole council on a day that were not cancelled."""
    rows = session.execute(
        select(
            Event.id.label("event_id"),
            Event.slug.label("event_slug"),
            Event.kind,
            Event.title,
            Event.title_en,
            Event.starts_on,
            Event.ends_on,
            Event.starts_at,
        )
        .where(
            Event.is_published(),
            Event.kind.in_(_WHOLE_COUNCIL),
            Event.starts_on <= day,
            Event.ends_on >= day,
            ~_is_cancelled(),
        )
        .order_by(Event.starts_on, Event.starts_at, Event.id)
        .limit(MOST_SITTINGS)
    )
    return tuple(Sitting(**row._mapping) for row in rows)


def _rooms(session: Session, condition: ColumnElement[bool]) -> tuple[RoomRow, ...]:
    rows = session.execute(
        select(
            Room.id,
            Room.slug,
            Room.name,
            Room.name_en,
            Room.building,
            Room.building_en,
            Room.capacity,
            Room.is_open,
        )
        .where(condition)
        .order_by(Room.position, Room.id)
        .limit(MOST_ROOMS)
    )
    return tuple(RoomRow(**row._mapping) for row in rows)


def _bookings(
    session: Session, *conditions: ColumnElement[bool], limit: int = MOST_BOOKINGS
) -> tuple[Booking, ...]:
    rows = session.execute(
        select(
            RoomBooking.room_id,
            RoomBooking.event_id,
            Event.slug.label("event_slug"),
            Event.kind,
            Event.title,
            Event.title_en,
            RoomBooking.starts_at,
            RoomBooking.ends_at,
            _is_cancelled().label("is_cancelled"),
        )
        .join(Event, Event.id == RoomBooking.event_id)
        .where(*conditions)
        .order_by(RoomBooking.starts_at, RoomBooking.id)
        .limit(limit)
    )
    return tuple(Booking(**row._mapping) for row in rows)


def _is_given_out() -> ColumnElement[bool]:
    return Room.is_published() & Room.is_open


def _is_cancelled() -> ColumnElement[bool]:
    return exists().where(
        EventChange.event_id == Event.id,
        EventChange.kind == ChangeKind.CANCELLED,
        EventChange.changed_on <= today(),
    )


def _within(first: date, last: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions under which a booking touches a day from first to last."""
    begin, end = (
        datetime.combine(day, time(), council_zone()) for day in (first, last + timedelta(days=1))
    )
    return RoomBooking.starts_at < end, RoomBooking.ends_at > begin
