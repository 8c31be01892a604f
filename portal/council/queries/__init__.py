"""Reads about the council, as of a day. Everything is ordered, and bounded by its seats."""

from portal.council.queries.committees import (
    find_committee_slug,
    get_published_committee,
    live_committees,
    published_committees,
)
from portal.council.queries.members import (
    find_member_slug,
    get_published_member,
    member_counts,
    parties_of,
    published_members,
    roles_on,
)
from portal.council.queries.seats import (
    areas,
    composition_of,
    count_sitting,
    find_council,
    find_term,
    seats_of_term,
    sitting_members,
)
from portal.council.queries.secretariat import (
    failing_checks,
    get_published_unit,
    own_words,
    source_line,
    units,
)

__all__ = [
    "areas",
    "composition_of",
    "count_sitting",
    "failing_checks",
    "find_committee_slug",
    "find_council",
    "find_member_slug",
    "find_term",
    "get_published_committee",
    "get_published_member",
    "get_published_unit",
    "member_counts",
    "live_committees",
    "own_words",
    "parties_of",
    "published_committees",
    "published_members",
    "roles_on",
    "seats_of_term",
    "sitting_members",
    "source_line",
    "units",
]
