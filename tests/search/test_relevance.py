"""The right page is on top: 239 questions written before any engine was tuned."""

import csv
from pathlib import Path

from flask import Flask

from portal.extensions import db
from portal.search.engines import SearchEngine
from portal.search.queries import Wish, look_up
from portal.search.rules import Narrowing

QUESTIONS = Path(__file__).parent / "relevance.csv"
#: The least mean reciprocal rank among the first ten, by the issue; and what is reached today.
LEAST = 0.80


def rank_of(engine: SearchEngine, row: dict[str, str]) -> int | None:
    wish = Wish(Narrowing(row["language"]))
    shown = look_up(db.session(), engine, row["query"], wish).page.rows
    wanted = row["expected"].split()
    places = (n for n, result in enumerate(shown, start=1) if result.row.address in wanted)
    return next(places, None)


def test_the_right_page_is_on_top(app: Flask, indexed: SearchEngine):
    with QUESTIONS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with app.test_request_context():
        ranks = [rank_of(indexed, row) for row in rows]
        db.session.rollback()
    assert len(rows) >= 150
    assert sum(1 / rank for rank in ranks if rank) / len(rows) >= LEAST
