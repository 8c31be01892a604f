"""A hearing for tests: public, with places in the room and online, and an open window."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from portal.core.clock import business_now, council_zone, real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.hearings.models import Hearing, SignUp
from portal.hearings.rules.kinds import HearingKind, Way
from portal.hearings.rules.sign_ups import Draft
from portal.hearings.services import sign_ups as services
from portal.hearings.services import terms
from portal.moderation.rules import PublicationState
from portal.places.models import Claim
from portal.places.rules import ClaimState, Terms

TITLE = "돌봄 조례 공청회"


def open_hearing(
    app: Flask,
    *,
    places: int | None = 5,
    online: int | None = None,
    held_back: int = 0,
    most_passes: int = 3,
    days: int = 10,
    slug: str = "care-hearing",
    kind: HearingKind = HearingKind.PUBLIC_HEARING,
) -> int:
    """Make a public hearing whose sign-up is open; return its id.

    It has no event in the calendar.

    :param places: of the room; None: without limit
    :param online: places online; None: without limit
    :param days: so many days after the site's day it takes place, at least one
    """
    with app.test_request_context():
        begin_write()
        hearing = _hearing(slug, kind, days)
        db.session.add(hearing)
        db.session.flush()
        for way, count, back in ((Way.ROOM, places, held_back), (Way.ONLINE, online, 0)):
            terms.set_terms(
                db.session(),
                hearing=hearing,
                way=way,
                terms=Terms(count, held_back=back, most_passes=most_passes),
                actor="tests",
                now=business_now(),
                at=real_now(),
            )
        db.session.commit()
        return hearing.id


def _hearing(slug: str, kind: HearingKind, days: int) -> Hearing:
    now = business_now()
    starts_at = (now + timedelta(days=days)).replace(hour=14, minute=0, second=0, microsecond=0)
    return Hearing(
        slug=slug,
        kind=kind,
        title=TITLE,
        starts_on=starts_at.astimezone(council_zone()).date(),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="제1대회의실",
        announced_on=now.date() - timedelta(days=5),
        sign_up_opens_at=now - timedelta(days=1),
        sign_up_closes_at=starts_at - timedelta(hours=1),
        opinions_open_at=now - timedelta(days=1),
        opinions_close_at=now + timedelta(days=5),
        state=PublicationState.PUBLISHED,
        published_at=real_now(),
        changed_at=real_now(),
    )


def sign_up(
    app: Flask,
    hearing_id: int,
    size: int = 1,
    email: str = "one@example.kr",
    *,
    way: Way = Way.ROOM,
    name: str = "김하나",
    needs: str | None = None,
    keep: bool = False,
) -> int:
    """Sign somebody up as the form does; return the id of the sign-up.

    :param keep: also open the letter's link, so that held places are kept
    """
    with app.test_request_context():
        begin_write()
        draft = Draft(way=way, size=size, name=name, email=email, language="ko", needs=needs)
        request = services.send_sign_up(
            db.session(),
            hearing_id=hearing_id,
            draft=draft,
            key=f"key-of-{email}",
            now=business_now(),
            at=real_now(),
        )
        found = db.session.get_one(SignUp, request.sign_up_id)
        if keep:
            services.keep_places(db.session(), sign_up=found, now=business_now(), at=real_now())
        db.session.commit()
        return found.id


def keep_places(app: Flask, sign_up_id: int) -> None:
    """Open the link of a letter that holds or offers places."""
    with app.test_request_context():
        begin_write()
        found = db.session.get_one(SignUp, sign_up_id)
        services.keep_places(db.session(), sign_up=found, now=business_now(), at=real_now())
        db.session.commit()


def state_of(app: Flask, sign_up_id: int) -> ClaimState:
    """Return how a sign-up stands."""
    with app.app_context():
        state = db.session.scalars(
            select(Claim.state)
            .join(SignUp, SignUp.claim_id == Claim.id)
            .where(SignUp.id == sign_up_id)
        ).one()
        db.session.rollback()
        return state
