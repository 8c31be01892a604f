"""Suggestions while somebody types: titles that begin so, and words that mean the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.search.analysis import compact, start_of
from portal.search.engines import SearchEngine
from portal.search.queries import KIND_PLACES, shown_rows, synonym_groups
from portal.search.rules import DocumentKind

MOST_SUGGESTIONS = 8
#: So many titles are looked at for the best of them.
_MOST_TITLES = 50


@dataclass(frozen=True)
class Suggestion:
    """What somebody may want.

    :ivar kind: None for a word to search for
    :ivar address: path of its page without the language; None for a word to search for
    """

    title: str
    kind: DocumentKind | None
    address: str | None


def suggestions_for(
    session: Session, engine: SearchEngine, typed: str, language: str
) -> tuple[Suggestion, ...]:
    """Return what begins so, short titles first, each title once.

    :raise IndexMissing: there is no index that can be read
    """
    start = start_of(typed)
    if not start:
        return ()
    ids = engine.suggest(start, language, limit=_MOST_TITLES)
    rows = shown_rows(session, ids)
    rows.sort(key=lambda row: (len(row.title), KIND_PLACES[row.kind], row.title))
    found = {compact(row.title): Suggestion(row.title, row.kind, row.address) for row in rows[::-1]}
    words = {compact(word): Suggestion(word, None, None) for word in _words(session, start)}
    every = (*words.values(), *reversed(found.values()))
    return tuple(dict.fromkeys(every))[:MOST_SUGGESTIONS]


def _words(session: Session, start: str) -> Iterator[str]:
    """Give the other words of a group in which a word begins so."""
    for group in synonym_groups(session):
        if any(compact(word).startswith(start) for word in group):
            yield from (word for word in group[:2] if start.isascii() == word.isascii())
