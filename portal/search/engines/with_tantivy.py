"""Tantivy: the embedded engine for tens of thousands of documents; it searches in native code."""

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

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

#: Writing collects so many bytes before it goes to the disk; the least that Tantivy takes is 15 MB.
WRITER_BYTES = 64_000_000
_META = "meta.json"


def _schema() -> tantivy.Schema:
    """Return the fields; their texts come taken apart, with spaces between."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("version", stored=True)
    builder.add_unsigned_field("day", indexed=True, fast=True)
    for name in ("language", "kind", "committee"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("whole", "starts"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in ("title", "body"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class TantivyEngine:
    """An index in a folder of its own."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        """Keep the index below a folder."""
        self._folders = IndexFolders(folder)
        self._schema = _schema()
        self._opened: tuple[Path, int, tantivy.Index] | None = None
        self._turn = threading.Lock()

    def index(self, entries: Sequence[Entry]) -> None:
        """Write entries."""
        with self._folders.alone():
            writer = self._writer()
            for entry in entries:
                self._delete(writer, entry.id)
                writer.add_document(self._document(entry))
            writer.commit()
            writer.wait_merging_threads()

    def delete(self, ids: Sequence[int]) -> None:
        """Take entries out."""
        with self._folders.alone():
            writer = self._writer()
            for document_id in ids:
                self._delete(writer, document_id)
            writer.commit()
            writer.wait_merging_threads()

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """Make the index anew."""

        def fill(folder: Path) -> None:
            made = tantivy.Index(self._schema, path=str(folder), reuse=False)
            writer = made.writer(WRITER_BYTES, num_threads=1)
            for entry in entries:
                writer.add_document(self._document(entry))
            writer.commit()
            writer.wait_merging_threads()

        self._folders.replace(fill)

    def search(
        self, question: Question, narrowing: Narrowing, match: Match, *, limit: int
    ) -> Found:
        """Return the best documents."""
        wanted = self._query(question, match)
        if wanted is None:
            return Found((), 0)
        return self._search(self._limited(wanted, narrowing), limit)

    def suggest(self, start: str, language: str, *, limit: int) -> tuple[int, ...]:
        """Return documents whose title begins so."""
        wanted = self._limited(self._term("starts", start), Narrowing(language))
        return tuple(hit.document_id for hit in self._search(wanted, limit).hits)

    def check(self) -> None:
        """Need nothing but the folder."""

    def status(self) -> EngineStatus:
        """Return what is in the index."""
        searcher = self._open().searcher()
        most = max(1, searcher.num_docs)
        found = searcher.search(Query.all_query(), limit=most, count=False).hits
        stored = (searcher.doc(address).to_dict() for _score, address in found)
        versions = {fields["id"][0]: fields["version"][0] for fields in stored}
        return EngineStatus(self.name, versions, self._folders.size_bytes())

    def _search(self, wanted: Query, limit: int) -> Found:
        """Return the best documents for a whole query."""
        searcher = self._open().searcher()
        result = searcher.search(wanted, limit=limit, count=True)
        ids = searcher.fast_field_values("id", [address for _score, address in result.hits])
        scores = (score for score, _address in result.hits)
        hits = tuple(Hit(int(i or 0), score) for i, score in zip(ids, scores, strict=True))
        return Found(hits, int(result.count))  # type: ignore[attr-defined]

    def _open(self) -> tantivy.Index:
        """Return the index as of its last commit."""
        shown = self._folders.shown()
        try:
            changed = (shown / _META).stat().st_mtime_ns
            with self._turn:
                if self._opened is None or self._opened[0] != shown:
                    self._opened = (shown, changed, tantivy.Index.open(str(shown)))
                elif self._opened[1] != changed:
                    self._opened[2].reload()
                    self._opened = (shown, changed, self._opened[2])
                return self._opened[2]
        except (OSError, ValueError) as error:
            self._opened = None
            raise IndexMissing from error

    def _writer(self) -> Any:
        """Return a writer of the shown index; other processes wait at its folder."""
        shown = self._folders.shown()
        try:
            return tantivy.Index.open(str(shown)).writer(WRITER_BYTES, num_threads=1)
        except (OSError, ValueError) as error:
            raise IndexMissing from error

    def _delete(self, writer: Any, document_id: int) -> None:
        # Deleting by a term takes the number for a signed one, and finds nothing.
        writer.delete_documents_by_query(Query.term_query(self._schema, "id", document_id))

    def _document(self, entry: Entry) -> tantivy.Document:
        """Return an entry as Tantivy takes it."""
        document = tantivy.Document()
        document.add_unsigned("id", entry.id)
        document.add_unsigned("version", entry.version)
        if entry.day:
            document.add_unsigned("day", entry.day.toordinal())
        document.add_text("language", entry.language)
        document.add_text("kind", entry.kind)
        if entry.committee:
            document.add_text("committee", entry.committee)
        for name in ("whole", "starts", "title", "body"):
            document.add_text(name, " ".join(getattr(entry, name)))
        return document

    def _query(self, question: Question, match: Match) -> Query | None:
        """Return what is looked for; None when there is nothing to look for."""
        if match is Match.WHOLE:
            return _any([self._term("whole", whole) for whole in question.whole])
        if match is Match.START:
            return self._term("starts", question.start) if question.start else None
        if match is Match.ANY:
            return _any([self._anywhere(token) for token in question.tokens])
        words = [
            _any([_all([self._anywhere(token) for token in tokens]) for tokens in alternatives])
            for alternatives in question.words
        ]
        return _all([word for word in words if word]) if words else None

    def _anywhere(self, token: str) -> Query:
        """Return what finds a token in the title or the text."""
        title = Query.boost_query(self._term("title", token), TITLE_WEIGHT)
        body = Query.boost_query(self._term("body", token), BODY_WEIGHT)
        return Query.boolean_query([(Occur.Should, title), (Occur.Should, body)])

    def _limited(self, wanted: Query, narrowing: Narrowing) -> Query:
        """Return a query within its limits, which count for nothing in the score."""
        limits = [self._term("language", narrowing.language)]
        if narrowing.kind:
            limits.append(self._term("kind", narrowing.kind))
        if narrowing.committee:
            limits.append(self._term("committee", narrowing.committee))
        if narrowing.first or narrowing.last:
            first = narrowing.first.toordinal() if narrowing.first else 0
            last = narrowing.last.toordinal() if narrowing.last else None
            days = Query.range_query(self._schema, "day", tantivy.FieldType.Unsigned, first, last)
            limits.append(days)
        quiet = [(Occur.Must, Query.const_score_query(limit, 0.0)) for limit in limits]
        return Query.boolean_query([(Occur.Must, wanted), *quiet])

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value, index_option="freq")


def _any(queries: list[Query | None]) -> Query | None:
    """Return what one of the queries is enough for."""
    known = [(Occur.Should, query) for query in queries if query is not None]
    return Query.boolean_query(known) if known else None


def _all(queries: list[Query]) -> Query | None:
    """Return what needs all the queries."""
    return Query.boolean_query([(Occur.Must, query) for query in queries]) if queries else None
