"""Pages and feeds of the calendar; each module adds its own to the one blueprint."""

from portal.calendar.views import days, events, feeds, months, sessions
from portal.calendar.views.blueprint import calendar

__all__ = ["days", "events", "feeds", "months", "sessions"]

blueprints = (calendar,)
