"""Hearings that are open for sign-up, and people who sign up, for tests."""

import re
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.core.clock import business_now, real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.hearings.models import Hearing, SignUp
from portal.hearings.rules.kinds import HearingKind, Way
from portal.hearings.rules.sign_ups import Draft
from portal.hearings.services.sign_ups import send_sign_up
from portal.moderation.rules import PublicationState
from portal.notifications.models import Letter
from portal.places.models import Claim
from portal.places.rules import ClaimState, Terms
from portal.places.services import create_pool

SLUG = "open-hearing"
#: Last words of addresses whose button stands on the page before them.
_DEEDS = ("keep", "cancel", "change")


def open_hearing(
    app: Flask, *, places: int | None = 5, online: int | None = 0, slug: str = SLUG, **terms: Any
) -> int:
    """Publish a hearing in ten days that is open for sign-up; return its id.

    :param online: places online; None: without limit; 0: one can't take part online
    """
    with app.test_request_context():
        begin_write()
        now, session = business_now(), db.session()
        starts_at = now + timedelta(days=10)
        hearing = Hearing(
            slug=slug,
            kind=HearingKind.PUBLIC_DISCUSSION,
            title="골목 보행 안전 토론회",
            title_en="Discussion on safe walking in alleys",
            starts_on=starts_at.date(),
            starts_at=starts_at,
            announced_on=now.date(),
            place="제2회의실",
            place_en="Conference room 2",
            changed_at=real_now(),
            state=PublicationState.PUBLISHED,
            published_at=real_now(),
            sign_up_opens_at=now - timedelta(days=1),
            sign_up_closes_at=now + timedelta(days=8),
            opinions_open_at=now - timedelta(days=1),
            opinions_close_at=now + timedelta(days=8),
        )
        common = {"starts_at": starts_at, **terms}
        hearing.room_pool_id = create_pool(session, Terms(places, **common)).id
        if online != 0:
            hearing.online_pool_id = create_pool(session, Terms(online, **common)).id
        session.add(hearing)
        session.commit()
        return hearing.id


def take_part(
    app: Flask, hearing_id: int, size: int = 1, email: str = "kim@example.kr", **more: Any
) -> int:
    """Sign somebody up and return the id of their sign-up."""
    with app.test_request_context():
        begin_write()
        draft = Draft(Way.ROOM, size, more.pop("name", "김하나"), email, "ko", **more)
        request = send_sign_up(
            db.session(),
            hearing_id=hearing_id,
            draft=draft,
            key=f"key-of-{email}-{size}-{hearing_id}",
            now=business_now(),
            at=real_now(),
        )
        db.session.commit()
        return request.sign_up_id


def claim_of(app: Flask, sign_up_id: int) -> Claim:
    """Return the claim of a sign-up as it stands now, detached."""
    with app.app_context():
        query = select(Claim).join(SignUp, SignUp.claim_id == Claim.id)
        claim = db.session.scalars(query.where(SignUp.id == sign_up_id)).one()
        db.session.expunge(claim)
        db.session.rollback()
        return claim


def state_of(app: Flask, sign_up_id: int) -> ClaimState:
    """Return where a sign-up stands."""
    return claim_of(app, sign_up_id).state


def letters_of(app: Flask, to: str = "kim@example.kr") -> list[tuple[str, dict[str, str]]]:
    """Return kinds and contexts of the letters to somebody, in the order in which they came."""
    with app.app_context():
        rows = db.session.scalars(select(Letter).order_by(Letter.id)).all()
        found = [(row.kind, dict(row.context or {})) for row in rows if row.recipient == to]
        db.session.rollback()
        return found


def token_of(client: FlaskClient, address: str) -> dict[str, str]:
    """Return the hidden fields of the last form of a page with a token."""
    page = client.get(address).get_data(as_text=True)
    return hidden_of(page)


def hidden_of(page: str) -> dict[str, str]:
    """Return the hidden fields of the first form of a page that posts."""
    form = page.split('method="post"', 1)[1].split("</form>")[0]
    fields = {}
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            fields[name[1]] = value[1] if value else ""
    return fields


def press(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    """Press a button whose form stands on a page of the same sign-up."""
    page, _slash, deed = address.rpartition("/")
    token = token_of(client, page if deed in _DEEDS else address)
    return client.post(address, data={"csrf_token": token["csrf_token"], **fields})


def walk(client: FlaskClient, slug: str = SLUG, **answers: str) -> TestResponse:
    """Go through all steps of the form and return the answer to the last one, or to a wrong one."""
    address = f"/hearings/{slug}/sign-up"
    given = {
        "way": "room",
        "size": "2",
        "name": "김하나",
        "email": "kim@example.kr",
        "consent": "y",
    }
    given |= answers
    page = client.get(address).get_data(as_text=True)
    for fields in (("way", "size", "needs"), ("name", "email", "question"), ("consent",)):
        sent = {name: given[name] for name in fields if name in given}
        response = client.post(address, data={**hidden_of(page), **sent, "go": "next"})
        page = response.get_data(as_text=True)
        if response.status_code != 200:
            return response
    return response
