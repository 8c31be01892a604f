"""PostgreSQL: the engine for several machines, which all see one index.

Its table stands in a schema of its own, so that the portal's tables are the same on every
database. Pairs of syllables are a text vector without PostgreSQL's own word rules; titles are
also compared by trigrams. Both orders are fused by reciprocal rank (Cormack and others, 2009).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import errors
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from portal.search.analysis import compact
from portal.search.engines import IndexMissing, Unfit
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

#: The rarest tokens of a question choose the documents that are weighed.
_CHOOSING = 8
#: How little the rank of a document below the best ones counts (k of the fusion).
_FUSION = 60
#: PostgreSQL keeps no position above it.
_LAST_POSITION = 16383
#: Only the worker writes; another one waits for this key of an advisory lock.
_WRITER = 0x5EA2C4
_BATCH = 500
_COLUMNS = "id, version, language, kind, committee, day, name, whole, starts, grams"
_CREATE = """
CREATE TABLE portal_search.made (
    id integer PRIMARY KEY, version bigint NOT NULL, language text NOT NULL, kind text NOT NULL,
    committee text, day date, name text NOT NULL, whole text[] NOT NULL, starts text[] NOT NULL,
    grams tsvector NOT NULL
)
"""
#: How many documents have a token; the empty one tells how many there are, and how long they are.
#: It is of the last rebuild: what came since changes little.
_COUNT = """
CREATE TABLE portal_search.made_tokens AS
SELECT word, ndoc AS documents, 0.0 AS length FROM ts_stat('SELECT grams FROM portal_search.made')
UNION ALL SELECT '', count(*), coalesce(avg(length(grams)), 1) FROM portal_search.made
"""
#: The order of BM25 (k1 1.2, b 0.75) with each token counted once in title and text.
_BY_TEXT = """
WITH facts AS (
    SELECT documents AS whole, greatest(length, 1) AS usual
    FROM portal_search.tokens WHERE word = ''
), wanted AS (
    SELECT token, CAST(quote_literal(token) || '\\:A' AS tsquery) AS in_title,
        CAST(quote_literal(token) || '\\:B' AS tsquery) AS in_body,
        ln(1 + (whole - coalesce(documents, 0) + 0.5) / (coalesce(documents, 0) + 0.5)) AS rarity
    FROM facts, unnest(CAST(:tokens AS text[])) AS token
    LEFT JOIN portal_search.tokens ON word = token
), chosen AS (
    SELECT string_agg(quote_literal(token), ' | ') AS rare
    FROM (SELECT token FROM wanted ORDER BY rarity DESC LIMIT {choosing}) AS rarest
), matched AS (
    SELECT id, grams FROM portal_search.entries, chosen
    WHERE grams @@ CAST(coalesce(CAST(:must AS text), rare) AS tsquery) AND {limits}
)
SELECT id, (SELECT count(*) FROM matched) AS total
FROM matched, facts, wanted
GROUP BY id, grams, usual
ORDER BY sum(rarity * (
    CASE WHEN grams @@ in_title THEN {title} ELSE 0 END
    + CASE WHEN grams @@ in_body
        THEN {body} * 2.2 / (1.0 + 1.2 * (0.25 + 0.75 * length(grams) / usual)) ELSE 0 END
)) DESC, id
LIMIT :limit
"""
_INDEXES = (
    "CREATE INDEX ON portal_search.made USING gin (grams)",
    "CREATE INDEX ON portal_search.made USING gin (whole)",
    "CREATE INDEX ON portal_search.made USING gin (starts)",
    "CREATE INDEX ON portal_search.made USING gin (name gin_trgm_ops)",
    _COUNT,
    "CREATE UNIQUE INDEX ON portal_search.made_tokens (word)",
)
_WRITE = f"""
INSERT INTO portal_search.{{table}} ({_COLUMNS}) VALUES (
    :id, :version, :language, :kind, :committee, :day, :name, :whole, :starts,
    CAST(:grams AS tsvector)
)
"""
_AGAIN = " ON CONFLICT (id) DO UPDATE SET " + ", ".join(
    f"{name} = EXCLUDED.{name}" for name in _COLUMNS.split(", ")[1:]
)
_LIMITS = """
language = :language AND (CAST(:kind AS text) IS NULL OR kind = :kind)
AND (CAST(:committee AS text) IS NULL OR committee = :committee)
AND (CAST(:first AS date) IS NULL OR day >= :first)
AND (CAST(:last AS date) IS NULL OR day <= :last)
"""
_WEIGHED = _BY_TEXT.format(limits=_LIMITS, title=TITLE_WEIGHT, body=BODY_WEIGHT, choosing=_CHOOSING)
_BY_TITLE = f"""
SELECT id, 0 AS total FROM portal_search.entries
WHERE name % :name
AND (CAST(:must AS text) IS NULL OR grams @@ CAST(:must AS tsquery)) AND {_LIMITS}
ORDER BY similarity(name, :name) DESC, id LIMIT :limit
"""


class PostgresqlEngine:
    """An index in the database."""

    name = "postgresql"

    def __init__(self, engine: Engine) -> None:
        """Keep the index in a database."""
        self._engine = engine

    def index(self, entries: Sequence[Entry]) -> None:
        """Write entries."""
        self._write(_WRITE.format(table="entries") + _AGAIN, [_values(e) for e in entries])

    def delete(self, ids: Sequence[int]) -> None:
        """Take entries out."""
        self._write("DELETE FROM portal_search.entries WHERE id = :id", [{"id": i} for i in ids])

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """Make the index anew, in one transaction."""
        with self._engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER})
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            connection.execute(text("CREATE SCHEMA IF NOT EXISTS portal_search"))
            connection.execute(text(_CREATE))
            _fill(connection, entries)
            for statement in _INDEXES:
                connection.execute(text(statement))
            for made, shown in (("made", "entries"), ("made_tokens", "tokens")):
                connection.execute(text(f"DROP TABLE IF EXISTS portal_search.{shown}"))
                connection.execute(text(f"ALTER TABLE portal_search.{made} RENAME TO {shown}"))

    def search(
        self, question: Question, narrowing: Narrowing, match: Match, *, limit: int
    ) -> Found:
        """Return the best documents."""
        limits = {**vars(narrowing), "limit": limit}
        if match is Match.WHOLE:
            return self._find_in("whole", question.whole, limits)
        if match is Match.START:
            return self._find_in("starts", (question.start,), limits)
        if not question.tokens:
            return Found((), 0)
        must = _tsquery(question) if match is Match.ALL else None
        values = {**limits, "must": must, "tokens": list(question.tokens)}
        by_text = self._rows(_WEIGHED, values)
        by_title = self._rows(_BY_TITLE, {**values, "name": compact(question.text)})
        hits = _fuse([[i for i, _total in by_text], [i for i, _total in by_title]])
        total = max((total for _id, total in by_text), default=0)
        return Found(hits[:limit], max(total, len(hits)))

    def suggest(self, start: str, language: str, *, limit: int) -> tuple[int, ...]:
        """Return documents whose title begins so, short titles first."""
        rows = self._rows(
            "SELECT id, 0 FROM portal_search.entries "
            "WHERE starts @> ARRAY[CAST(:start AS text)] AND language = :language "
            "ORDER BY length(name), id LIMIT :limit",
            {"start": start, "language": language, "limit": limit},
        )
        return tuple(i for i, _total in rows)

    def check(self) -> None:
        """Look for trigrams, and whether they know Hangul.

        :raise Unfit: they are missing and may not be added, or the database's locale is none for it
        """
        try:
            with self._engine.begin() as connection:
                connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
                near = connection.scalar(text("SELECT similarity('공청회 일정', '공청회')"))
        except ProgrammingError as error:
            raise Unfit(
                "the extension pg_trgm is missing and this role may not add it: let an owner of "
                "the database run CREATE EXTENSION pg_trgm"
            ) from error
        if not near:
            raise Unfit(
                "pg_trgm knows no Hangul in this database's locale: make the database anew with "
                "LC_CTYPE 'C.UTF-8' or 'ko_KR.UTF-8'"
            )

    def status(self) -> EngineStatus:
        """Return what is in the index."""
        versions = dict(self._rows("SELECT id, version FROM portal_search.entries", {}))
        size = self._rows("SELECT pg_total_relation_size('portal_search.entries'), 0", {})
        return EngineStatus(self.name, versions, size[0][0])

    def _find_in(self, column: str, wanted: Sequence[str], limits: dict[str, Any]) -> Found:
        """Return the documents that have one of the forms, short titles first."""
        rows = self._rows(
            "SELECT id, 0 FROM portal_search.entries "
            f"WHERE {column} && CAST(:wanted AS text[]) AND {_LIMITS} "
            "ORDER BY length(name), id LIMIT :limit",
            {**limits, "wanted": [form for form in wanted if form]},
        )
        return Found(tuple(Hit(i, 1.0) for i, _total in rows), len(rows))

    def _rows(self, statement: str, values: dict[str, Any]) -> list[tuple[int, int]]:
        """Return the rows of a question, each of two numbers.

        :raise IndexMissing: there is no index
        """
        try:
            with self._engine.connect() as connection:
                return [tuple(row) for row in connection.execute(text(statement), values)]
        except ProgrammingError as error:
            raise _told(error) from error

    def _write(self, statement: str, rows: list[dict[str, Any]]) -> None:
        """Write rows in one transaction, after other writers.

        :raise IndexMissing: there is no index
        """
        try:
            with self._engine.begin() as connection:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITER})
                if rows:
                    connection.execute(text(statement), rows)
        except ProgrammingError as error:
            raise _told(error) from error


def _told(error: ProgrammingError) -> Exception:
    """Return that there is no index where a schema or table is missing; else the error itself."""
    missing = (errors.UndefinedTable, errors.InvalidSchemaName)
    return IndexMissing() if isinstance(error.orig, missing) else error


def _fill(connection: Connection, entries: Iterable[Entry]) -> None:
    """Write all entries into the new table."""
    batch: list[dict[str, Any]] = []
    for entry in entries:
        batch.append(_values(entry))
        if len(batch) == _BATCH:
            connection.execute(text(_WRITE.format(table="made")), batch)
            batch = []
    if batch:
        connection.execute(text(_WRITE.format(table="made")), batch)


def _values(entry: Entry) -> dict[str, Any]:
    """Return an entry as the table takes it."""
    return {
        "id": entry.id,
        "version": entry.version,
        "language": entry.language,
        "kind": entry.kind,
        "committee": entry.committee,
        "day": entry.day,
        "name": entry.whole[0] if entry.whole else "",
        "whole": list(entry.whole),
        "starts": list(entry.starts),
        "grams": _vector(entry),
    }


def _vector(entry: Entry) -> str:
    """Return the text vector of an entry: the title's tokens are A, the text's B.

    It is written out, so that PostgreSQL's parser has no say in what a word is.
    """
    places: dict[str, list[str]] = defaultdict(list)
    labelled = [*((t, "A") for t in entry.title), *((t, "B") for t in entry.body)]
    for number, (token, label) in enumerate(labelled, start=1):
        places[token].append(f"{min(number, _LAST_POSITION)}{label}")
    return " ".join(f"'{token}':{','.join(where[:255])}" for token, where in places.items())


def _tsquery(question: Question) -> str:
    """Return what the text vector must have; tokens hold letters and figures only."""
    words = [
        " | ".join("(" + " & ".join(f"'{t}'" for t in tokens) + ")" for tokens in alternatives)
        for alternatives in question.words
    ]
    return " & ".join(f"({word})" for word in words)


def _fuse(orders: list[list[int]]) -> tuple[Hit, ...]:
    """Return the documents of several orders by the sum of their reciprocal ranks."""
    scores: dict[int, float] = defaultdict(float)
    for order in orders:
        for rank, document_id in enumerate(order, start=1):
            scores[document_id] += 1 / (_FUSION + rank)
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Hit(document_id, score) for document_id, score in best)
