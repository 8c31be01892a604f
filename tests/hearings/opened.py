"""Hearings that are open for sign-up, and people who sign up, for tests."""

import re
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.core.clock import business_now, council_zone, real_now
from portal.core.transactions import begin_write
from portal.core.versions import raise_version
from portal.extensions import db
from portal.hearings.models import Hearing, SignUp
from portal.hearings.rules.kinds import HearingKind, Way
from portal.hearings.rules.sign_ups import Draft
from portal.hearings.scopes import scope_of
from portal.hearings.services import sign_ups as services
from portal.moderation.rules import PublicationState
from portal.notifications.models import Letter
from portal.places.models import Claim
from portal.places.rules import ClaimState, Terms
from portal.places.services import create_pool, take_places

SLUG = "open-hearing"
TITLE = "골목 보행 안전 토론회"
#: A hearing of Seoul's data that is still to come, and what its room is opened with.
FORUM = "budget-forum-2020-11-19"
FORUM_TERMS = Terms(60, held_back=5, offer_hours=12)
#: Last words of addresses whose button stands on the page before them.
_DEEDS = ("keep", "cancel", "change")


def open_hearing(
    app: Flask,
    *,
    places: int | None = 5,
    online: int | None = 0,
    slug: str = SLUG,
    days: int = 10,
    kind: HearingKind = HearingKind.PUBLIC_DISCUSSION,
    **terms: Any,
) -> int:
    """Publish a hearing that is open for sign-up and has no event in the calendar; return its id.

    :param places: in the room; None: without limit
    :param online: places online; None: without limit; 0: one can't take part online
    :param days: so many days after the site's day it takes place, at least one
    :param terms: others of the room; its beginning is the hearing's
    """
    with app.test_request_context():
        begin_write()
        hearing, session = _new_hearing(slug, kind, days), db.session()
        begins = {"starts_at": hearing.starts_at}
        hearing.room_pool_id = create_pool(session, Terms(places, **begins, **terms)).id
        if online != 0:
            hearing.online_pool_id = create_pool(session, Terms(online, **begins)).id
        session.add(hearing)
        session.commit()
        return hearing.id


def _new_hearing(slug: str, kind: HearingKind, days: int) -> Hearing:
    """Return a hearing at two in the afternoon, as the desk would publish it."""
    now = business_now()
    starts_at = (now + timedelta(days=days)).replace(hour=14, minute=0, second=0, microsecond=0)
    return Hearing(
        slug=slug,
        kind=kind,
        title=TITLE,
        title_en="Discussion on safe walking in alleys",
        starts_on=starts_at.astimezone(council_zone()).date(),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        announced_on=now.date() - timedelta(days=5),
        place="제2회의실",
        place_en="Conference room 2",
        changed_at=real_now(),
        state=PublicationState.PUBLISHED,
        published_at=real_now(),
        sign_up_opens_at=now - timedelta(days=1),
        sign_up_closes_at=starts_at - timedelta(hours=1),
        opinions_open_at=now - timedelta(days=1),
        opinions_close_at=now + timedelta(days=8),
    )


def open_forum(app: Flask, *, terms: Terms = FORUM_TERMS, days_until_opening: int = -1) -> int:
    """Open sign-up of the budget forum for a week and return the id of its room's pool."""
    with app.app_context():
        begin_write()
        hearing = find_hearing(FORUM)
        opens_at = business_now() + timedelta(days=days_until_opening)
        hearing.sign_up_opens_at = opens_at
        hearing.sign_up_closes_at = opens_at + timedelta(days=8)
        pool = create_pool(db.session(), terms)
        hearing.room_pool_id = pool.id
        raise_version(db.session())
        db.session.commit()
        return pool.id


def fill_forum(app: Flask, pool_id: int, *sizes: int) -> None:
    """Take places for parties, as sign-ups do; only the hearing's own scope is raised."""
    with app.app_context():
        begin_write()
        for size in sizes:
            take_places(db.session(), pool_id=pool_id, size=size, at=business_now())
        raise_version(db.session(), scope_of(FORUM))
        db.session.commit()


def find_hearing(slug: str) -> Hearing:
    """Return a hearing within an application's context."""
    return db.session.scalars(select(Hearing).where(Hearing.slug == slug)).one()


def take_part(
    app: Flask,
    hearing_id: int,
    size: int = 1,
    email: str = "kim@example.kr",
    *,
    way: Way = Way.ROOM,
    name: str = "김하나",
    keep: bool = False,
    **more: Any,
) -> int:
    """Sign somebody up as the form does, and return the id of their sign-up.

    :param keep: also open the letter's link, so that held places are kept
    """
    with app.test_request_context():
        begin_write()
        request = services.send_sign_up(
            db.session(),
            hearing_id=hearing_id,
            draft=Draft(way, size, name, email, "ko", **more),
            key=f"key-of-{email}-{size}-{hearing_id}",
            now=business_now(),
            at=real_now(),
        )
        sign_up_id = request.sign_up_id
        if keep:
            _keep(sign_up_id)
        db.session.commit()
        return sign_up_id


def keep_places(app: Flask, sign_up_id: int) -> None:
    """Open the link of a letter that holds or offers places."""
    with app.test_request_context():
        begin_write()
        _keep(sign_up_id)
        db.session.commit()


def _keep(sign_up_id: int) -> None:
    found = db.session.get_one(SignUp, sign_up_id)
    services.keep_places(db.session(), sign_up=found, now=business_now(), at=real_now())


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
