"""The staff's list of hearings, the seats board of one, and its settings."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, text

from portal.accounts.rules import Place, Role, ScopeKind
from portal.extensions import db
from portal.hearings.models import Hearing
from portal.hearings.rules.kinds import HearingKind, Way
from portal.notifications.models import Letter
from portal.places.models import Pool
from portal.places.rules import ClaimState
from tests.accounts.staff import make_account, post, sign_in
from tests.hearings.opened import TITLE, keep_places, open_hearing, state_of, take_part
from tests.support.client import PageClient

TERMS = {
    "capacity": "5",
    "held_back": "0",
    "most_party": "4",
    "hold_hours": "24",
    "offer_hours": "24",
    "rest_hours": "2",
    "most_passes": "3",
}


@pytest.fixture
def officer(fresh_app: Flask) -> PageClient:
    return sign_in(fresh_app, make_account(fresh_app, Role.EVENTS_OFFICER))


def set_places(client: PageClient, hearing: int, way: str = "room", **changed: str):
    fields = {f"{way}-{name}": value for name, value in {**TERMS, **changed}.items()}
    page = f"/staff/hearings/{hearing}/settings"
    return post(client, f"{page}/{way}", **fields)


def letters_of(app: Flask, kind: str) -> list[str]:
    with app.app_context():
        found = db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id))
        told = [letter.recipient or "" for letter in found]
        db.session.rollback()
        return told


def deeds(app: Flask) -> list[str]:
    with app.app_context():
        query = text("SELECT deed FROM audit_lines WHERE deed LIKE 'hearing.%' ORDER BY number")
        told = [deed for deed in db.session.scalars(query)]
        db.session.rollback()
        return told


def test_the_list_shows_what_comes_first_with_its_places(fresh_app: Flask, officer: PageClient):
    hearing = open_hearing(fresh_app)
    take_part(fresh_app, hearing, 4, "one@example.kr", keep=True)
    take_part(fresh_app, hearing, 3, "two@example.kr")
    page = officer.get("/staff/hearings").get_data(as_text=True)
    rows = page.split("<tbody")[1].split("</tbody")[0].split("<tr")[1:]
    mine = [row for row in rows if TITLE in row]
    assert len(mine) == 1 and f'href="/staff/hearings/{hearing}"' in mine[0]
    assert "4자리 찼고 1자리 남음" in mine[0] and "3명 대기" in mine[0]
    assert "신청받는 중" in mine[0]
    assert 'href="/staff/hearings"' in officer.get("/staff/").get_data(as_text=True)


def test_the_board_counts_people_and_lists_who_needs_something_first(
    fresh_app: Flask, officer: PageClient
):
    hearing = open_hearing(fresh_app, held_back=1)
    take_part(fresh_app, hearing, 1, "one@example.kr", name="가나다", keep=True)
    take_part(fresh_app, hearing, 2, "two@example.kr", name="라마바", needs="수어 통역", keep=True)
    page = officer.get(f"/staff/hearings/{hearing}").get_data(as_text=True)
    assert "4자리 가운데 3자리" in page
    names = page.split('id="parties"')[1]
    assert names.index("라마바") < names.index("가나다")
    needing = officer.get(f"/staff/hearings/{hearing}?list=needs").get_data(as_text=True)
    assert "수어 통역" in needing and "가나다" not in needing


def test_the_line_is_shown_in_its_order_with_passes(fresh_app: Flask, officer: PageClient):
    hearing = open_hearing(fresh_app)
    take_part(fresh_app, hearing, 4, "one@example.kr", keep=True)
    take_part(fresh_app, hearing, 3, "two@example.kr", name="큰모임")
    take_part(fresh_app, hearing, 2, "three@example.kr", name="작은모임", needs="휠체어 자리")
    page = officer.get(f"/staff/hearings/{hearing}?list=waiting").get_data(as_text=True)
    assert page.index("큰모임") < page.index("작은모임")
    assert "대기 1번, 3번 가운데 0번" in page and "대기 2번" in page


def test_more_places_are_offered_at_once(fresh_app: Flask, officer: PageClient):
    hearing = open_hearing(fresh_app)
    take_part(fresh_app, hearing, 4, "one@example.kr", keep=True)
    waiting = take_part(fresh_app, hearing, 3, "two@example.kr")
    assert set_places(officer, hearing, capacity="7").status_code == 303
    assert state_of(fresh_app, waiting) is ClaimState.OFFERED
    assert letters_of(fresh_app, "sign_up_offered") == ["two@example.kr"]
    assert deeds(fresh_app) == ["hearing.places_set"]
    page = officer.get(f"/staff/hearings/{hearing}?list=offered").get_data(as_text=True)
    assert "김하나" in page and "까지" in page


def test_places_held_back_are_released_and_offered(fresh_app: Flask, officer: PageClient):
    hearing = open_hearing(fresh_app, held_back=2)
    take_part(fresh_app, hearing, 3, "one@example.kr", keep=True)
    waiting = take_part(fresh_app, hearing, 2, "two@example.kr")
    settings = f"/staff/hearings/{hearing}/settings"
    release = f"/staff/hearings/{hearing}/release/room"
    assert "2자리를 내어 주기" in officer.get(settings).get_data(as_text=True)
    assert post(officer, release).status_code == 303
    assert state_of(fresh_app, waiting) is ClaimState.OFFERED
    assert post(officer, release).status_code == 409


@pytest.mark.parametrize(
    "wrong", [{"capacity": "2", "held_back": "3"}, {"most_party": "0"}, {"hold_hours": "x"}]
)
def test_settings_that_do_not_fit_come_back(
    fresh_app: Flask, officer: PageClient, wrong: dict[str, str]
):
    hearing = open_hearing(fresh_app, online=None)
    answer = set_places(officer, hearing, **wrong)
    assert answer.status_code == 422
    assert "오류" in answer.get_data(as_text=True)
    with fresh_app.app_context():
        assert {pool.capacity for pool in db.session.scalars(select(Pool))} == {5, None}
        db.session.rollback()


def test_the_windows_are_set_in_the_councils_time(fresh_app: Flask, officer: PageClient):
    hearing = open_hearing(fresh_app)
    times = {"sign_up_opens_at": "2020-11-10T09:00", "sign_up_closes_at": "2020-11-12T18:00"}
    path = f"/staff/hearings/{hearing}/windows"
    assert post(officer, path, **times).status_code == 303
    with fresh_app.app_context():
        row = db.session.get_one(Hearing, hearing)
        assert row.sign_up_opens_at == datetime(2020, 11, 10, tzinfo=UTC)
        assert row.opinions_open_at is None
        db.session.rollback()
    backwards = {**times, "sign_up_closes_at": "2020-11-09T18:00"}
    answer = post(officer, path, **backwards)
    assert answer.status_code == 422
    assert "2020-11-09T18:00" in answer.get_data(as_text=True)


def test_a_hearing_is_called_off_once_with_a_reason(fresh_app: Flask, officer: PageClient):
    hearing = open_hearing(fresh_app)
    path = f"/staff/hearings/{hearing}/call-off"
    assert post(officer, path).status_code == 422
    assert post(officer, path, because="감염병 확산").status_code == 303
    assert "감염병 확산" in officer.get(f"/staff/hearings/{hearing}").get_data(as_text=True)
    assert post(officer, path, because="또").status_code == 409
    assert deeds(fresh_app)[-1] == "hearing.called_off"


def test_a_role_for_one_committee_sees_no_other_hearing(fresh_app: Flask):
    hearing = open_hearing(fresh_app)
    place = Place(ScopeKind.COMMITTEE, "transport")
    narrow = sign_in(fresh_app, make_account(fresh_app, Role.EVENTS_OFFICER, place=place))
    for page in ("", "/check-in", "/settings", "/sign-ups.csv", "/badges", "/message"):
        assert narrow.get(f"/staff/hearings/{hearing}{page}").status_code == 403
    board = "/staff/hearings"
    path = f"/staff/hearings/{hearing}/release/room"
    assert narrow.get(board).status_code == 200
    assert post(narrow, path).status_code == 403


def test_what_is_not_there_is_said(fresh_app: Flask, officer: PageClient):
    hearing = open_hearing(fresh_app)
    other = open_hearing(fresh_app, slug="other")
    party = take_part(fresh_app, hearing)
    assert officer.get("/staff/hearings/99999").status_code == 404
    assert officer.get(f"/staff/hearings/{other}/parties/{party}").status_code == 404
    assert officer.get(f"/staff/hearings/{hearing}?list=banana").status_code == 400
    path = f"/staff/hearings/{hearing}/settings/balcony"
    assert post(officer, path).status_code == 404


def test_the_figures_count_people_by_year_and_kind(fresh_app: Flask, officer: PageClient):
    hearing = open_hearing(fresh_app, online=None, kind=HearingKind.PUBLIC_HEARING)
    take_part(fresh_app, hearing, 4, "one@example.kr", keep=True)
    waiting = take_part(fresh_app, hearing, 3, "two@example.kr")
    take_part(fresh_app, hearing, 2, "three@example.kr", way=Way.ONLINE, keep=True)
    set_places(officer, hearing, capacity="7")
    keep_places(fresh_app, waiting)
    page = officer.get("/staff/hearings/figures").get_data(as_text=True)
    row = next(r for r in page.split("<tr")[1:] if "공청회" in r and "2020" in r)
    cells = [part.split("<")[0].rpartition(">")[2] for part in row.split("<td ")[1:]]
    assert cells[1:6] == ["3", "9", "0", "0", "3"]


def test_each_page_is_a_good_page_in_english_too(fresh_app: Flask, officer: PageClient):
    hearing = open_hearing(fresh_app, held_back=1)
    party = take_part(fresh_app, hearing, 2, needs="수어 통역", keep=True)
    board = f"/en/staff/hearings/{hearing}"
    pages = ["", "?list=needs", "/settings", "/check-in", f"/parties/{party}", "/callers"]
    pages += ["/guests", "/badges", "/message", "/after"]
    for page in (*(board + page for page in pages), "/en/staff/hearings/figures"):
        assert officer.get(page).status_code == 200, page
    assert post(officer, f"{board}/check-in", wanted="김").status_code == 200
    slip = post(officer, f"{board}/parties/{party}/slip")
    assert "Code of the slip" in slip.get_data(as_text=True)
    news = {"audience": "all", "subject": "안내", "text": "3층으로 오세요.", "after": "0"}
    assert post(officer, f"{board}/message", **news).status_code == 200
    assert post(officer, f"{board}/message", **news, go="send").status_code == 303
    assert officer.get(f"{board}/message").status_code == 200
