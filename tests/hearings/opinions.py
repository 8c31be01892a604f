"""Hearings and citizens for tests of opinions: a hearing whose window is open, and who writes."""

import re
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.core.clock import business_now, real_now
from portal.extensions import db
from portal.hearings.models import Hearing, Opinion
from portal.hearings.rules.kinds import HearingKind
from portal.moderation.rules import PublicationState
from portal.notifications.models import Letter
from tests.support.client import PageClient

TEXT = "버스 정류장에 그늘막을 더 놓아 주세요."
NAME = "홍길동"
EMAIL = "citizen@example.kr"
SLUG = "shade-at-bus-stops"
AGREED = {"agrees": "y", "agrees_to_views": "y"}


def new_hearing(**values: Any) -> Hearing:
    """Return a public hearing whose window for opinions is open now; ask within an application."""
    now = business_now()
    given: dict[str, Any] = {
        "slug": SLUG,
        "kind": HearingKind.PUBLIC_HEARING,
        "title": "그늘막 조례 공청회",
        "title_en": "Hearing on shade",
        "starts_on": now.date() + timedelta(days=10),
        "announced_on": now.date(),
        "opinions_open_at": now - timedelta(days=5),
        "opinions_close_at": now + timedelta(days=5),
        "state": PublicationState.PUBLISHED,
        "published_at": real_now(),
        "changed_at": real_now(),
    }
    return Hearing(**{**given, **values})


def make_hearing(app: Flask, **values: Any) -> int:
    """Make a hearing and return its id."""
    with app.app_context():
        hearing = new_hearing(**values)
        db.session.add(hearing)
        db.session.commit()
        return hearing.id


def set_hearing(app: Flask, **values: Any) -> None:
    """Change the only hearing."""
    with app.app_context():
        hearing = db.session.scalars(select(Hearing).where(Hearing.slug == SLUG)).one()
        for name, value in values.items():
            setattr(hearing, name, value)
        db.session.commit()


def open_form(client: PageClient, slug: str = SLUG, prefix: str = "") -> dict[str, str]:
    """Open the form, and return its hidden fields."""
    html = client.get(f"{prefix}/hearings/{slug}/opinion").get_data(as_text=True)
    return hidden_fields(html)


def hidden_fields(html: str) -> dict[str, str]:
    """Return name and value of each hidden field of a page."""
    hidden = re.findall(r'<input[^>]*type="hidden"[^>]*>', html)
    fields = [(re.search(r'name="(\w+)"', t), re.search(r'value="([^"]*)"', t)) for t in hidden]
    return {name[1]: value[1] for name, value in fields if name and value}


def send(
    client: PageClient, form: dict[str, str], slug: str = SLUG, prefix: str = "", **answers: Any
) -> TestResponse:
    """Send the form with answers."""
    given = {"text": TEXT, "name": NAME, "name_shown": "initials", **AGREED, **form, **answers}
    data = {name: value for name, value in given.items() if value is not None}
    return client.post(f"{prefix}/hearings/{slug}/opinion", data=data)


def send_one(client: PageClient, **answers: Any) -> str:
    """Open the form, send it, and return the address that shows how the opinion stands."""
    answer = send(client, open_form(client), **answers)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def all_opinions(app: Flask) -> list[Opinion]:
    """Return the opinions as they are now, the first first."""
    with app.app_context():
        rows = list(db.session.scalars(select(Opinion).order_by(Opinion.id)))
        for row in rows:
            db.session.expunge(row)
        db.session.rollback()
        return rows


def the_opinion(app: Flask) -> Opinion:
    """Return the only opinion there is."""
    (opinion,) = all_opinions(app)
    return opinion


def letters(app: Flask) -> list[tuple[str, str, dict[str, str]]]:
    """Return kind, recipient and context of each letter, in their order."""
    with app.app_context():
        rows = db.session.scalars(select(Letter).order_by(Letter.id)).all()
        told = [(row.kind, row.recipient or "", dict(row.context or {})) for row in rows]
        db.session.rollback()
        return told
