"""The desks of the calendar: events, sessions and days off."""

from portal.calendar.staff.days_off import DESK as DAYS_OFF
from portal.calendar.staff.events import DESK as EVENTS
from portal.calendar.staff.sessions import DESK as SESSIONS

DESKS = (EVENTS, SESSIONS, DAYS_OFF)
