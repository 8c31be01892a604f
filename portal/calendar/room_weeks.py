"""The week of each room: who has it on which day and at which hours."""

from collections.abc import Iterable
from datetime import date, timedelta

from portal.calendar.entries import agenda_days
from portal.calendar.pages import Booking, Entry, RoomRow, RoomWeek
from portal.calendar.rules import EventState
from portal.calendar.words import hours_of, marked, unbroken
from portal.core.addresses import url_for
from portal.core.clock import council_zone


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday and the Sunday of a day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def room_weeks(
    rooms: Iterable[RoomRow], bookings: Iterable[Booking], first: date, today: date
) -> tuple[RoomWeek, ...]:
    """Return each room with its bookings by day.

    :param bookings: in the order of their hours
    :param first: what began before stands on this day
    """
    by_room: dict[int, list[Entry]] = {}
    for booking in bookings:
        by_room.setdefault(booking.room_id, []).append(_entry(booking, first))
    return tuple(RoomWeek(room, agenda_days(by_room.get(room.id, ()), today)) for room in rooms)


def _entry(booking: Booking, first: date) -> Entry:
    """Return a booking as a line that leads to the desk of its event."""
    day = booking.starts_at.astimezone(council_zone()).date()
    return Entry(
        on=max(day, first),
        title=marked(booking.title, booking.title_en),
        url=url_for("moderation.show_row", kind="events", row_id=booking.event_id),
        meta=unbroken(hours_of(booking.starts_at, booking.ends_at)),
        kind=booking.kind,
        state=EventState.CANCELLED.value if booking.is_cancelled else "",
    )
