"""The documents of all features; a new feature adds its sources here."""

from collections.abc import Iterator

from portal.search.documents import (
    calendar,
    council,
    hearings,
    legislation,
    money,
    pages,
    publications,
)
from portal.search.documents.source import TextSource

SOURCES: tuple[TextSource, ...] = (
    *pages.SOURCES,
    *council.SOURCES,
    *calendar.SOURCES,
    *money.SOURCES,
    *publications.SOURCES,
    *legislation.SOURCES,
    *hearings.SOURCES,
)


def sources_of(table: str) -> Iterator[TextSource]:
    """Give the sources whose texts hold rows of a table."""
    return (source for source in SOURCES if table in source.tables)
