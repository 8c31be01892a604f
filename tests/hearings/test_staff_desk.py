"""Callers with their slip, guests, badges, files, messages, and what is kept afterwards."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from portal.accounts.rules import Role
from portal.core.clock import business_now, real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.hearings.models import Hearing, Message, Review, SignUp
from portal.hearings.rules.kinds import Way
from portal.notifications.models import Letter
from portal.places.models import Pool
from portal.places.rules import ClaimState
from tests.accounts.staff import make_account, post, sign_in
from tests.hearings.opened import open_hearing, state_of, take_part
from tests.support.client import PageClient

CALLER = {"way": "room", "size": "2", "name": "최전화", "phone": "02-1234-5678", "consent": "y"}
NEWS = {"audience": "confirmed", "subject": "장소 안내", "text": "3층으로 와 주세요.\n감사합니다."}


@pytest.fixture
def officer(fresh_app: Flask) -> PageClient:
    return sign_in(fresh_app, make_account(fresh_app, Role.EVENTS_OFFICER))


@pytest.fixture
def hearing(fresh_app: Flask) -> int:
    return open_hearing(fresh_app, online=None)


def send(client: PageClient, page: str, **fields: str):
    """Send a form with the hidden fields of its page."""
    html = client.get(page).get_data(as_text=True)
    hidden = dict(re.findall(r'<input id="\w+" name="(\w+)" type="hidden" value="([^"]*)"', html))
    return post(client, page, **{**hidden, **fields})


def the_only(app: Flask, model):
    with app.app_context():
        row = db.session.scalars(select(model)).one()
        db.session.expunge(row)
        db.session.rollback()
        return row


def letters(app: Flask, kind: str) -> list[str]:
    with app.app_context():
        found = db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id))
        told = [letter.recipient or "" for letter in found]
        db.session.rollback()
        return told


def deeds(app: Flask) -> list[str]:
    with app.app_context():
        query = text("SELECT deed FROM audit_lines WHERE deed LIKE 'hearing.%' ORDER BY number")
        told = list(db.session.scalars(query))
        db.session.rollback()
        return told


def test_a_caller_gets_a_slip_that_opens_their_sign_up(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    answer = send(officer, f"/staff/hearings/{hearing}/callers", **CALLER)
    assert answer.status_code == 200
    slip = answer.get_data(as_text=True)
    # The foot of other sheets names their page; a citizen can't open this one.
    assert "/callers" not in slip.split("<footer")[1]
    number, code = re.findall(r'class="slip-code">([^<]+)<', slip)
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", code)
    row = the_only(fresh_app, SignUp)
    assert (row.number, row.name, row.is_by_staff) == (number, "최전화", True)
    assert state_of(fresh_app, row.id) is ClaimState.CONFIRMED
    citizen = fresh_app.test_client()
    assert post(citizen, "/en/hearings/slip", number=number, code=code).status_code == 303
    assert code not in officer.get(f"/staff/hearings/{hearing}/parties/{row.id}").text
    assert deeds(fresh_app)[-1] == "hearing.caller_signed_up"


def test_the_form_of_a_caller_sent_twice_is_one_sign_up(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    page = f"/staff/hearings/{hearing}/callers"
    same = {**CALLER, "key": "a-key-of-its-own-aaaaa"}
    assert send(officer, page, **same).status_code == 200
    again = send(officer, page, **same)
    row = the_only(fresh_app, SignUp)
    assert again.location == f"/staff/hearings/{hearing}/parties/{row.id}"
    other = send(officer, page, **CALLER)
    assert other.status_code == 422
    assert "이미 신청한 분이 있습니다" in other.get_data(as_text=True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phone": ""}, "메일 주소나 전화번호를 적어 주세요."),
        ({"consent": ""}, "동의 없이는 아무것도 보관할 수 없습니다."),
        ({"email": "nobody"}, "@가 빠졌습니다"),
        ({"name": "주민 900101-1234568"}, "주민등록번호"),
        ({"size": "9"}, "오류"),
    ],
)
def test_a_caller_who_does_not_fit_is_not_written_down(
    fresh_app: Flask, officer: PageClient, hearing: int, wrong: dict[str, str], said: str
):
    answer = send(officer, f"/staff/hearings/{hearing}/callers", **{**CALLER, **wrong})
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    with fresh_app.app_context():
        assert db.session.scalars(select(SignUp)).all() == []
        db.session.rollback()


def test_a_caller_who_waits_is_told_so_on_the_slip(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    take_part(fresh_app, hearing, 4, keep=True)
    slip = send(officer, f"/staff/hearings/{hearing}/callers", **CALLER).get_data(as_text=True)
    assert "대기 1번입니다" in slip and "전화해 주세요" in slip


def test_a_new_slip_ends_the_old_code(fresh_app: Flask, officer: PageClient, hearing: int):
    slip = send(officer, f"/staff/hearings/{hearing}/callers", **CALLER).get_data(as_text=True)
    number, old = re.findall(r'class="slip-code">([^<]+)<', slip)
    party = f"/staff/hearings/{hearing}/parties/{the_only(fresh_app, SignUp).id}"
    renewed = post(officer, f"{party}/slip").get_data(as_text=True)
    new = re.findall(r'class="slip-code">([^<]+)<', renewed)[1]
    citizen = fresh_app.test_client()
    assert post(citizen, "/en/hearings/slip", number=number, code=old).status_code == 422
    assert post(citizen, "/en/hearings/slip", number=number, code=new).status_code == 303


def test_a_guest_gets_places_that_are_held_back(fresh_app: Flask, officer: PageClient):
    hearing = open_hearing(fresh_app, places=5, held_back=2)
    page = f"/staff/hearings/{hearing}/guests"
    too_many = send(officer, page, size="3", name="내빈")
    assert too_many.status_code == 422
    assert send(officer, page, size="2", name="내빈").status_code == 303
    assert state_of(fresh_app, the_only(fresh_app, SignUp).id) is ClaimState.CONFIRMED
    assert "0자리를 남겨 두었습니다" in officer.get(page).get_data(as_text=True)


def test_badges_are_ten_a_sheet_for_who_has_places(fresh_app: Flask, officer: PageClient):
    hearing = open_hearing(fresh_app, places=20)
    for number in range(11):
        take_part(fresh_app, hearing, email=f"{number}@example.kr", name=f"이름{number}", keep=True)
    take_part(fresh_app, hearing, email="held@example.kr", name="아직")
    page = officer.get(f"/staff/hearings/{hearing}/badges").get_data(as_text=True)
    sheets = page.split('<ul class="badges">')[1:]
    assert [sheet.count("badge-name") for sheet in sheets] == [10, 1]
    assert "아직" not in page
    pdf = officer.get(f"/staff/hearings/{hearing}/badges.pdf")
    assert pdf.status_code in (200, 303)
    assert deeds(fresh_app)[-1] == "hearing.badges_exported"


def test_the_file_of_sign_ups_runs_no_formula_and_leaves_a_line(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    take_part(fresh_app, hearing, 2, name="=HYPERLINK(1)", needs="수어")
    answer = officer.get(f"/staff/hearings/{hearing}/sign-ups.csv")
    rows = answer.get_data(as_text=True).splitlines()
    assert rows[0].startswith("\ufeffnumber,way,state,people,name")
    assert "'=HYPERLINK(1)" in rows[1] and "수어" in rows[1]
    assert deeds(fresh_app)[-1] == "hearing.sign_ups_exported"


def test_a_message_is_shown_first_then_sent_once(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    take_part(fresh_app, hearing, 2, keep=True)
    take_part(fresh_app, hearing, 3, "held@example.kr")
    take_part(fresh_app, hearing, 3, "waits@example.kr")
    page = f"/staff/hearings/{hearing}/message"
    preview = send(officer, page, **NEWS, go="").get_data(as_text=True)
    assert "메일 1통이 나갑니다" in preview and "3층으로 와 주세요." in preview
    assert letters(fresh_app, "hearing_message") == []
    for _twice in range(2):
        assert send(officer, page, **NEWS, after="0", go="send").status_code == 303
    assert letters(fresh_app, "hearing_message") == ["kim@example.kr"]
    assert (the_only(fresh_app, Message).letters, deeds(fresh_app)[-1]) == (
        1,
        "hearing.message_sent",
    )
    assert send(officer, page, **NEWS, go="send").status_code == 303
    assert len(letters(fresh_app, "hearing_message")) == 2


@pytest.mark.parametrize(
    ("audience", "reached"),
    [
        ("all", ["kim@example.kr", "online@example.kr", "waits@example.kr"]),
        ("confirmed", ["kim@example.kr", "online@example.kr"]),
        ("waiting", ["waits@example.kr"]),
        ("online", ["online@example.kr"]),
    ],
)
def test_a_message_reaches_its_audience(
    fresh_app: Flask, officer: PageClient, hearing: int, audience: str, reached: list[str]
):
    take_part(fresh_app, hearing, 4, keep=True)
    take_part(fresh_app, hearing, 1, "online@example.kr", way=Way.ONLINE, keep=True)
    take_part(fresh_app, hearing, 3, "waits@example.kr")
    page = f"/staff/hearings/{hearing}/message"
    assert send(officer, page, **{**NEWS, "audience": audience}, go="send").status_code == 303
    assert letters(fresh_app, "hearing_message") == reached


def test_a_message_that_links_elsewhere_comes_back_with_its_words(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    page = f"/staff/hearings/{hearing}/message"
    lure = {**NEWS, "text": "https://evil.example 로 오세요"}
    for go in ("", "send"):
        answer = send(officer, page, **lure, go=go)
        assert answer.status_code == 422
        assert "evil.example 로 오세요" in answer.get_data(as_text=True)
    assert letters(fresh_app, "hearing_message") == []


def test_a_message_can_be_changed_after_the_preview(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    answer = send(officer, f"/staff/hearings/{hearing}/message", **NEWS, go="change")
    assert answer.status_code == 200
    assert "<textarea" in answer.text and "3층으로 와 주세요." in answer.text


def test_who_was_not_checked_in_is_absent_once_it_is_over(fresh_app: Flask, officer: PageClient):
    hearing = open_hearing(fresh_app, online=None, days=1)
    came = take_part(fresh_app, hearing, 2, keep=True)
    missing = take_part(fresh_app, hearing, 1, "two@example.kr", keep=True)
    online = take_part(fresh_app, hearing, 1, "three@example.kr", way=Way.ONLINE, keep=True)
    page = f"/staff/hearings/{hearing}/after"
    assert send(officer, page, attendance="2").status_code == 422
    party = f"/staff/hearings/{hearing}/parties/{came}"
    post(officer, party, to="attended")
    move_to_the_past(fresh_app, hearing)
    assert 'value="2"' in officer.get(page).get_data(as_text=True)
    for _twice in range(2):
        assert send(officer, page, attendance="3").status_code == 303
    states = [state_of(fresh_app, party) for party in (came, missing, online)]
    assert states == [ClaimState.ATTENDED, ClaimState.ABSENT, ClaimState.CONFIRMED]
    with fresh_app.app_context():
        assert db.session.get_one(Hearing, hearing).attendance == 3
        db.session.rollback()


def test_averages_are_shown_from_five_answers_on(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    page = f"/staff/hearings/{hearing}/after"
    answer(fresh_app, hearing, 4)
    few = officer.get(page).get_data(as_text=True)
    assert "답이 4건 왔습니다" in few and "5점 가운데" not in few and "마이크 0" in few
    answer(fresh_app, hearing, 1, mark=1)
    enough = officer.get(page).get_data(as_text=True)
    assert "5점 가운데 4.2점" in enough


def answer(app: Flask, hearing: int, times: int, mark: int = 5) -> None:
    """Answer the three questions some times."""
    with app.app_context():
        begin_write()
        for number in range(times):
            review = Review(
                hearing_id=hearing,
                key_hash=f"{mark}-{number}",
                content=mark,
                access=mark,
                wish=f"마이크 {number}",
                at=real_now(),
            )
            db.session.add(review)
        db.session.commit()


def move_to_the_past(app: Flask, hearing: int) -> None:
    """Let a hearing, with its places, have begun an hour ago."""
    with app.app_context():
        begin_write()
        row = db.session.get_one(Hearing, hearing)
        row.starts_at = business_now() - timedelta(hours=1)
        row.starts_on = business_now().date()
        for pool in db.session.scalars(select(Pool)):
            pool.starts_at = row.starts_at
        db.session.commit()
