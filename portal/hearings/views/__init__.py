"""Public pages of hearings, and the counter of sign-ups; each module adds to a blueprint."""

from portal.hearings.views import feeds, letters, own, pages, sign_ups
from portal.hearings.views.blueprint import hearings
from portal.hearings.views.counter import sign_ups as counter

__all__ = ["feeds", "letters", "own", "pages", "sign_ups"]

blueprints = (hearings, counter)
