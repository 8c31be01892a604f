"""Sign-ups when two deeds meet, on both databases: each is done once, and told once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask_migrate import upgrade

from portal.core.clock import business_now, real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.hearings.models import OpeningNotice, SignUp
from portal.hearings.services import notices, sign_ups
from portal.places.models import Claim
from tests.hearings.opened import letters_of, open_hearing, take_part


@pytest.fixture
def counter(any_database: Flask) -> Iterator[Flask]:
    with any_database.app_context():
        upgrade()
    yield any_database
    with any_database.app_context():
        db.session.remove()
        db.engine.dispose()


def at_once(app: Flask, read: Callable[[], object], deed: Callable[[], object]) -> None:
    """Do a deed twice; on PostgreSQL both have read before either has its turn."""
    is_free = app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql")
    barrier = Barrier(2 if is_free else 1)

    def go(_each: int) -> None:
        with app.test_request_context():
            begin_write()
            read()
            barrier.wait(timeout=20)
            deed()
            db.session.commit()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(go, range(2)))


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        (sign_ups.keep_places, "sign_up_confirmed"),
        (sign_ups.cancel_sign_up, "sign_up_cancelled"),
    ],
)
def test_a_button_pressed_twice_at_once_sends_one_letter(
    counter: Flask, deed: Callable[..., None], kind: str
) -> None:
    party = take_part(counter, open_hearing(counter), 2)

    def read() -> None:
        db.session.get_one(Claim, db.session.get_one(SignUp, party).claim_id)

    def press() -> None:
        row = db.session.get_one(SignUp, party)
        deed(db.session(), sign_up=row, now=business_now(), at=real_now())

    at_once(counter, read, press)
    assert [each for each, _context in letters_of(counter)] == ["sign_up_held", kind]


def test_an_address_noted_twice_at_once_is_noted_once(counter: Flask) -> None:
    hearing = open_hearing(counter)

    def ask() -> None:
        notices.ask_notice(
            db.session(),
            hearing_id=hearing,
            email="kim@example.kr",
            language="ko",
            at=real_now(),
        )

    at_once(counter, lambda: None, ask)
    with counter.app_context():
        assert db.session.query(OpeningNotice).count() == 1
        db.session.rollback()
