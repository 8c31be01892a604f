"""Public pages of bills and ordinances."""

from portal.legislation.views import bills, feeds, highlights, ordinances, start
from portal.legislation.views.blueprint import legislation

__all__ = ["bills", "feeds", "highlights", "ordinances", "start"]

blueprints = (legislation,)
