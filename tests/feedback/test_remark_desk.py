"""The staff's desk: reading, answering, closing, hiding and taking up again."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.accounts.rules import Place, Role, ScopeKind
from portal.core.clock import real_now
from portal.core.errors import Conflict, NotFound
from portal.core.sections import sections_of
from portal.core.templates import render_text
from portal.extensions import Base, db
from portal.feedback import queries, services
from portal.feedback.models import Remark
from portal.feedback.rules import HideReason, RemarkState
from portal.feedback.tasks import erase_remarks
from tests.accounts.staff import make_account, post, sign_in
from tests.feedback.readers import EMAIL, WRONG, letters, open_form, send, send_one, the_remark
from tests.support.client import PageClient

ANSWER = "맞습니다. 2일로 고쳤습니다."


@pytest.fixture
def reviewer(fresh_app: Flask) -> PageClient:
    return sign_in(fresh_app, make_account(fresh_app, Role.MODERATOR))


def decide(app: Flask, client: PageClient, move: str, **fields: str):
    """Press a button of the desk of the only remark."""
    desk = f"/staff/feedback/{the_remark(app).id}"
    return post(client, f"{desk}/{move}", **fields)


def deeds(app: Flask) -> list[str]:
    with app.app_context():
        query = text("SELECT deed FROM audit_lines WHERE kind = 'remarks' ORDER BY number")
        told = list(db.session.scalars(query))
        db.session.rollback()
        return told


def test_the_whole_way_of_a_remark(fresh_app: Flask, reviewer: PageClient) -> None:
    reader = fresh_app.test_client()
    receipt = send_one(reader, email=EMAIL)
    home = reviewer.get("/staff/").get_data(as_text=True)
    assert "알림 1건이 기다립니다" in home
    number = the_remark(fresh_app).id
    assert f"/staff/feedback/{number}" in reviewer.get("/staff/feedback").get_data(as_text=True)
    desk = reviewer.get(f"/staff/feedback/{number}").get_data(as_text=True)
    assert WRONG in desk and EMAIL not in desk
    assert decide(fresh_app, reviewer, "answer", answer=ANSWER).status_code == 303
    decided = reviewer.get(f"/staff/feedback/{number}").get_data(as_text=True)
    assert "staff:" not in decided and "moderator" in decided
    told = {"number": str(number), "answer": ANSWER}
    assert letters(fresh_app)[1:] == [("remark_answered", EMAIL, told)]
    assert ANSWER in reader.get(receipt).get_data(as_text=True)
    assert "기다립니다" not in reviewer.get("/staff/").get_data(as_text=True)
    assert deeds(fresh_app) == ["remark.sent", "remark.answered"]


def test_a_remark_without_address_is_answered_on_its_page_alone(
    fresh_app: Flask, reviewer: PageClient
) -> None:
    reader = fresh_app.test_client()
    receipt = send_one(reader)
    decide(fresh_app, reviewer, "answer", answer=ANSWER)
    assert ANSWER in reader.get(receipt).get_data(as_text=True)
    assert letters(fresh_app) == []


def test_an_answer_that_links_elsewhere_comes_back_with_its_words(
    fresh_app: Flask, reviewer: PageClient
) -> None:
    send_one(fresh_app.test_client(), email=EMAIL)
    answer = decide(fresh_app, reviewer, "answer", answer="https://evil.example 를 보세요")
    assert answer.status_code == 422
    assert "evil.example 를 보세요" in answer.get_data(as_text=True)
    assert the_remark(fresh_app).state is RemarkState.OPEN
    assert decide(fresh_app, reviewer, "answer", answer="  ").status_code == 422


def test_a_hidden_remark_tells_its_author_why(fresh_app: Flask, reviewer: PageClient) -> None:
    reader = fresh_app.test_client()
    receipt = send_one(reader, email=EMAIL)
    assert decide(fresh_app, reviewer, "hide").status_code == 422
    assert decide(fresh_app, reviewer, "hide", because="spam").status_code == 303
    remark = the_remark(fresh_app)
    assert (remark.state, remark.hidden_because) == (RemarkState.HIDDEN, HideReason.SPAM)
    assert letters(fresh_app)[1][0] == "remark_hidden"
    assert letters(fresh_app)[1][2]["reason"] == "광고나 뜻 없는 글"
    assert "답하지 않습니다" in reader.get(receipt).get_data(as_text=True)


def test_a_remark_is_closed_only_when_nobody_waits_for_a_letter(
    fresh_app: Flask, reviewer: PageClient
) -> None:
    send_one(fresh_app.test_client(), email=EMAIL)
    desk = f"/staff/feedback/{the_remark(fresh_app).id}"
    assert f"{desk}/close" not in reviewer.get(desk).get_data(as_text=True)
    assert decide(fresh_app, reviewer, "close").status_code == 409
    assert the_remark(fresh_app).state is RemarkState.OPEN


def test_a_closed_remark_is_taken_up_again_and_waits_as_long_as_before(
    fresh_app: Flask, reviewer: PageClient
) -> None:
    send_one(fresh_app.test_client())
    sent_at = the_remark(fresh_app).sent_at
    assert decide(fresh_app, reviewer, "close").status_code == 303
    assert decide(fresh_app, reviewer, "reopen").status_code == 303
    remark = the_remark(fresh_app)
    assert (remark.state, remark.sent_at) == (RemarkState.OPEN, sent_at)
    assert (remark.decided_by, remark.decided_at) == (None, None)
    assert deeds(fresh_app) == ["remark.sent", "remark.closed", "remark.reopened"]


def test_nothing_is_decided_twice(fresh_app: Flask) -> None:
    send_one(fresh_app.test_client())
    number = the_remark(fresh_app).id
    how = {"actor": "staff:1", "at": real_now()}
    with fresh_app.test_request_context():
        services.close_remark(db.session(), remark_id=number, **how)
        with pytest.raises(Conflict):
            services.hide_remark(db.session(), remark_id=number, because=HideReason.ABUSE, **how)
        with pytest.raises(NotFound):
            services.reopen_remark(db.session(), remark_id=number + 1, **how)
        db.session.rollback()


def test_who_may_only_read_sees_no_button(fresh_app: Flask) -> None:
    send_one(fresh_app.test_client())
    viewer = sign_in(fresh_app, make_account(fresh_app, Role.VIEWER))
    desk = viewer.get(f"/staff/feedback/{the_remark(fresh_app).id}").get_data(as_text=True)
    assert WRONG in desk
    assert "/answer" not in desk and "/hide" not in desk
    assert "기다립니다" not in viewer.get("/staff/").get_data(as_text=True)


def test_the_list_is_narrowed_by_state_and_page(fresh_app: Flask, reviewer: PageClient) -> None:
    client = fresh_app.test_client()
    send(client, open_form(client, "/budget"))
    send(client, open_form(client, "/calendar"))
    page = reviewer.get("/staff/feedback?about=/budget").get_data(as_text=True)
    rows = page.split("<tbody")[1].split("</tbody")[0]
    assert "/budget" in rows and "/calendar" not in rows
    hidden = reviewer.get("/staff/feedback?state=hidden").get_data(as_text=True)
    assert "맞는 알림이 없습니다" in hidden
    assert reviewer.get("/staff/feedback?state=banana").status_code == 400


def test_the_oldest_comes_first_and_pages_are_bounded(
    fresh_app: Flask, reviewer: PageClient
) -> None:
    client = fresh_app.test_client()
    for hours in range(20, -1, -1):
        with time_machine.travel(real_now() - timedelta(hours=hours), tick=False):
            send_one(client)
    first = reviewer.get("/staff/feedback").get_data(as_text=True)
    second = reviewer.get("/staff/feedback?page=2").get_data(as_text=True)
    assert first.count("<tr role") == 21 and second.count("<tr role") == 2
    assert 'href="/staff/feedback/1"' in first and 'href="/staff/feedback/21"' in second


def test_the_review_queue_lists_what_waits(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    with fresh_app.test_request_context("/staff/queue"):
        assert sections_of("staff.queue", 0) == ()
        db.session.rollback()
    send_one(client)
    with fresh_app.test_request_context("/staff/queue"):
        (section,) = sections_of("staff.queue", 0)
        shown = render_text(section.template, content=section.content)
        assert "/calendar" in shown and WRONG not in shown
        db.session.rollback()


def test_a_role_for_one_committee_decides_no_remark(fresh_app: Flask) -> None:
    send_one(fresh_app.test_client())
    place = Place(ScopeKind.COMMITTEE, "transport")
    narrow = sign_in(fresh_app, make_account(fresh_app, Role.MODERATOR, place=place))
    desk = f"/staff/feedback/{the_remark(fresh_app).id}"
    assert "/close" not in narrow.get(desk).get_data(as_text=True)
    assert post(narrow, f"{desk}/close").status_code == 403


def test_a_remark_whose_words_are_erased_gets_no_answer(
    fresh_app: Flask, reviewer: PageClient
) -> None:
    send_one(fresh_app.test_client())
    with fresh_app.app_context():
        services.erase_old_remarks(db.session(), at=real_now() + timedelta(days=91), days=90)
        db.session.commit()
    refused = decide(fresh_app, reviewer, "answer", answer=ANSWER)
    assert refused.status_code == 409
    assert the_remark(fresh_app).answer is None
    assert decide(fresh_app, reviewer, "close").status_code == 303


def test_one_night_erases_all_that_is_old(
    fresh_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_ERASED", 1)
    reader = fresh_app.test_client()
    for _each in range(3):
        send_one(reader)
    later = real_now() + timedelta(days=91)
    with time_machine.travel(later, tick=False), fresh_app.app_context():
        erase_remarks()
        assert not queries.old_remarks(db.session(), later)
        db.session.rollback()


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_a_night_passes_by_an_old_remark_that_somebody_answers(any_database: Flask) -> None:
    now = real_now()
    with any_database.app_context():
        Base.metadata.create_all(db.engine)
        for number in range(2):
            remark = Remark(key_hash=str(number), page="/", language="ko", wrong=WRONG)
            remark.sent_at, remark.state = now, RemarkState.OPEN
            db.session.add(remark)
        db.session.commit()
        first = db.session.scalars(select(Remark).limit(1).with_for_update()).one()
        with Session(db.engine) as other:
            other.execute(text("SET LOCAL lock_timeout = '1s'"))
            old = queries.old_remarks(other, now)
            assert len(old) == 1 and old[0].id != first.id
        db.session.remove()
        db.engine.dispose()
