"""What the tests of figures do at their desk: bring a table, hand it in, publish it."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.budget.models import BudgetLine, Execution
from portal.config import ROOT
from portal.core import clock
from portal.extensions import db
from portal.importers.dataset import import_dataset
from portal.importers.reports import Report
from tests.accounts.staff import post
from tests.moderation.desk import decide, text_of
from tests.support.client import PageClient

DESK = "/staff/content/figure_uploads"
EXECUTION = "budget/execution.csv"
MEDIA = "media-advertising,2020,2020-10-31,thousand,3562908,,,889957,24.9,2672951"
#: More was spent, so less is planned: all of it still adds up to the current budget.
NEW_MEDIA = MEDIA.replace("889957", "889999").replace("2672951", "2672909")
TOTAL = "total,2020,2020-10-31,million,27766"


def table(*changes: tuple[str, str], path: str = EXECUTION) -> str:
    """Return a file of Seoul's data with changes."""
    text = (ROOT / "data" / path).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def words_of(answer: TestResponse) -> str:
    """Return what a page says, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text_of(answer))).split())


def send(officer: PageClient, address: str, content: bytes | str, **more: str) -> TestResponse:
    """Send the form with a table, as a file where it is bytes."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', text_of(officer.get(address)))
    assert token
    fields = {"path": EXECUTION, "as_of": "2020-10-31", "csrf_token": token[1]} | more
    if isinstance(content, bytes):
        return officer.post(address, data={**fields, "file": (BytesIO(content), "집행.csv")})
    return officer.post(address, data={**fields, "content": content})


def bring(officer: PageClient, content: bytes | str, **more: str) -> str:
    """Bring a table and return its address at the desk."""
    answer = send(officer, f"{DESK}/new", content, **more)
    assert answer.status_code == 303, text_of(answer)
    return str(answer.headers["Location"])


def hand_in(officer: PageClient, row: str) -> TestResponse:
    return post(officer, f"{row}/move", move="submit")


def publish(people: tuple[PageClient, PageClient], content: str, **more: str) -> str:
    """Bring a table and let it be published; return its address at the desk."""
    officer, reader = people
    row = bring(officer, content, **more)
    assert hand_in(officer, row).status_code == 303
    answer = decide(reader, row, "publish")
    assert answer.status_code == 303, text_of(answer)
    return row


def preview(reader: PageClient, row: str, number: int = 1) -> str:
    """Return what the page says that a table would change, without tags."""
    answer = reader.get(f"{row}/preview/{number}", follow_redirects=True)
    assert answer.status_code == 200
    return words_of(answer)


def spent(app: Flask, slug: str = "media-advertising") -> int | None:
    """Return what a line had spent on its newest day, in won."""
    with app.app_context():
        return db.session.scalar(
            select(Execution.spent_won)
            .join(BudgetLine, BudgetLine.id == Execution.line_id)
            .where(BudgetLine.slug == slug)
            .order_by(Execution.as_of.desc())
        )


def run_import(app: Flask, folder: Path) -> Report:
    with app.app_context():
        report = import_dataset(db.session(), folder, at=clock.real_now(), tell=lambda _line: None)
        db.session.commit()
        return report
