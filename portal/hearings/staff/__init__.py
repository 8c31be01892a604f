"""The desk of hearings."""

from portal.hearings.staff.hearings import DESK as HEARINGS

DESKS = (HEARINGS,)
