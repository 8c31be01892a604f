"""A year of many projects: its page may cost little more than that of the real year."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from statistics import median

from bench.load import cost_of, warm_up
from bench.servers import running

PROJECTS = 5000
PAGE = "/budget/2020?view=projects"
MOST_TIMES = 3.0

_LINE = """
INSERT INTO budget_lines (slug, kind, position, name)
VALUES (?, 'project', ?, ?) RETURNING id
"""
_MONEY = """
INSERT INTO executions (line_id, year_id, as_of, unit, current_won, spent_won)
SELECT ?, year_id, as_of, unit, ?, ? FROM executions LIMIT 1
"""


def compare_years(folder: Path, rounds: int) -> bool:
    """Measure the real year's page against one with many projects more; say whether it is met.

    :param folder: a prepared instance
    """
    many = folder.parent / f"{folder.name}-many"
    shutil.copytree(folder, many, ignore=shutil.ignore_patterns("*.log", "metrics*"))
    try:
        _add_projects(many / "portal.db")
        return _compare(folder, many, rounds)
    finally:
        shutil.rmtree(many)


def _compare(real: Path, many: Path, rounds: int) -> bool:
    off = {"PORTAL_PAGE_CACHE_BYTES": "0"}
    with (
        running("wsgi:app", real, off, "/healthz") as first,
        running("wsgi:app", many, off, "/healthz") as second,
    ):
        for server in (first, second):
            warm_up(server, PAGE)
        pairs = [(cost_of(first, PAGE), cost_of(second, PAGE)) for _ in range(rounds)]
    ratio = median(more / less for less, more in pairs)
    is_met = ratio <= MOST_TIMES
    print(f"\n{PAGE} with {PROJECTS:,} projects more")
    print(f"  {median(more for _less, more in pairs) * 1e6:9.0f} µs CPU", end="   ")
    print(f"{ratio:.2f} x the real year   limit {MOST_TIMES:g}: {'met' if is_met else 'NOT met'}")
    return is_met


def _add_projects(database: Path) -> None:
    """Write the projects straight into the database of an instance that nothing serves."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for number in range(PROJECTS):
            place = 1000 + number
            row = connection.execute(_LINE, (f"sample-{number}", place, f"사업 {number}"))
            connection.execute(_MONEY, (row.fetchone()[0], 10_000_000 + number, number * 1000))
