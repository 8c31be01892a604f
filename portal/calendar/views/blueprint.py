"""The blueprint of all pages of the calendar, and what its views share."""

from flask import Blueprint

from portal.council import queries as council_queries
from portal.extensions import db

calendar = Blueprint("calendar", __name__)


def council_country() -> str:
    """Return the country whose holidays count; empty before the first import."""
    council = council_queries.find_council(db.session())
    return council.country if council else ""
