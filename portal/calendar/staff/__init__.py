"""The desks of the calendar: events, sessions, days off and rooms."""

from portal.calendar.staff.days_off import DESK as DAYS_OFF
from portal.calendar.staff.events import DESK as EVENTS
from portal.calendar.staff.rooms import DESK as ROOMS
from portal.calendar.staff.sessions import DESK as SESSIONS

DESKS = (EVENTS, SESSIONS, DAYS_OFF, ROOMS)
