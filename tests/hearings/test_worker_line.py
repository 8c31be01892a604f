"""The worker's line when something in it is bad: the rest goes on, and nobody is forgotten."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from portal.core.clock import business_now, real_now
from portal.core.errors import Invalid
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.hearings import tasks
from portal.hearings.letters import sign_ups as letters
from portal.hearings.models import Hearing, OpeningNotice, SignUp
from portal.hearings.services.sign_ups import change_sign_up
from portal.hearings.services.terms import call_off
from portal.places.models import Claim
from portal.places.rules import ClaimState
from tests.hearings.opened import claim_of, letters_of, open_hearing, state_of, take_part


def let_holds_end(app: Flask) -> None:
    with app.app_context():
        db.session.execute(update(Claim).values(deadline_at=business_now() - timedelta(hours=1)))
        db.session.commit()


def run(app: Flask) -> None:
    with app.test_request_context():
        tasks.keep_line()


def test_a_letter_that_cant_be_written_stops_no_other_hearing(
    fresh_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = take_part(fresh_app, open_hearing(fresh_app, slug="a-hearing"), 1, "bad@example.kr")
    good = take_part(fresh_app, open_hearing(fresh_app, slug="b-hearing"), 1, "good@example.kr")
    let_holds_end(fresh_app)
    write = letters.write_lapsed

    def refuse(session, hearing, *rest, at) -> None:
        if hearing.slug == "a-hearing":
            raise ValueError("a letter that can't be written")
        write(session, hearing, *rest, at=at)

    monkeypatch.setattr(letters, "write_lapsed", refuse)
    with pytest.raises(ValueError, match="can't be written"):
        run(fresh_app)
    assert state_of(fresh_app, good) is ClaimState.LAPSED
    assert state_of(fresh_app, bad) is ClaimState.HELD


def test_a_hold_without_a_letter_ends_too(fresh_app: Flask) -> None:
    party = take_part(fresh_app, open_hearing(fresh_app))
    with fresh_app.app_context():
        db.session.execute(update(SignUp).values(letter_id=None))
        db.session.commit()
    run(fresh_app)
    assert claim_of(fresh_app, party).deadline_at is not None


def test_a_web_address_as_the_place_stops_no_letter(fresh_app: Flask) -> None:
    hearing = open_hearing(fresh_app)
    with fresh_app.app_context():
        db.session.execute(update(Hearing).values(place="온라인 https://zoom.example/j/1"))
        db.session.commit()
    take_part(fresh_app, hearing)
    ((_kind, context),) = letters_of(fresh_app)
    assert "zoom" not in context["where"]


@pytest.mark.parametrize("over", ["cancelled_at", "sign_up_closes_at"])
def test_who_wanted_to_be_told_is_forgotten_when_sign_up_will_not_open(
    fresh_app: Flask, over: str
) -> None:
    hearing = open_hearing(fresh_app)
    with fresh_app.test_request_context():
        begin_write()
        at = real_now()
        db.session.add(
            OpeningNotice(
                hearing_id=hearing,
                contact_index="0" * 64,
                email="kim@example.kr",
                language="ko",
                created_at=at,
                confirmed_at=at,
            )
        )
        ended = business_now() - timedelta(hours=1)
        db.session.execute(update(Hearing).values(**{over: ended}))
        db.session.commit()
    run(fresh_app)
    assert letters_of(fresh_app) == []
    with fresh_app.app_context():
        assert db.session.query(OpeningNotice).count() == 0
        db.session.rollback()


def test_a_party_that_shrinks_into_free_places_gets_the_offer_alone(fresh_app: Flask) -> None:
    hearing = open_hearing(fresh_app)
    take_part(fresh_app, hearing, 4, "first@example.kr")
    party = take_part(fresh_app, hearing, 3)
    with fresh_app.test_request_context():
        begin_write()
        change_sign_up(
            db.session(),
            sign_up=db.session.get_one(SignUp, party),
            size=1,
            needs=None,
            question=None,
            now=business_now(),
            at=real_now(),
        )
        db.session.commit()
    assert [kind for kind, _c in letters_of(fresh_app)] == ["sign_up_waiting", "sign_up_offered"]


def test_a_reason_that_no_letter_may_hold_is_refused_at_the_desk(fresh_app: Flask) -> None:
    hearing = open_hearing(fresh_app)
    with fresh_app.test_request_context():
        begin_write()
        row = db.session.get_one(Hearing, hearing)
        with pytest.raises(Invalid):
            call_off(
                db.session(), hearing=row, because="https://x.example", actor="s", at=real_now()
            )
        db.session.rollback()


def test_who_takes_part_in_many_hearings_is_told_of_each_that_moves(fresh_app: Flask) -> None:
    for number in range(7):
        take_part(fresh_app, open_hearing(fresh_app, slug=f"hearing-{number}"), 1 + number % 4)
    with fresh_app.app_context():
        db.session.execute(update(Hearing).values(moves=1))
        db.session.commit()
    run(fresh_app)
    assert [kind for kind, _c in letters_of(fresh_app)].count("hearing_moved") == 7
