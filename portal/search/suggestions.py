"""Suggestions while somebody types: titles that begin so, and words that mean the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.search.analysis import compact, start_of
from portal.search.engines import SearchEngine
from portal.search.queries import KIND_PLACES, shown_rows, synonym_groups
from portal.search.rules import DocumentKind

MOST_SUGGESTIONS = 8
#: So many of them are words that mean the same.
_MOST_WORDS = 2
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
    titles = {
        compact(row.title): Suggestion(row.title, row.kind, row.address) for row in rows[::-1]
    }
    words = (Suggestion(word, None, None) for word in _words(session, start))
    others = [one for one in dict.fromkeys(words) if compact(one.title) not in titles]
    shown = list(titles.values())[::-1][: MOST_SUGGESTIONS - min(len(others), _MOST_WORDS)]
    return tuple(shown + others[: MOST_SUGGESTIONS - len(shown)][:_MOST_WORDS])


def _words(session: Session, start: str) -> Iterator[str]:
    """Give the usual word of each group in which a word begins so."""
    for group in synonym_groups(session):
        if any(compact(word).startswith(start) for word in group):
            same_letters = (word for word in group if word.isascii() == start.isascii())
            yield from list(same_letters)[:1]
