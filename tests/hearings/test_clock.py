"""What the worker does as time goes on: holds begin and end, offers lapse, letters go out."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.core.clock import business_now, real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.hearings import tasks
from portal.hearings.links import LinkKind, sign_link
from portal.hearings.models import Hearing, OpeningNotice, Review, SignUp
from portal.hearings.services import clock
from portal.hearings.services.erasing import erase_sign_ups
from portal.hearings.services.terms import call_off
from portal.notifications.models import Letter
from portal.notifications.rules import LetterState
from portal.places.queries import pools_due
from portal.places.rules import ClaimState
from portal.places.services import mark
from tests.hearings.opened import (
    SLUG,
    claim_of,
    keep_places,
    letters_of,
    open_hearing,
    press,
    state_of,
    take_part,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def hearing(fresh_app: Flask) -> int:
    return open_hearing(fresh_app)


def step(app: Flask, deed: Callable[..., int], *, later: timedelta = timedelta()) -> int:
    """Do a step of the worker as if some time had gone."""
    with app.test_request_context():
        begin_write()
        times: dict[str, datetime] = {"now": business_now() + later, "at": real_now() + later}
        if deed is clock.tell_of_changes:
            del times["now"]
        done = deed(db.session(), **times)
        db.session.commit()
        return done


def settle_due(session: Session, *, now: datetime, at: datetime) -> int:
    """Settle each pool that is due, as the worker does."""
    due = pools_due(session, now)
    for pool_id in due:
        clock.settle_pool(session, pool_id=pool_id, now=now, at=at)
    return len(due)


def change(app: Flask, hearing_id: int, **values: object) -> None:
    with app.app_context():
        db.session.execute(update(Hearing).where(Hearing.id == hearing_id).values(**values))
        db.session.commit()


def letters_went_out(app: Flask, state: LetterState = LetterState.SENT) -> None:
    with app.app_context():
        db.session.execute(update(Letter).values(state=state, sent_at=real_now()))
        db.session.commit()


def kinds(app: Flask, to: str = "kim@example.kr") -> list[str]:
    return [kind for kind, _context in letters_of(app, to)]


def test_a_hold_has_no_time_before_its_letter_went_out(fresh_app: Flask, hearing: int) -> None:
    sign_up = take_part(fresh_app, hearing)
    assert step(fresh_app, clock.start_holds, later=9 * DAY) == 0
    assert claim_of(fresh_app, sign_up).deadline_at is None
    letters_went_out(fresh_app)
    assert step(fresh_app, clock.start_holds, later=HOUR) == 1
    deadline = claim_of(fresh_app, sign_up).deadline_at
    with fresh_app.app_context():
        assert deadline and abs(deadline - business_now() - DAY) < HOUR / 2


def test_the_time_runs_also_when_the_letter_failed_for_good(fresh_app: Flask, hearing: int) -> None:
    take_part(fresh_app, hearing)
    letters_went_out(fresh_app, LetterState.FAILED)
    assert step(fresh_app, clock.start_holds) == 1


def test_a_hold_that_nobody_opens_passes_on(fresh_app: Flask, hearing: int) -> None:
    first = take_part(fresh_app, hearing, 4, "a@example.kr")
    second = take_part(fresh_app, hearing, 2, "b@example.kr")
    letters_went_out(fresh_app)
    step(fresh_app, clock.start_holds)
    assert step(fresh_app, settle_due, later=DAY + HOUR) == 1
    assert state_of(fresh_app, first) is ClaimState.LAPSED
    assert state_of(fresh_app, second) is ClaimState.OFFERED
    assert kinds(fresh_app, "a@example.kr")[-1] == "sign_up_lapsed"
    assert kinds(fresh_app, "b@example.kr")[-1] == "sign_up_offered"
    assert step(fresh_app, settle_due, later=DAY + HOUR) == 0


def test_an_offer_that_nobody_takes_goes_to_the_next(fresh_app: Flask, hearing: int) -> None:
    first = take_part(fresh_app, hearing, 4, "a@example.kr")
    keep_places(fresh_app, first)
    second = take_part(fresh_app, hearing, 4, "b@example.kr")
    third = take_part(fresh_app, hearing, 3, "c@example.kr")
    client, path = fresh_app.test_client(), letters_of(fresh_app, "a@example.kr")[0][1]["path"]
    press(client, f"{path}/cancel")
    assert state_of(fresh_app, second) is ClaimState.OFFERED
    step(fresh_app, settle_due, later=DAY + HOUR)
    assert state_of(fresh_app, second) is ClaimState.LAPSED
    assert state_of(fresh_app, third) is ClaimState.OFFERED
    late = letters_of(fresh_app, "b@example.kr")[-1][1]["path"]
    assert "확정되지 않았습니다" in client.get(late).get_data(as_text=True)


def test_who_comes_is_reminded_once_a_day_before(fresh_app: Flask, hearing: int) -> None:
    sign_up = take_part(fresh_app, hearing)
    keep_places(fresh_app, sign_up)
    take_part(fresh_app, hearing, 1, "held@example.kr")
    assert step(fresh_app, clock.remind, later=8 * DAY) == 0
    assert step(fresh_app, clock.remind, later=9 * DAY + 3 * HOUR) == 1
    assert step(fresh_app, clock.remind, later=9 * DAY + 4 * HOUR) == 0
    assert kinds(fresh_app)[-1] == "sign_up_reminder"
    assert "sign_up_reminder" not in kinds(fresh_app, "held@example.kr")


def test_who_takes_part_or_waits_is_told_of_another_time(fresh_app: Flask, hearing: int) -> None:
    take_part(fresh_app, hearing, 4)
    take_part(fresh_app, hearing, 4, "waits@example.kr")
    assert step(fresh_app, clock.tell_of_changes) == 0
    change(fresh_app, hearing, moves=Hearing.moves + 1)
    assert step(fresh_app, clock.tell_of_changes) == 2
    assert step(fresh_app, clock.tell_of_changes) == 0
    assert kinds(fresh_app)[-1] == kinds(fresh_app, "waits@example.kr")[-1] == "hearing_moved"


def test_who_takes_part_is_told_that_it_was_called_off(fresh_app: Flask, hearing: int) -> None:
    take_part(fresh_app, hearing)
    with fresh_app.test_request_context():
        begin_write()
        row = db.session.get_one(Hearing, hearing)
        call_off(
            db.session(), hearing=row, because="태풍이 옵니다.", actor="staff:1", at=real_now()
        )
        db.session.commit()
    step(fresh_app, clock.tell_of_changes)
    kind, context = letters_of(fresh_app)[-1]
    assert (kind, context["because"]) == ("hearing_cancelled", "태풍이 옵니다.")
    assert fresh_app.test_client().get(f"/hearings/{SLUG}/sign-up").status_code == 200


def test_who_came_is_asked_three_questions_once(fresh_app: Flask, hearing: int) -> None:
    sign_up = take_part(fresh_app, hearing)
    keep_places(fresh_app, sign_up)
    with fresh_app.test_request_context():
        begin_write()
        claim = db.session.get_one(SignUp, sign_up).claim_id
        mark(db.session(), claim_id=claim, to=ClaimState.ATTENDED, at=business_now())
        db.session.commit()
    assert step(fresh_app, clock.thank, later=9 * DAY) == 0
    assert step(fresh_app, clock.thank, later=11 * DAY) == 1
    assert step(fresh_app, clock.thank, later=11 * DAY) == 0
    client, path = fresh_app.test_client(), letters_of(fresh_app)[-1][1]["path"]
    assert press(client, path, content="5").status_code == 422
    assert press(client, path, content="5", access="4", wish="더 크게").status_code == 200
    assert client.get(path).status_code == 410
    with fresh_app.app_context():
        review = db.session.query(Review).one()
        assert (review.content, review.access, review.wish) == (5, 4, "더 크게")


def test_who_asked_is_told_once_when_sign_up_opens_and_then_forgotten(
    fresh_app: Flask, hearing: int
) -> None:
    with fresh_app.app_context():
        later = business_now() + DAY
    change(fresh_app, hearing, sign_up_opens_at=later)
    client = fresh_app.test_client()
    for _twice in range(2):
        press(client, f"/hearings/{SLUG}/notice", email="kim@example.kr")
    path = letters_of(fresh_app)[0][1]["path"]
    step(fresh_app, clock.tell_of_openings, later=2 * DAY)
    assert kinds(fresh_app) == ["notice_asked"] * 2, "nobody has confirmed"
    assert press(client, path).status_code == 200
    assert step(fresh_app, clock.tell_of_openings) == 0
    assert step(fresh_app, clock.tell_of_openings, later=2 * DAY) == 1
    assert kinds(fresh_app)[-1] == "notice_opened"
    with fresh_app.app_context():
        assert db.session.query(OpeningNotice).count() == 0
        db.session.rollback()
    assert press(client, path).status_code == 410


def test_an_address_that_nobody_confirmed_is_erased(fresh_app: Flask, hearing: int) -> None:
    with fresh_app.app_context():
        later = business_now() + 9 * DAY
    change(fresh_app, hearing, sign_up_opens_at=later)
    press(fresh_app.test_client(), f"/hearings/{SLUG}/notice", email="kim@example.kr")
    step(fresh_app, clock.tell_of_openings, later=8 * DAY)
    with fresh_app.app_context():
        assert db.session.query(OpeningNotice).count() == 0


def test_names_and_addresses_are_erased_and_figures_stay(fresh_app: Flask, hearing: int) -> None:
    sign_up = take_part(fresh_app, hearing, 3, question="물어볼 것", needs="자막")
    with fresh_app.app_context():
        token = sign_link(LinkKind.OWN, sign_up, 1)
        day = db.session.get_one(Hearing, hearing).starts_on
        marks = {"content": 5, "access": 4, "wish": "더 크게", "at": real_now()}
        db.session.add(Review(hearing_id=hearing, key_hash="x", **marks))
        db.session.commit()
    for days, erased in ((30, 0), (31, 1), (31, 0)):
        with fresh_app.test_request_context():
            begin_write()
            today = day + timedelta(days=days)
            assert erase_sign_ups(db.session(), today=today, days=30, at=real_now()) == erased
            db.session.commit()
    with fresh_app.app_context():
        row = db.session.get_one(SignUp, sign_up)
        kept = (row.name, row.email, row.needs, row.question, row.contact_index)
        assert kept == (None,) * 5
        review = db.session.query(Review).one()
        assert (review.content, review.wish) == (5, None)
        db.session.rollback()
    assert claim_of(fresh_app, sign_up).size == 3
    assert fresh_app.test_client().get(f"/hearings/my/{token}").status_code == 410


def test_the_worker_does_all_of_it(fresh_app: Flask, hearing: int) -> None:
    take_part(fresh_app, hearing, 4)
    take_part(fresh_app, hearing, 4, "waits@example.kr")
    letters_went_out(fresh_app)
    with fresh_app.test_request_context():
        tasks.keep_line()
        tasks.erase_participants()
    assert claim_of(fresh_app, 1).deadline_at is not None
