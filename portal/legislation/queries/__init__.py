"""Reads about bills and ordinances; all ordered and bounded."""

from portal.legislation.queries.bills import (
    BillWish,
    count_bills,
    get_published_bill,
    newest_steps,
    published_bills,
)
from portal.legislation.queries.highlights import (
    get_published_highlight,
    published_collections,
    published_highlights,
)
from portal.legislation.queries.ordinances import (
    get_published_ordinance,
    get_text_version,
    known_ordinances,
    published_enactments,
)

__all__ = [
    "BillWish",
    "count_bills",
    "get_published_bill",
    "get_published_highlight",
    "get_published_ordinance",
    "get_text_version",
    "known_ordinances",
    "newest_steps",
    "published_bills",
    "published_collections",
    "published_enactments",
    "published_highlights",
]
