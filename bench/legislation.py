"""Many bills and ordinances: their pages may cost little more than those of the real few.

``make bench ARGS=legislation``. Made-up rows come from a seeded generator and go into a copy of the
real data on SQLite. Each page is asked of both in turn, in this process and without caches, and its
CPU time compared; so is how often it asks the database.
"""

import json
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from portal import create_app
from portal.core import clock
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.importers.dataset import import_dataset
from portal.legislation.rules.kinds import BillKind, EnactmentKind, Field
from portal.legislation.rules.storage import as_plain
from portal.legislation.rules.text import Article, Item, OrdinanceText, Paragraph

BILLS, ORDINANCES, ENACTMENTS, ARTICLES = 20_000, 1_000, 2_000, 30
#: So many times as long as with the real data a page may take, and so often it may ask.
MOST_TIMES, MOST_QUERIES = 3.0, 8
ROUNDS = 15
LIST = "/legislation/bills"
#: Pages by what is measured; the small set has its own bill and ordinance.
PAGES = {
    "list": LIST,
    "list, last page": f"{LIST}?page=1000",
    "list, kind": f"{LIST}?kind=ordinance",
    "list, kind, page 100": f"{LIST}?kind=ordinance&page=100",
    "list, passed": f"{LIST}?result=passed",
    "list, before plenary": f"{LIST}?result=before_plenary",
    "list, not known": f"{LIST}?result=not_known",
    "list, ended": f"{LIST}?result=ended",
    "list, committee": f"{LIST}?committee=education",
    "list, sponsor": f"{LIST}?sponsor={{member}}",
    "list, all at once": f"{LIST}?kind=ordinance&result=passed&committee=education",
    "ordinances": "/legislation/ordinances",
    "ordinances, last page": "/legislation/ordinances?page=100",
    "ordinances, field": "/legislation/ordinances?field=culture",
    "ordinances, year, kind": "/legislation/ordinances?kind=amended&year=2019",
    "ordinances, committee": "/legislation/ordinances?committee=education",
    "one bill": "/legislation/bills/{bill}",
    "one ordinance": "/legislation/ordinances/{ordinance}",
}


@dataclass(frozen=True)
class Site:
    """The portal on one set of data.

    :ivar names: what stands in braces in addresses
    """

    app: Flask
    names: Mapping[str, str]

    def cost_of(self, page: str) -> float:
        """Return the seconds of CPU time that a page takes without caches.

        :raise RuntimeError: it is no page
        """
        address = page.format(**self.names)
        self.app.extensions["portal_kept"]._results.clear()
        client = self.app.test_client()
        began = time.process_time()
        answer = client.get(address)
        cost = time.process_time() - began
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status}")
        return cost

    def queries_of(self, page: str) -> int:
        """Return how often a page asks the database; the frame of all pages is kept."""
        asked: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith("BEGIN"):
                asked.append(statement)

        self.app.extensions["portal_kept"]._results.clear()
        client = self.app.test_client()
        client.get("/privacy")
        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        client.get(page.format(**self.names))
        event.remove(engine, "before_cursor_execute", note)
        return len(asked)


