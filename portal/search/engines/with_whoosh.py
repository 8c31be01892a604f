"""Whoosh: the engine that needs nothing; for some thousands of documents."""

import threading
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from whoosh import fields, index, query, scoring
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.searching import Searcher

from portal.search.engines import IndexMissing
from portal.search.engines.folders import IndexFolders
from portal.search.questions import Question
from portal.search.rules import (
    BODY_WEIGHT,
    TITLE_WEIGHT,
    EngineStatus,
    Entry,
    Found,
    Hit,
    Match,
    Narrowing,
)

#: Writing collects so many megabytes before it goes to the disk.
WRITER_MEGABYTES = 64


def _schema() -> fields.Schema:
    """Return the fields; their texts come taken apart, with spaces between."""
    text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)
    words = fields.KEYWORD(scorable=False)
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        version=fields.STORED,
        language=fields.ID,
        kind=fields.ID,
        committee=fields.ID,
        day=fields.NUMERIC(int),
        whole=words,
        starts=words,
        title=text,
        body=text,
    )


class WhooshEngine:
    """An index in a folder of its own."""

    name = "whoosh"

    def __init__(self, folder: Path) -> None:
        """Keep the index below a folder."""
        self._folders = IndexFolders(folder)
        self._searcher: Searcher | None = None
        self._searched: Path | None = None
        # Whoosh is Python: a second thread would wait for the first one anyway.
        self._turn = threading.Lock()

    def index(self, entries: Sequence[Entry]) -> None:
        """Write entries."""
        with self._folders.alone():
            # Within one commit Whoosh does not see what it wrote before.
            last = {entry.id: entry for entry in entries}.values()
            self._write(lambda writer: [writer.update_document(**_fields(e)) for e in last])

    def delete(self, ids: Sequence[int]) -> None:
        """Take entries out."""
        with self._folders.alone():
            self._write(lambda writer: [writer.delete_by_term("id", str(i)) for i in ids])

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """Make the index anew."""

        def fill(folder: Path) -> None:
            writer = index.create_in(str(folder), _schema()).writer(limitmb=WRITER_MEGABYTES)
            for entry in entries:
                writer.add_document(**_fields(entry))
            writer.commit(optimize=True)

        self._folders.replace(fill)

    def search(
        self, question: Question, narrowing: Narrowing, match: Match, *, limit: int
    ) -> Found:
        """Return the best documents."""
        wanted = _query(question, match)
        if wanted is None:
            return Found((), 0)
        with self._turn:
            results = self._open().search(wanted, limit=limit, filter=_filter(narrowing))
            hits = tuple(Hit(int(hit["id"]), hit.score) for hit in results)
            return Found(hits, len(results))

    def suggest(self, start: str, language: str, *, limit: int) -> tuple[int, ...]:
        """Return documents whose title begins so, short titles first."""
        wanted = query.Term("starts", start)
        with self._turn:
            results = self._open().search(
                wanted, limit=limit, filter=query.Term("language", language)
            )
            return tuple(int(hit["id"]) for hit in results)

    def check(self) -> None:
        """Need nothing but the folder."""

    def status(self) -> EngineStatus:
        """Return what is in the index."""
        with self._turn:
            reader = self._open().reader()
            stored = (fields for _number, fields in reader.iter_docs())
            versions = {int(fields["id"]): int(fields["version"]) for fields in stored}
        return EngineStatus(self.name, versions, self._folders.size_bytes())

    def _open(self) -> Searcher:
        """Return a searcher that sees the last commit."""
        shown = self._folders.shown()
        try:
            # ``refresh`` would keep the readers of segments from which documents were deleted.
            is_old = self._searcher is None or not self._searcher.up_to_date()
            if is_old or self._searched != shown:
                weighting = scoring.BM25F(B=0.75, K1=1.2)
                self._searcher = index.open_dir(str(shown)).searcher(weighting=weighting)
                self._searched = shown
        except Exception as error:
            self._searcher = None
            raise IndexMissing from error
        return self._searcher

    def _write(self, work: Any) -> None:
        """Write in one commit."""
        shown = self._folders.shown()
        try:
            opened = index.open_dir(str(shown))
        except Exception as error:
            raise IndexMissing from error
        writer = opened.writer(limitmb=WRITER_MEGABYTES)
        try:
            work(writer)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()


def _fields(entry: Entry) -> dict[str, Any]:
    """Return an entry as Whoosh takes it."""
    return {
        "id": str(entry.id),
        "version": entry.version,
        "language": entry.language,
        "kind": entry.kind,
        "committee": entry.committee,
        "day": entry.day.toordinal() if entry.day else None,
        "whole": " ".join(entry.whole),
        "starts": " ".join(entry.starts),
        "title": " ".join(entry.title),
        "body": " ".join(entry.body),
    }


def _query(question: Question, match: Match) -> query.Query | None:
    """Return what Whoosh looks for; None when there is nothing to look for."""
    if match is Match.WHOLE:
        return query.Or([query.Term("whole", whole) for whole in question.whole]) or None
    if match is Match.START:
        return query.Term("starts", question.start) if question.start else None
    if match is Match.ANY:
        return query.Or([_anywhere(token) for token in question.tokens]) or None
    words = [
        query.Or([query.And([_anywhere(t) for t in tokens]) for tokens in alternatives])
        for alternatives in question.words
    ]
    return query.And(words) if words else None


def _anywhere(token: str) -> query.Query:
    """Return what finds a token in the title or the text."""
    return query.Or(
        [query.Term("title", token, TITLE_WEIGHT), query.Term("body", token, BODY_WEIGHT)]
    )


def _filter(narrowing: Narrowing) -> query.Query:
    """Return what limits the answers."""
    limits: list[query.Query] = [query.Term("language", narrowing.language)]
    if narrowing.kind:
        limits.append(query.Term("kind", narrowing.kind))
    if narrowing.committee:
        limits.append(query.Term("committee", narrowing.committee))
    if narrowing.first or narrowing.last:
        first = narrowing.first.toordinal() if narrowing.first else 0
        last = narrowing.last.toordinal() if narrowing.last else date.max.toordinal()
        limits.append(query.NumericRange("day", first, last))
    return query.And(limits)
