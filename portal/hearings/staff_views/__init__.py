"""The staff's pages of sign-ups, a file for each thing that is done there."""

from portal.hearings.staff_views.after import after
from portal.hearings.staff_views.badges import badges
from portal.hearings.staff_views.callers import callers
from portal.hearings.staff_views.check_in import check_in
from portal.hearings.staff_views.mailings import mailings
from portal.hearings.staff_views.seats import seats
from portal.hearings.staff_views.settings import settings

blueprints = (seats, settings, check_in, callers, badges, mailings, after)
