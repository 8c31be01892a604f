"""Pages of applications: an office asks, the secretariat decides, letters and figures follow."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.rules import Place, Role, ScopeKind
from portal.calendar.models import RoomBooking
from portal.council.models import Member
from portal.extensions import db
from portal.hearings.models import Application, Hearing
from portal.notifications.models import Letter
from tests.accounts.staff import make_account, post, sign_in
from tests.moderation.desk import text_of
from tests.support.client import PageClient

OWN = "/staff/hearings/applications"
TRANSPORT = Place(ScopeKind.COMMITTEE, "transport")


@pytest.fixture
def office(fresh_app: Flask) -> PageClient:
    """Give the office of the transport committee, signed in."""
    return sign_in(fresh_app, make_account(fresh_app, Role.COMMITTEE_OFFICE, place=TRANSPORT))


@pytest.fixture
def officer(fresh_app: Flask) -> PageClient:
    """Give somebody who decides, signed in."""
    return sign_in(fresh_app, make_account(fresh_app, Role.EVENTS_OFFICER))


def room_of(page: str, name: str) -> str:
    found = re.search(rf'<option value="(\d+)">{name}</option>', page)
    assert found, page
    return found[1]


def fields(client: PageClient, room: str = "의원회관 제1회의실", **changes: str) -> dict[str, str]:
    """Return what an office types."""
    typed = {
        "whose": "committee:transport",
        "kind": "online_discussion",
        "title": "따릉이 안전 조례 토론회",
        "topic": "자전거 이용 안전을 높일 방법을 듣습니다.",
        "bill": "",
        "room": room_of(text_of(client.get(f"{OWN}/new")), room),
        "day": "2020-11-24",
        "starts_time": "14:00",
        "ends_time": "16:00",
        "people": "30",
        "wanted": "3,000,000",
        "wanted_business": "200000",
        "plenary_because": "",
    }
    return typed | changes


def send(client: PageClient, **changes: str):
    return post(client, f"{OWN}/new", **fields(client, **changes))


def only_application(app: Flask) -> Application:
    with app.app_context():
        row = db.session.scalars(select(Application)).one()
        db.session.expunge(row)
        db.session.rollback()
        return row


def decide(client: PageClient, row_id: int, deed: str, **more: str):
    page = f"{OWN}/review/{row_id}"
    return post(client, f"{page}/{deed}", **more)


def letters(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        found = db.session.scalars(select(Letter).order_by(Letter.id)).all()
        said = [
            (row.kind, (row.context or {})["path"]) for row in found if "application" in row.kind
        ]
        db.session.rollback()
        return said


def test_the_form_says_limits_and_rooms_before_anything_is_typed(office: PageClient):
    page = text_of(office.get(f"/en{OWN}/new"))
    assert "3,000,000 won, of this 200,000 won for business expenses" in page
    assert "2,000,000 won, of this 150,000 won for business expenses" in page
    assert "Members&#39; building, small conference room" in page
    assert page.index("3,000,000 won") < page.index("<form class")


def test_an_office_applies_and_the_secretariat_approves(
    fresh_app: Flask, office: PageClient, officer: PageClient
):
    assert send(office).status_code == 303
    row = only_application(fresh_app)
    assert "신청을 보냈습니다" in text_of(office.get(f"{OWN}/{row.id}"))
    assert f"{OWN}/review" in text_of(officer.get("/staff/"))
    page = text_of(officer.get(f"{OWN}/review/{row.id}"))
    assert "이 회의실에는 이날 다른 일정이 없습니다" in page
    assert "2억 1,600만 원" in page
    answer = decide(
        officer,
        row.id,
        "approve",
        granted="2,500,000",
        granted_business="100000",
        answer="좋습니다.",
    )
    assert answer.status_code == 303
    assert letters(fresh_app) == [("application_approved", f"{OWN}/{row.id}")]
    page = text_of(office.get(f"{OWN}/{row.id}"))
    assert "좋습니다." in page and "250만 원" in page
    assert f"{OWN}/{row.id}" in text_of(office.get("/staff/"))
    with fresh_app.app_context():
        hearing = db.session.scalars(select(Hearing).where(Hearing.title == row.title)).one()
        desk = f"/staff/content/hearings/{hearing.id}"
        db.session.rollback()
    assert row.title in text_of(officer.get(desk))


@pytest.mark.parametrize(
    ("changes", "said", "status"),
    [
        ({"wanted": "3000001"}, "at most", 422),
        ({"wanted_business": "200001"}, "at most", 422),
        ({"room": "의원회관 소회의실"}, "this kind takes place in", 422),
        ({"ends_time": "13:00"}, "let it end after it begins", 422),
        ({"day": "2020-11-06"}, "this hour is over", 422),
        ({"day": "2020-11-17"}, "the whole council sits on this day", 409),
        ({"title": " "}, "please fill this in", 422),
        ({"day": "morgen"}, "", 422),
        ({"wanted": "9" * 30}, "smaller number", 422),
        ({"kind": "budget_forum"}, "", 422),
        ({"whose": "committee:health-welfare"}, "", 422),
    ],
)
def test_what_stands_against_it_is_said_and_what_was_typed_is_kept(
    fresh_app: Flask, office: PageClient, changes: dict[str, str], said: str, status: int
):
    sent = fields(office, **({"topic": "낱말이 남아 있어야 합니다"} | changes))
    page = f"/en{OWN}/new"
    answer = post(office, page, **sent)
    assert answer.status_code == status
    assert said in text_of(answer).lower()
    assert "낱말이 남아 있어야 합니다" in text_of(answer)
    with fresh_app.app_context():
        assert db.session.query(Application).count() == 0


def test_a_taken_room_is_said_with_who_has_it(
    fresh_app: Flask, office: PageClient, officer: PageClient
):
    send(office)
    row = only_application(fresh_app)
    decide(officer, row.id, "approve", granted="1", granted_business="0")
    answer = send(office, title="두 번째 토론회", starts_time="15:30", ends_time="17:00")
    assert answer.status_code == 409
    assert row.title in text_of(answer) and "두 번째 토론회" in text_of(answer)


def test_another_office_neither_sees_nor_changes_it(fresh_app: Flask, office: PageClient):
    send(office)
    row = only_application(fresh_app)
    place = Place(ScopeKind.MEMBER, member_slug(fresh_app))
    other = sign_in(fresh_app, make_account(fresh_app, Role.MEMBERS_OFFICE, place=place))
    assert other.get(f"{OWN}/{row.id}").status_code == 404
    assert row.title not in text_of(other.get(OWN))
    answer = post(other, f"{OWN}/{row.id}/withdraw", because="")
    assert answer.status_code == 404
    assert office.get(f"{OWN}/review/{row.id}").status_code == 403
    own = send(other, whose=f"member:{place.key}", title="의원이 여는 토론회")
    assert own.status_code == 303


def member_slug(app: Flask) -> str:
    with app.app_context():
        slug = db.session.scalars(select(Member.slug).order_by(Member.id).limit(1)).one()
        db.session.rollback()
        return slug


def test_a_refusal_goes_out_with_its_reason(
    fresh_app: Flask, office: PageClient, officer: PageClient
):
    send(office)
    row = only_application(fresh_app)
    assert decide(officer, row.id, "refuse", refused_because=" ").status_code == 422
    answer = decide(officer, row.id, "refuse", refused_because="올해 예산을 다 썼습니다.")
    assert answer.status_code == 303
    assert letters(fresh_app) == [("application_refused", f"{OWN}/{row.id}")]
    assert "올해 예산을 다 썼습니다." in text_of(office.get(f"{OWN}/{row.id}"))
    late = post(
        officer,
        f"{OWN}/review/{row.id}/approve",
        granted="1",
        granted_business="0",
    )
    assert late.status_code == 409


def test_too_much_is_not_granted_and_a_link_elsewhere_does_not_go_out(
    fresh_app: Flask, office: PageClient, officer: PageClient
):
    send(office, wanted="1000000", wanted_business="0")
    row = only_application(fresh_app)
    for more in (
        {"granted": "1000001", "granted_business": "0"},
        {"granted": "1000000", "granted_business": "1"},
        {"granted": "1", "granted_business": "0", "answer": "https://evil.example/"},
    ):
        assert decide(officer, row.id, "approve", **more).status_code == 422
    assert only_application(fresh_app).state == "submitted"
    with fresh_app.app_context():
        assert db.session.query(RoomBooking).count() == 0


def test_an_office_takes_back_what_was_approved(
    fresh_app: Flask, office: PageClient, officer: PageClient
):
    send(office)
    row = only_application(fresh_app)
    decide(officer, row.id, "approve", granted="1", granted_business="0")
    page = f"{OWN}/{row.id}"
    assert post(office, f"{page}/withdraw", because=" ").status_code == 422
    answer = post(office, f"{page}/withdraw", because="강사가 아픕니다.")
    assert answer.status_code == 303
    with fresh_app.app_context():
        assert db.session.query(RoomBooking).count() == 0


def test_figures_counted_here_stand_beside_the_printed_ones(
    fresh_app: Flask, office: PageClient, officer: PageClient
):
    send(office)
    row = only_application(fresh_app)
    decide(officer, row.id, "approve", granted="1", granted_business="0")
    counted = ["1, held 0", "0, held 0", "1, held 0", "1, held 0", "0, held 0"]
    assert rows_of(text_of(officer.get(f"/en{OWN}/figures")), "Held, as printed") == [
        ["35", "not printed", "28", "26", "7"],
        ["94", "4", "90", "not printed", "not printed"],
        ["31", "3", "28", "not printed", "not printed"],
        counted,
    ]
    assert "/en/programmes/hearings" in text_of(officer.get(f"/en{OWN}/figures"))


def rows_of(page: str, after: str) -> list[list[str]]:
    """Return the numbers in the rows of the tables on a page after some words."""
    tables = page.partition(after)[2]
    found = []
    for row in re.findall(r"<tr role=.row.>(.*?)</tr>", tables, re.DOTALL):
        cells = re.findall(r"<td [^>]*cell-value[^>]*>(.*?)</td>", row, re.DOTALL)
        found.append([re.sub(r"<[^>]+>", "", cell).strip() for cell in cells])
    return [row for row in found if row]
