"""Which document states a fact: what pages print of it, read with the fact's own row."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from portal.core.models import Source


@dataclass(frozen=True)
class SourceLine:
    """A document a page's facts come from.

    :ivar locator: place in the document, such as ``L651`` for a line
    :ivar is_own: there is no document: the secretariat wrote it here, and is the source itself
    """

    title: str
    title_en: str | None
    address: str | None
    locator: str | None
    is_own: bool = False


#: The source of what was written at a desk and names no document.
OWN_WORD = SourceLine("", None, None, None, is_own=True)

#: Columns of the document that ``source_of`` reads; a statement joins ``Source`` for them.
SOURCE_COLUMNS = (
    Source.title.label("source_title"),
    Source.title_en.label("source_title_en"),
    Source.address.label("source_address"),
)


def source_of(row: Row[*tuple[Any, ...]]) -> SourceLine | None:
    """Return the document of a row with ``SOURCE_COLUMNS`` and ``locator``, or None.

    A row that also has ``import_key`` and came by no import is the secretariat's own word.
    """
    if row.source_title is None:
        return OWN_WORD if row._mapping.get("import_key", "") is None else None
    return SourceLine(row.source_title, row.source_title_en, row.source_address, row.locator)


def cite(source: Source | None, locator: str | None = None) -> SourceLine | None:
    """Return what pages print of a document, or None."""
    if source is None:
        return None
    return SourceLine(source.title, source.title_en, source.address, locator)
