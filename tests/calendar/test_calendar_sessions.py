"""The pages of sessions: where they stand, their days, and printed days that do not add up."""

import pytest
from flask import Flask
from sqlalchemy import update

from portal.calendar.models import CouncilSession
from portal.core.sections import Section, register_section
from portal.core.versions import raise_version
from portal.extensions import db
from tests.support.client import PageClient


def page_of(client: PageClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status
    return response.get_data(as_text=True)


def test_the_session_says_how_many_days_are_gone_and_left(client: PageClient):
    page = page_of(client, "/calendar/sessions/298")
    assert "오늘은 8일째이고, 43일이 남았습니다." in page
    assert "Today is day 8; 43 days are left." in page_of(client, "/en/calendar/sessions/298")


def test_the_picture_of_the_ruler_says_all_in_one_sentence(client: PageClient):
    page = page_of(client, "/en/calendar/sessions/298")
    assert (
        'aria-label="Regular session 298, 51 days: Plenary 6 days, Administrative audit 10 days, '
        "Committee work 21 days, Weekends and holidays 14 days. Today is day 8. "
        "Administrative audit 3–16 Nov, Questions 17–19 Nov, Budget and items 20 Nov – 15 Dec, "
        'Plenary sittings 16, 22 Dec."'
    ) in page


def test_two_sittings_of_one_name_are_one_stage(client: PageClient):
    page = page_of(client, "/calendar/sessions/298")
    assert "12. 16., 22." in page


def test_the_two_ways_of_counting_the_audit_are_both_told(client: PageClient):
    page = page_of(client, "/calendar/sessions/298")
    assert "감사는 14일일까요, 10일일까요?" in page
    assert "감사는" not in page_of(client, "/calendar/sessions/295")


def test_cancelled_sittings_stay_on_the_timeline_with_their_reason(client: PageClient):
    page = page_of(client, "/calendar/sessions/297")
    assert "<s>" in page and "코로나19가 다시 퍼져" in page


def test_meetings_in_recess_stand_apart(client: PageClient):
    page = page_of(client, "/calendar/sessions/297")
    assert page.index("회기가 끝난 뒤, 폐회 중") < page.index(
        "폐회중 예산결산특별위원회 제1차 회의"
    )


def test_an_event_nobody_confirmed_is_not_called_held(client: PageClient):
    page = page_of(client, "/en/calendar/sessions/293")
    assert "Not confirmed" in page


def test_all_sessions_are_listed_the_latest_first(client: PageClient):
    page = page_of(client, "/calendar/sessions")
    places = [page.index(f"/calendar/sessions/{number}") for number in range(298, 290, -1)]
    assert places == sorted(places)


@pytest.mark.parametrize("number", ["299", "0", "0298", "banana", "9" * 30, "-1"])
def test_a_session_that_is_not_there_is_not_found(client: PageClient, number: str):
    assert client.get(f"/calendar/sessions/{number}").status_code == 404


def test_each_session_of_the_report_adds_up_to_its_ruler(client: PageClient):
    for number in range(291, 299):
        page = page_of(client, f"/calendar/sessions/{number}")
        assert '<svg class="ruler"' in page, number


def test_printed_days_that_do_not_add_up_leave_the_table_and_a_note(fresh_app: Flask):
    with fresh_app.app_context():
        db.session.execute(
            update(CouncilSession).where(CouncilSession.number == 298).values(audit_days=11)
        )
        raise_version(db.session())
        db.session.commit()
    client: PageClient = fresh_app.test_client()  # type: ignore[assignment]
    page = page_of(client, "/calendar/sessions/298")
    assert '<svg class="ruler"' not in page
    assert "적힌 날수와 달력이 맞지 않아 눈금 그림을 그리지 않았습니다." in page
    assert "달력으로 센 날" in page
    assert '<svg class="strip-ruler"' not in page_of(client, "/calendar")


def test_an_upper_feature_can_fill_the_page_of_a_session(fresh_app: Flask):
    def provide(row_id: int) -> Section | None:
        return Section(f"이 회기의 의안 {row_id > 0}", "components/icons.html", None)

    register_section(fresh_app, "calendar.session", provide)
    register_section(fresh_app, "calendar.event", provide)
    client: PageClient = fresh_app.test_client()  # type: ignore[assignment]
    assert "이 회기의 의안 True" in page_of(client, "/calendar/sessions/298")
    assert "이 회기의 의안 True" in page_of(client, "/calendar/events/audit-2020")
