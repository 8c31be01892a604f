"""Tables of the calendar: sessions with their days, and events with their history."""

from portal.calendar.models.events import AgendaItem, Event, EventChange
from portal.calendar.models.sessions import BusinessItem, CouncilSession, SessionSpan
from portal.calendar.models.subscribable import Subscribable

__all__ = [
    "AgendaItem",
    "BusinessItem",
    "CouncilSession",
    "Event",
    "EventChange",
    "SessionSpan",
    "Subscribable",
]
