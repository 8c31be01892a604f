"""Pages and feeds of the calendar; the public ones share one blueprint."""

from portal.calendar.views import days, events, feeds, months, sessions
from portal.calendar.views.blueprint import calendar
from portal.calendar.views.rooms import rooms

__all__ = ["days", "events", "feeds", "months", "sessions"]

blueprints = (calendar, rooms)
