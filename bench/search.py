"""The search engines on made-up documents: ``make bench ARGS=search``.

Documents come from a seeded generator with words as frequent as in a language (Zipf). Embedded
engines are measured in CPU seconds of this process; PostgreSQL works in its own, so its figure is
time that passes.
"""

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import quantiles

from sqlalchemy import create_engine, text

from portal.search.engines import SearchEngine
from portal.search.engines.with_postgresql import PostgresqlEngine
from portal.search.engines.with_tantivy import TantivyEngine
from portal.search.engines.with_whoosh import WhooshEngine
from portal.search.questions import ask
from portal.search.rules import MOST_HITS, Entry, Match, Narrowing, entry_of

SIZES = {"whoosh": (1000, 2000, 10_000), "tantivy": (1000, 10_000, 100_000)}
SIZES["postgresql"] = SIZES["tantivy"]
QUESTIONS = 200
#: Engine, documents: the most milliseconds that 99 of 100 questions may take.
LIMITS = {("whoosh", 2000): 150.0, ("tantivy", 100_000): 20.0}
POSTGRESQL = "postgresql+psycopg://postgres@127.0.0.1:5432/test"
_SYLLABLES = (
    "가나다라마바사아자차카타파하고노도로모보소오조구두무부수우주기니리미비시이지회의예산원정"
)


def texts(count: int) -> Iterator[tuple[str, str]]:
    """Give titles and texts, the same ones each time."""
    chance = random.Random(20201109)  # noqa: S311 - made-up texts, no secret
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(20_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    for _ in range(count):
        chosen = chance.choices(words, weights, k=chance.randint(30, 60))
        yield " ".join(chosen[:5]), " ".join(chosen[5:])


def entries(count: int) -> Iterator[Entry]:
    """Give the documents as an index takes them."""
    for number, (title, body) in enumerate(texts(count), start=1):
        yield entry_of(
            number, 1, language="ko", kind="event", day=None, committee=None, title=title,
            body=body, called="",
        )  # fmt: skip


def questions(count: int) -> list[str]:
    """Return what is asked: whole titles without spaces, two words, one word, a beginning."""
    chance = random.Random(7)  # noqa: S311 - made-up texts, no secret
    titles = [title for title, _body in texts(count)]
    ways: tuple[Callable[[str], str], ...] = (
        lambda title: title.replace(" ", ""),
        lambda title: " ".join(title.split()[:2]),
        lambda title: title.split()[2],
        lambda title: title[:3],
    )
    return [ways[number % 4](chance.choice(titles)) for number in range(QUESTIONS)]


def measure(engine: SearchEngine, count: int, clock: Callable[[], float]) -> bool:
    """Print one line of the table; say whether its limit is met."""
    began = time.perf_counter()
    engine.rebuild(entries(count))
    rate = count / (time.perf_counter() - began)
    size = engine.status().size_bytes or 0
    costs = [_cost(engine, question, clock) for question in questions(count)]
    middle, slowest = _middle_and_slowest(costs)
    limit = LIMITS.get((engine.name, count))
    is_met = limit is None or slowest <= limit
    word = "" if limit is None else f"limit {limit:g}: {'met' if is_met else 'NOT met'}"
    print(
        f"  {engine.name:11}{count:9,}{middle:9.1f}{slowest:9.1f}{rate:10,.0f}"
        f"{size / 1e6:9.1f}{middle / _like(count):9.2f}  {word}"
    )
    return is_met


def _cost(engine: SearchEngine, question: str, clock: Callable[[], float]) -> float:
    """Return the milliseconds of one question, asked as a page of results asks it."""
    asked, narrowing = ask(question, "ko"), Narrowing("ko")
    began = clock()
    for match in (Match.WHOLE, Match.START, Match.ALL):
        engine.search(asked, narrowing, match, limit=MOST_HITS)
    return (clock() - began) * 1000


def _like(count: int) -> float:
    """Return the milliseconds of the usual question by plain SQL: ``LIKE`` for each word."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE documents (title, body)")
        connection.executemany("INSERT INTO documents VALUES (?, ?)", texts(count))
        costs = []
        for question in questions(count)[:40]:
            began = time.process_time()
            words = question.split()
            where = " AND ".join("title || ' ' || body LIKE ?" for _ in words)
            query = f"SELECT rowid FROM documents WHERE {where}"  # noqa: S608 - marks only
            connection.execute(query, [f"%{word}%" for word in words]).fetchall()
            costs.append((time.process_time() - began) * 1000)
    return _middle_and_slowest(costs)[0]


def _middle_and_slowest(costs: list[float]) -> tuple[float, float]:
    cuts = quantiles(costs, n=100)
    return cuts[49], cuts[98]


def main() -> int:
    """Measure every engine that is here."""
    print("\n  engine     documents   p50 ms   p99 ms    docs/s  size MB  x LIKE")
    met = []
    with tempfile.TemporaryDirectory(prefix="portal-bench") as name:
        folder = Path(name)
        for kind, made in (("whoosh", WhooshEngine), ("tantivy", TantivyEngine)):
            for count in SIZES[kind]:
                met.append(measure(made(folder / f"{kind}-{count}"), count, time.process_time))
    met += _measure_postgresql()
    return 0 if all(met) else 1


def _measure_postgresql() -> list[bool]:
    """Measure PostgreSQL where it answers; its clock is the wall's."""
    database = create_engine(POSTGRESQL, connect_args={"connect_timeout": 2})
    try:
        with database.connect():
            pass
    except Exception:
        print("  postgresql: no server answers on 127.0.0.1:5432, left out")
        return []
    engine = PostgresqlEngine(database)
    try:
        return [measure(engine, count, time.perf_counter) for count in SIZES["postgresql"]]
    finally:
        with database.begin() as connection:
            connection.execute(text("DROP SCHEMA IF EXISTS portal_search CASCADE"))
