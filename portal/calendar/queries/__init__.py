"""Reads about sessions and events, as known on a day. Everything is ordered and bounded."""

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
from portal.calendar.queries.sessions import (
    business_of,
    get_published_session,
    published_sessions,
    read_almanac,
)

__all__ = [
    "MOST_NEXT",
    "agenda_of",
    "business_of",
    "committee_times",
    "get_published_event",
    "get_published_session",
    "neighbours_of",
    "published_events",
    "published_sessions",
    "read_almanac",
    "recently_changed_events",
    "subscribable_committees",
    "subscribed_events",
]
