"""Reads about sessions, events and rooms. Everything is ordered and bounded."""

from portal.calendar.queries.committees import committee_times, subscribable_committees
from portal.calendar.queries.events import (
    MOST_NEXT,
    agenda_of,
    get_published_event,
    neighbours_of,
    published_events,
    recently_changed_events,
    subscribed_events,
)
from portal.calendar.queries.rooms import (
    bookings_between,
    bookings_of_room,
    open_rooms,
    plenary_on,
    rooms_of_days,
    what_is_in_the_way,
)
from portal.calendar.queries.sessions import (
    business_of,
    get_published_session,
    published_sessions,
    read_almanac,
)

__all__ = [
    "MOST_NEXT",
    "agenda_of",
    "bookings_between",
    "bookings_of_room",
    "business_of",
    "committee_times",
    "get_published_event",
    "get_published_session",
    "neighbours_of",
    "open_rooms",
    "plenary_on",
    "published_events",
    "published_sessions",
    "read_almanac",
    "recently_changed_events",
    "rooms_of_days",
    "subscribable_committees",
    "subscribed_events",
    "what_is_in_the_way",
]
