"""A reader for tests: how they open the form, send it and look at what became of it."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.extensions import db
from portal.feedback.models import Remark
from portal.notifications.models import Letter
from tests.support.client import PageClient

WRONG = "회기가 11월 3일이 아니라 2일에 시작했습니다."
SHOULD_SAY = "의사일정 문서에 2일로 적혀 있습니다."
EMAIL = "citizen@example.kr"


def open_form(client: PageClient, page: str = "/calendar", prefix: str = "") -> dict[str, str]:
    """Open the form of a page, and return its hidden fields."""
    html = client.get(f"{prefix}/feedback?page={page}").get_data(as_text=True)
    hidden = re.findall(r'<input[^>]*type="hidden"[^>]*>', html)
    fields = [(re.search(r'name="(\w+)"', t), re.search(r'value="([^"]*)"', t)) for t in hidden]
    return {name[1]: value[1] for name, value in fields if name and value}


def send(client: PageClient, form: dict[str, str], **answers: Any) -> TestResponse:
    """Send the form with answers."""
    return client.post("/feedback", data={"wrong": WRONG, **form, **answers})


def send_one(client: PageClient, **answers: Any) -> str:
    """Open the form, send it, and return the address that shows how the remark stands."""
    answer = send(client, open_form(client), **answers)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def the_remark(app: Flask) -> Remark:
    """Return the only remark there is."""
    with app.app_context():
        remark = db.session.scalars(select(Remark)).one()
        db.session.expunge(remark)
        db.session.rollback()
        return remark


def letters(app: Flask) -> list[tuple[str, str, dict[str, str]]]:
    """Return kind, recipient and context of each letter, in their order."""
    with app.app_context():
        rows = db.session.scalars(select(Letter).order_by(Letter.id)).all()
        told = [(row.kind, row.recipient or "", dict(row.context or {})) for row in rows]
        db.session.rollback()
        return told
