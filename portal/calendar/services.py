"""Writes of the calendar: rooms are given out here and nowhere else.

A room and an event are locked while they are looked at, so two who want one room at once come one
after the other. SQLite has no such lock: there the transaction must begin by ``begin_write`` or
``begin_again``, which let one writer in at a time.
"""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.calendar.models import Event, Room, RoomBooking
from portal.calendar.queries import what_is_in_the_way
from portal.calendar.words import taken_sentence
from portal.core.errors import Conflict, Invalid, NotFound


def book_room(
    session: Session, *, room_id: int, event_id: int, starts_at: datetime, ends_at: datetime
) -> RoomBooking:
    """Give a room to an event for some hours; a room that it has already is moved.

    :param starts_at: aware, as ``ends_at``, from which the room is free again
    :raise Invalid: it ends before it begins, or at once
    :raise NotFound: there is no such room or event
    :raise Conflict: somebody has the room then, or it is not given out
    """
    if ends_at <= starts_at:
        raise Invalid(_("Let it end after it begins."))
    _hold(session, room_id, event_id)
    in_the_way = what_is_in_the_way(
        session, room_id=room_id, starts_at=starts_at, ends_at=ends_at, but_event_id=event_id
    )
    if in_the_way:
        raise Conflict(taken_sentence(in_the_way))
    booking = _own_booking(session, event_id) or RoomBooking(event_id=event_id)
    booking.room_id, booking.starts_at, booking.ends_at = room_id, starts_at, ends_at
    session.add(booking)
    session.flush()
    return booking


def release_room(session: Session, *, event_id: int) -> None:
    """Let an event give its room back; nothing happens where it has none."""
    session.execute(delete(RoomBooking).where(RoomBooking.event_id == event_id))


def _hold(session: Session, room_id: int, event_id: int) -> None:
    """Lock an event and a room in this order, so that nobody waits for the other in a ring.

    :raise NotFound: there is no such room or event
    :raise Conflict: the room is not given out
    """
    event = select(Event.id).where(Event.id == event_id).with_for_update()
    if session.scalar(event) is None:
        raise NotFound(_("There is no such event."))
    wanted = select(Room).where(Room.id == room_id).with_for_update()
    room = session.scalar(wanted.execution_options(populate_existing=True))
    if room is None:
        raise NotFound(_("There is no such room."))
    if not (room.is_public and room.is_open):
        raise Conflict(_("This room is not given out. Choose another one."))


def _own_booking(session: Session, event_id: int) -> RoomBooking | None:
    own = select(RoomBooking).where(RoomBooking.event_id == event_id)
    return session.scalar(own.execution_options(populate_existing=True))
