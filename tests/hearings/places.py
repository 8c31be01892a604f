"""Open sign-up for a hearing, as the desk of sign-ups does, and fill its places."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.core.transactions import begin_write
from portal.core.versions import raise_version
from portal.extensions import db
from portal.hearings.models import Hearing
from portal.places.rules import Terms
from portal.places.services import create_pool, take_places

SLUG = "budget-forum-2020-11-19"
ADDRESS = f"/hearings/{SLUG}"
TERMS = Terms(
    capacity=60,
    held_back=5,
    most_party=4,
    hold_hours=24,
    offer_hours=12,
    rest_hours=2,
    most_passes=3,
    starts_at=None,
)


def open_sign_up(app: Flask, *, terms: Terms = TERMS, days_until_opening: int = -1) -> int:
    """Open sign-up of the budget forum for a week and return the id of its room's pool."""
    with app.app_context():
        begin_write()
        hearing = find_hearing(SLUG)
        opens_at = clock.business_now() + timedelta(days=days_until_opening)
        hearing.sign_up_opens_at = opens_at
        hearing.sign_up_closes_at = opens_at + timedelta(days=8)
        pool = create_pool(db.session(), terms)
        hearing.room_pool_id = pool.id
        raise_version(db.session())
        db.session.commit()
        return pool.id


def sign_up_parties(app: Flask, pool_id: int, *sizes: int) -> None:
    """Take places for parties, as sign-ups do; only the hearing's own scope is raised."""
    with app.app_context():
        begin_write()
        for size in sizes:
            take_places(db.session(), pool_id=pool_id, size=size, at=clock.business_now())
        raise_version(db.session(), f"hearing:{find_hearing(SLUG).id}")
        db.session.commit()


def find_hearing(slug: str) -> Hearing:
    """Return a hearing within an application's context."""
    return db.session.scalars(select(Hearing).where(Hearing.slug == slug)).one()
