"""Public pages of hearings; each module adds its own to the one blueprint."""

from portal.hearings.views import feeds, pages
from portal.hearings.views.blueprint import hearings

__all__ = ["feeds", "pages"]

blueprints = (hearings,)