def main() -> int:
    """Measure all pages and print the table; return 1 when a limit is not met."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        few, many = Path(name) / "few", Path(name) / "many"
        few.mkdir()
        _fill(_app(few))
        shutil.copytree(few, many)
        _add(many / "portal.db")
        _give_text(few / "portal.db", _names(few, real=True)["ordinance"])
        small = Site(_app(few), _names(few, real=True))
        big = Site(_app(many), _names(many, real=False))
        return _compare(small, big)


def _compare(small: Site, big: Site) -> int:
    print(f"CPU time of a page, median of {ROUNDS} rounds; ratios are within a round.")
    print(f"\n  {'page':24}{'few ms':>8}{'many ms':>9}{'times':>8}{'queries':>9}")
    are_met = [_measure(name, page, small, big) for name, page in PAGES.items()]
    print("\nAll limits are met." if all(are_met) else "\nNot all limits are met.")
    return 0 if all(are_met) else 1


def _measure(name: str, page: str, small: Site, big: Site) -> bool:
    """Print the line of a page; say whether its limits are met."""
    pairs = [(small.cost_of(page), big.cost_of(page)) for _ in range(ROUNDS + 1)][1:]
    ratio = median(more / less for less, more in pairs)
    queries = big.queries_of(page)
    is_met = ratio <= MOST_TIMES and queries <= MOST_QUERIES
    few, many = (median(pair[side] for pair in pairs) * 1000 for side in (0, 1))
    word = f"limit {MOST_TIMES:g} and {MOST_QUERIES}: {'met' if is_met else 'NOT met'}"
    print(f"  {name:24}{few:8.1f}{many:9.1f}{ratio:8.2f}{queries:9}   {word}", flush=True)
    return is_met


def _app(folder: Path) -> Flask:
    """Return the portal on an instance of its own that keeps no pages."""
    return create_app(
        {
            "INSTANCE_DIR": folder,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/portal.db",
            "SECRET_KEY": "of the bench",
            "PAGE_CACHE_BYTES": 0,
            "BUILT_DIR": folder / "built",
            "TEMPLATE_DIR": folder / "built" / "templates",
            "STATIC_BUILD_DIR": folder / "built" / "static",
            "BABEL_TRANSLATION_DIRECTORIES": str(folder / "built" / "translations"),
        }
    )


def _fill(app: Flask) -> None:
    with app.app_context():
        upgrade()
        begin_write()
        folder = app.config["DATA_DIR"]
        import_dataset(db.session(), folder, at=clock.real_now(), tell=lambda _line: None)
        db.session.commit()
        db.engine.dispose()


def _names(folder: Path, *, real: bool) -> dict[str, str]:
    """Return a bill, an ordinance and a member with much to show."""
    statements = {
        "bill": """SELECT slug FROM bills b WHERE slug LIKE 'sample-%' = ? ORDER BY
            (SELECT count(*) FROM bill_steps WHERE bill_id = b.id) DESC, id LIMIT 1""",
        "ordinance": """SELECT slug FROM ordinances o WHERE slug LIKE 'sample-%' = ? ORDER BY
            (SELECT count(*) FROM enactments WHERE ordinance_id = o.id) DESC, id LIMIT 1""",
        "member": """SELECT m.slug FROM members m JOIN bill_sponsors s ON s.member_id = m.id
            WHERE ? IN (0, 1) GROUP BY m.slug ORDER BY count(*) DESC, m.slug LIMIT 1""",
    }
    made = (0 if real else 1,)
    with closing(sqlite3.connect(folder / "portal.db")) as connection:
        return {
            name: connection.execute(query, made).fetchone()[0]
            for name, query in statements.items()
        }


class _Maker:
    """Makes rows, the same ones each time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.chance = random.Random(20201109)  # noqa: S311 - made-up rows, no secret
        rows = connection.execute("SELECT id FROM committees WHERE kind = 'standing'")
        self.committees = [row[0] for row in rows]
        self.members = [row[0] for row in connection.execute("SELECT id FROM members")]
        self.source = connection.execute("SELECT min(id) FROM sources").fetchone()[0]

    def day(self, number: int, after: int = 0) -> str:
        """Return a day of the year in which a bill of a number was brought in."""
        year, rest = 1994 + number * 27 // BILLS, self.chance.randint(1, 28)
        return f"{year}-{1 + after % 12:02}-{rest:02}"

    def steps(self, number: int) -> Iterator[tuple[str, str | None, int | None, str | None]]:
        """Give about five steps of a bill: kind, day, committee, result."""
        yield "proposed", self.day(number), None, None
        count = 2 if self.chance.random() < 0.1 else 1
        for committee in self.chance.sample(self.committees, count):
            yield "referred", self.day(number, 1), committee, None
            yield "reviewed", self.day(number, 3), committee, self._result()
        last = self.chance.random()
        if last < 0.1:
            yield self.chance.choice(("withdrawn", "lapsed")), self.day(number, 6), None, None
        elif last < 0.9:
            yield "plenary", self.day(number, 5), None, self._result()
        if 0.3 < last < 0.7:
            yield "transmitted", self.day(number, 6), None, None
            yield "promulgated", self.day(number, 7), None, None

    def _result(self) -> str | None:
        words = ("passed", "passed", "passed", "amended", "rejected", "continued", None)
        return self.chance.choice(words)


