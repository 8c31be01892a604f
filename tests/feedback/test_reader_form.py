"""The form at the foot of each page, as its reader uses it."""

import re
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from portal.core.clock import real_now
from portal.core.limits import PublicTry
from portal.extensions import db
from portal.feedback import services
from portal.feedback.models import Remark
from portal.feedback.rules import MOST_LETTERS, MOST_REMARKS, Draft, RemarkState
from portal.feedback.tasks import erase_remarks
from tests.feedback.readers import (
    EMAIL,
    SHOULD_SAY,
    WRONG,
    letters,
    open_form,
    send,
    send_one,
    the_remark,
)
from tests.support.front import HOST, client_of

#: A reader's network address.
FAR = "203.0.113.9"


def text_of(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def count_remarks(app: Flask) -> int:
    with app.app_context():
        count = db.session.scalar(select(func.count(Remark.id))) or 0
        db.session.rollback()
        return count


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("page", ["/", "/calendar/2020/11", "/council/members", "/nothing-here"])
def test_the_foot_of_each_page_leads_to_its_own_form(app: Flask, page: str, prefix: str) -> None:
    client = app.test_client()
    link = f'href="{prefix}/feedback?page={page}"'
    assert link in client.get(f"{prefix}{page}").get_data(as_text=True)
    form = client.get(f"{prefix}/feedback?page={page}").get_data(as_text=True)
    assert f'name="page" type="hidden" value="{page}"' in form


def test_a_page_with_a_secret_in_its_address_keeps_it(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    receipt = client.get(send_one(client)).get_data(as_text=True)
    assert 'href="/feedback"' in receipt
    assert 'href="/feedback"' in client.get("/staff/sign-in").get_data(as_text=True)


def test_a_page_that_is_none_of_this_site_is_refused(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/feedback?page=//evil.example").status_code == 400
    assert client.get("/feedback?page=https://evil.example").status_code == 400


def test_the_form_is_kept_nowhere_and_says_what_is_kept(app: Flask) -> None:
    answer = app.test_client().get("/feedback?page=/calendar")
    page = answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    for word in ("목적", "항목", "보유 기간", "거부할 수 있나요?"):
        assert word in page
    assert "90일" in page


def test_a_remark_arrives_with_its_number_and_a_letter_without_its_words(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    address = send_one(client, should_say=SHOULD_SAY, email=f" {EMAIL} ")
    remark = the_remark(fresh_app)
    assert (remark.page, remark.language, remark.wrong) == ("/calendar", "ko", WRONG)
    assert (remark.should_say, remark.email) == (SHOULD_SAY, EMAIL)
    assert remark.state is RemarkState.OPEN
    assert f"알림 {remark.id}번" in client.get(address).get_data(as_text=True)
    context = {"number": str(remark.id), "path": address}
    assert letters(fresh_app) == [("remark_received", EMAIL, context)]


def test_control_signs_are_not_taken_in(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    send_one(client, wrong="첫\x00 줄\n둘째\x0b 줄", should_say="\x1b[2J맞는 날")
    remark = the_remark(fresh_app)
    assert (remark.wrong, remark.should_say) == ("첫 줄\n둘째 줄", "[2J맞는 날")


def test_words_and_address_are_unreadable_in_the_database(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    data = {**open_form(client), "wrong": WRONG, "should_say": SHOULD_SAY, "email": EMAIL}
    client.post("/feedback", data=data, environ_overrides={"REMOTE_ADDR": FAR})
    with fresh_app.app_context():
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.rollback()
    kept = Path(fresh_app.config["INSTANCE_DIR"], "portal.db").read_bytes()
    for told in (WRONG, SHOULD_SAY, EMAIL, FAR, FAR.rpartition(".")[0]):
        assert told.encode() not in kept


def test_who_gives_no_address_gets_no_letter(fresh_app: Flask) -> None:
    send_one(fresh_app.test_client())
    assert letters(fresh_app) == []


def test_an_english_page_is_answered_in_english(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    form = open_form(client, "/budget", "/en")
    data = {**form, "wrong": "The sum is off.", "email": EMAIL}
    answer = client.post("/en/feedback", data=data)
    assert answer.location.startswith("/en/feedback/")
    remark = the_remark(fresh_app)
    assert (remark.page, remark.language) == ("/budget", "en")
    assert letters(fresh_app)[0][2]["path"] == answer.location.removeprefix("/en")


@pytest.mark.parametrize(
    "mistake",
    [
        {"wrong": "   "},
        {"wrong": "가" * 2001},
        {"wrong": "제 번호는 900101-1234567 입니다"},
        {"should_say": "900101-1234567"},
        {"email": "no address"},
    ],
)
def test_a_mistake_brings_the_form_back_with_what_was_written(
    fresh_app: Flask, mistake: dict[str, str]
) -> None:
    client = fresh_app.test_client()
    form = open_form(client)
    answers = {"wrong": WRONG, "should_say": SHOULD_SAY, "email": EMAIL, **mistake}
    answer = send(client, form, **answers)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "data-error-summary" in page and form["key"] in page
    for name in answers.keys() - mistake.keys():
        assert answers[name] in page
    assert count_remarks(fresh_app) == 0


def test_a_form_sent_twice_is_one_remark(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    form = open_form(client)
    first, second = send(client, form, email=EMAIL), send(client, form, email=EMAIL)
    assert first.location == second.location
    assert count_remarks(fresh_app) == 1
    assert len(letters(fresh_app)) == 1


def test_a_double_click_that_passes_the_first_look_is_one_remark(fresh_app: Flask) -> None:
    draft = Draft("/", WRONG, "", EMAIL, "ko")
    with fresh_app.test_request_context():
        sent = [
            services.send_remark(db.session(), draft=draft, key="k" * 22, at=real_now())
            for _ in range(2)
        ]
        assert sent[0] is sent[1]
        db.session.commit()
    assert count_remarks(fresh_app) == 1
    assert len(letters(fresh_app)) == 1


def test_nothing_is_taken_without_the_token_or_with_a_foreign_key(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    form = open_form(client)
    assert send(client, {**form, "csrf_token": "wrong"}).status_code == 422
    assert send(client, {**form, "key": "guessed"}).status_code == 400
    assert send(client, {**form, "page": "//evil.example"}).status_code == 400
    assert count_remarks(fresh_app) == 0


def test_nobody_gets_more_than_some_letters_a_day_about_remarks(fresh_app: Flask) -> None:
    client, start = fresh_app.test_client(), real_now()
    with time_machine.travel(start, tick=False):
        pages = [send_one(client, email=email) for email in (EMAIL, EMAIL.upper()) * 2]
        assert len(letters(fresh_app)) == MOST_LETTERS
        send_one(client, email="another@example.kr")
        assert len(letters(fresh_app)) == MOST_LETTERS + 1
    shown = [re.sub(r"알림 \d+번|<dd>\d+|/feedback/[\w-]+", "", text_of(client, p)) for p in pages]
    assert len(set(shown)) == 1
    assert f"하루에 {MOST_LETTERS}통" in shown[0]
    with time_machine.travel(start + timedelta(days=1), tick=False):
        send_one(client, email=EMAIL)
    assert len(letters(fresh_app)) == MOST_LETTERS + 2


def test_the_addresses_of_a_line_count_as_one(fresh_app: Flask) -> None:
    client = fresh_app.test_client()

    def knock(address: str) -> int:
        data = {"wrong": WRONG, **open_form(client)}
        overrides = {"REMOTE_ADDR": address}
        return client.post("/feedback", data=data, environ_overrides=overrides).status_code

    assert {knock(f"2001:db8:1:2::{number}") for number in range(MOST_REMARKS)} == {303}
    assert knock("2001:db8:1:2:ffff::1") == 429
    assert knock("2001:db8:1:3::1") == 303


def test_an_address_that_sends_too_much_waits_an_hour_and_loses_nothing(fresh_app: Flask) -> None:
    client, start = fresh_app.test_client(), real_now()
    with time_machine.travel(start, tick=False):
        for _ in range(MOST_REMARKS):
            send_one(client)
        refused = send(client, open_form(client))
        assert refused.status_code == 429
        assert WRONG in refused.get_data(as_text=True)
        data = {"wrong": WRONG, **open_form(client)}
        other = client.post("/feedback", data=data, environ_overrides={"REMOTE_ADDR": FAR})
        assert other.status_code == 303
    with time_machine.travel(start + timedelta(hours=1), tick=False):
        assert send(client, open_form(client)).status_code == 303
    assert count_remarks(fresh_app) == MOST_REMARKS + 2


def test_of_many_at_once_as_many_pass_as_the_limit_says(fresh_app: Flask) -> None:
    fresh_app.config["WTF_CSRF_ENABLED"] = False

    def knock(number: int) -> None:
        data = {"wrong": WRONG, "page": "/", "key": f"{number:022}"}
        client_of(fresh_app).post("/feedback", base_url=HOST, data=data)

    threads = [threading.Thread(target=knock, args=(n,)) for n in range(MOST_REMARKS + 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count_remarks(fresh_app) == MOST_REMARKS


def test_only_who_has_the_address_sees_how_a_remark_stands(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    address = send_one(client)
    assert client.get(address).status_code == 200
    assert client.get("/feedback/" + "x" * 22).status_code == 404
    assert client.get("/feedback/1").status_code == 404


def test_words_are_erased_after_their_time_and_not_before(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    address = send_one(client, should_say=SHOULD_SAY, email=EMAIL)
    sent_at = the_remark(fresh_app).sent_at
    for days, is_there in ((89, True), (90, False)):
        with time_machine.travel(sent_at + timedelta(days=days), tick=False):
            with fresh_app.app_context():
                erase_remarks()
        remark = the_remark(fresh_app)
        assert (remark.wrong is not None) == is_there
        assert (remark.email is not None) == (remark.should_say is not None) == is_there
    assert "지웠습니다" in client.get(address).get_data(as_text=True)
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count(PublicTry.id))) == 0
        db.session.rollback()


def test_the_trail_tells_that_a_remark_came_and_nothing_about_its_reader(fresh_app: Flask) -> None:
    send_one(fresh_app.test_client(), email=EMAIL)
    with fresh_app.app_context():
        row = db.session.execute(
            text("SELECT actor, origin, before, after FROM audit_lines WHERE deed = 'remark.sent'")
        ).one()
        db.session.rollback()
    assert tuple(row) == ("reader", "public form", "{}", "{}")
