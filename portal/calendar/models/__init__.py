"""Tables of the calendar: sessions with their days, events with their history, rooms."""

from portal.calendar.models.events import AgendaItem, Event, EventChange
from portal.calendar.models.rooms import Room, RoomBooking
from portal.calendar.models.sessions import BusinessItem, CouncilSession, SessionSpan
from portal.calendar.models.subscribable import Subscribable

__all__ = [
    "AgendaItem",
    "BusinessItem",
    "CouncilSession",
    "Event",
    "EventChange",
    "Room",
    "RoomBooking",
    "SessionSpan",
    "Subscribable",
]