def _add(database: Path) -> None:
    """Write the rows straight into the database of an instance that nothing serves."""
    with closing(sqlite3.connect(database)) as connection, connection:
        maker = _Maker(connection)
        _add_bills(connection, maker)
        _add_ordinances(connection, maker)
    with closing(sqlite3.connect(database)) as connection:
        for table in ("bills", "bill_steps", "bill_sponsors", "enactments", "ordinance_versions"):
            query = f"SELECT count(*) FROM {table}"  # noqa: S608 - names of this file only
            print(f"{connection.execute(query).fetchone()[0]:9,} {table}")
    print()


_STATE: dict[str, object] = {
    "state": "published",
    "published_at": "2020-11-09 00:00:00",
    "review_due": False,
    "shown_revision": 0,
    "approved_revision": 0,
}


def _give_text(database: Path, slug: str) -> None:
    """Give a real ordinance a text, too: pages are compared that show as much."""
    with closing(sqlite3.connect(database)) as connection, connection:
        query = "SELECT id FROM ordinances WHERE slug = ?"
        _add_text(connection, connection.execute(query, (slug,)).fetchone()[0], 0)


def _add_bills(connection: sqlite3.Connection, maker: _Maker) -> None:
    """Write bills of 27 years, each with its way and its sponsors."""
    kinds = list(BillKind)
    for number in range(BILLS):
        kind = kinds[0] if number % 2 else maker.chance.choice(kinds)
        row_id = _insert(
            connection, "bills", _STATE | {"slug": f"sample-{number}", "number": number + 1,
            "title": f"시험 의안 {number}", "kind": kind,
            "session_number": 1 + number * 297 // BILLS,
            "proposed_by": "members", "source_id": maker.source},
        )  # fmt: skip
        for position, (step, on, committee, result) in enumerate(maker.steps(number), start=1):
            _insert(
                connection, "bill_steps", {"bill_id": row_id, "position": position, "kind": step,
                "on": on, "nature": "stated", "committee_id": committee, "result": result,
                "source_id": maker.source},
            )  # fmt: skip
        for position, member in enumerate(maker.chance.sample(maker.members, 2), start=1):
            _insert(
                connection, "bill_sponsors", {"bill_id": row_id, "position": position,
                "role": "lead" if position == 1 else "sponsor", "member_id": member},
            )  # fmt: skip


def _add_ordinances(connection: sqlite3.Connection, maker: _Maker) -> None:
    """Write ordinances of 30 articles, each with its enactments and one text."""
    fields, kinds = list(Field), list(EnactmentKind)
    for number in range(ORDINANCES):
        row_id = _insert(
            connection, "ordinances", _STATE | {"slug": f"sample-{number}",
            "title": f"시험 {number} 조례", "field": fields[number % len(fields)],
            "source_id": maker.source},
        )  # fmt: skip
        for part in range(ENACTMENTS // ORDINANCES):
            _insert(
                connection, "enactments", _STATE | {"slug": f"sample-{number}-{part}",
                "ordinance_id": row_id, "kind": maker.chance.choice(kinds),
                "summary": f"시험 {number} 조례를 고쳤습니다.", "passed_nature": "stated",
                "promulgated_on": maker.day(number * BILLS // ORDINANCES, part),
                "session_nature": "derived", "committee_id": maker.chance.choice(maker.committees),
                "source_id": maker.source},
            )  # fmt: skip
        _add_text(connection, row_id, number)


def _add_text(connection: sqlite3.Connection, ordinance_id: int, number: int) -> None:
    """Give an ordinance a text of as many articles as measured."""
    articles = tuple(_article(place, number) for place in range(1, ARTICLES + 1))
    content = as_plain(OrdinanceText(f"시험 {number} 조례", "조례", articles, ()))
    _insert(
        connection,
        "ordinance_versions",
        {
            "ordinance_id": ordinance_id,
            "number": f"제{number + 1}호",
            "promulgated_on": "2019-01-03",
            "content": json.dumps(content),
            "checksum": str(number),
        },
    )


def _article(place: int, number: int) -> Article:
    words = f"시장은 「시험 {(number + place) % ORDINANCES} 조례」 제{place}조에 따라 정한다."
    items = tuple(Item(each, 0, f"시험 기준 {each}에 맞는 것") for each in range(1, 4))
    return Article(
        place, 0, f"시험 {place}", (Paragraph(1, words), Paragraph(2, "다음과 같다.", items)), ()
    )


def _insert(connection: sqlite3.Connection, table: str, values: Mapping[str, object]) -> int:
    """Write one row and return its id."""
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _ in values)
    query = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of this file
    return connection.execute(query, list(values.values())).lastrowid or 0
