"""Public pages of hearings."""

from portal.hearings.views import letters, own, sign_ups
from portal.hearings.views.counter import sign_ups as counter

__all__ = ["letters", "own", "sign_ups"]

blueprints = (counter,)
