"""Check-in on a phone: by the ticket's code, a number or a name; walk-ins; two phones at once."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.rules import Role
from portal.audit.models import AuditHead, AuditLine
from portal.core.clock import business_now, real_now
from portal.core.transactions import begin_write
from portal.extensions import Base, db
from portal.hearings.links import LinkKind, sign_link
from portal.hearings.models import SignUp
from portal.hearings.rules.kinds import Way
from portal.hearings.rules.sign_ups import Draft
from portal.hearings.services import door
from portal.hearings.services import sign_ups as services
from portal.places.models import Claim
from portal.places.rules import ClaimState
from tests.accounts.staff import make_account, post, sign_in
from tests.hearings.opened import letters_of, open_hearing, state_of, take_part
from tests.support.client import PageClient


@pytest.fixture
def officer(fresh_app: Flask) -> PageClient:
    return sign_in(fresh_app, make_account(fresh_app, Role.EVENTS_OFFICER))


@pytest.fixture
def hearing(fresh_app: Flask) -> int:
    return open_hearing(fresh_app)


def number_of(app: Flask, sign_up_id: int) -> str:
    with app.app_context():
        number = db.session.get_one(SignUp, sign_up_id).number
        db.session.rollback()
        return number


def find(client: PageClient, hearing: int, wanted: str):
    return post(client, f"/staff/hearings/{hearing}/check-in", wanted=wanted)


def mark(client: PageClient, hearing: int, party: int, to: str):
    return post(client, f"/staff/hearings/{hearing}/parties/{party}", to=to)


def walk_in(client: PageClient, hearing: int, size: str, key: str | None = None):
    """Send the form of a walk-in; with its own key unless one is given."""
    page = f"/staff/hearings/{hearing}/check-in"
    html = client.get(page).get_data(as_text=True)
    made = re.search(r'id="key" name="key" type="hidden" value="([^"]+)"', html)
    assert made
    path = f"/staff/hearings/{hearing}/walk-ins"
    return post(client, path, size=size, key=key or made[1])


def test_the_code_of_a_ticket_leads_the_staff_to_the_party(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    party = take_part(fresh_app, hearing, 3, keep=True)
    with fresh_app.app_context():
        token = sign_link(LinkKind.TICKET, party, 1)
    page = f"/staff/hearings/{hearing}/parties/{party}"
    assert officer.get(f"/hearings/tickets/{token}").location == page
    shown = officer.get(page).get_data(as_text=True)
    assert "김하나" in shown and "3명" in shown and number_of(fresh_app, party) in shown


def test_a_party_is_here_not_here_and_that_can_be_undone(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    party = take_part(fresh_app, hearing, 2, keep=True)
    for to in ("attended", "attended", "confirmed", "absent", "attended"):
        assert mark(officer, hearing, party, to).status_code == 303
        assert state_of(fresh_app, party) is ClaimState(to)
    assert "5자리 가운데 2명" in officer.get(f"/staff/hearings/{hearing}/check-in").get_data(
        as_text=True
    )
    assert mark(officer, hearing, party, "cancelled").status_code == 400


def test_who_comes_before_opening_the_link_is_let_in(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    held = take_part(fresh_app, hearing, 2)
    assert mark(officer, hearing, held, "attended").status_code == 303
    assert state_of(fresh_app, held) is ClaimState.ATTENDED


def test_who_waits_has_no_places_to_come_to(fresh_app: Flask, officer: PageClient, hearing: int):
    take_part(fresh_app, hearing, 4, keep=True)
    waiting = take_part(fresh_app, hearing, 3, "two@example.kr")
    page = officer.get(f"/staff/hearings/{hearing}/parties/{waiting}").get_data(as_text=True)
    assert "대기 1번" in page and 'value="attended"' not in page
    path = f"/staff/hearings/{hearing}/parties/{waiting}"
    assert post(officer, path, to="attended").status_code == 409


@pytest.mark.parametrize(
    "spelling", [str, str.lower, lambda n: n.replace("-", " "), "  {}\t".format]
)
def test_a_number_is_found_however_it_is_typed(
    fresh_app: Flask, officer: PageClient, hearing: int, spelling
):
    party = take_part(fresh_app, hearing, keep=True)
    answer = find(officer, hearing, spelling(number_of(fresh_app, party)))
    assert answer.location == f"/staff/hearings/{hearing}/parties/{party}"


def test_a_name_is_found_by_a_part_of_it(fresh_app: Flask, officer: PageClient, hearing: int):
    take_part(fresh_app, hearing, name="홍 길동", keep=True)
    take_part(fresh_app, hearing, email="two@example.kr", name="Jane DOE")
    found = find(officer, hearing, "길동").get_data(as_text=True)
    assert "홍 길동" in found and "DOE" not in found
    assert "홍 길동" in find(officer, hearing, "홍길동").get_data(as_text=True)
    assert "Jane DOE" in find(officer, hearing, "jane d").get_data(as_text=True)
    nobody = find(officer, hearing, "없는이")
    assert nobody.status_code == 422 and "없는이" in nobody.get_data(as_text=True)


def test_a_number_of_another_hearing_is_said_to_be_one(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    other = open_hearing(fresh_app, slug="other")
    party = take_part(fresh_app, other)
    answer = find(officer, hearing, number_of(fresh_app, party))
    assert answer.status_code == 422
    assert "다른 행사" in answer.get_data(as_text=True)


def test_somebody_without_a_sign_up_is_let_in_while_places_are_free(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    take_part(fresh_app, hearing, 3, keep=True)
    assert walk_in(officer, hearing, "3").status_code == 422
    assert walk_in(officer, hearing, "2").status_code == 303
    page = officer.get(f"/staff/hearings/{hearing}/check-in").get_data(as_text=True)
    assert "5자리 가운데 2명" in page and "0자리가 남았습니다" in page


def test_a_walk_in_that_is_sent_twice_comes_in_once(
    fresh_app: Flask, officer: PageClient, hearing: int
):
    for _twice in range(2):
        assert walk_in(officer, hearing, "2", key="a-key-of-its-own-aaaaa").status_code == 303
    with fresh_app.app_context():
        assert db.session.scalar(select(func.sum(Claim.size))) == 2
        db.session.rollback()


def test_the_trail_names_no_person(fresh_app: Flask, officer: PageClient, hearing: int):
    party = take_part(fresh_app, hearing, keep=True)
    mark(officer, hearing, party, "attended")
    auditor = sign_in(fresh_app, make_account(fresh_app, Role.AUDITOR))
    trail = auditor.get("/staff/audit?deed=hearing.party_marked").get_data(as_text=True)
    assert "팀이 왔는지 적음" in trail and "김하나" not in trail


@pytest.fixture
def door_app(any_database: Flask) -> Iterator[Flask]:
    """Give a portal with tables on each database; made at once, which migrations take long for."""
    with any_database.app_context():
        Base.metadata.create_all(db.engine)
        db.session.add(AuditHead(id=1, number=0, hash="0" * 64))
        db.session.commit()
    yield any_database
    with any_database.app_context():
        db.session.remove()
        db.engine.dispose()


def at_once(app: Flask, deed, times: int = 2) -> None:
    """Do a deed some times at the same moment, each in a transaction of its own."""
    barrier = Barrier(times)

    def go(_each: int) -> None:
        with app.test_request_context():
            barrier.wait()
            begin_write()
            deed()
            db.session.commit()

    with ThreadPoolExecutor(times) as pool:
        list(pool.map(go, range(times)))


def test_two_phones_at_once_note_one_arrival(door_app: Flask):
    hearing = open_hearing(door_app)
    party = take_part(door_app, hearing, 2, keep=True)

    def arrive() -> None:
        door.mark_party(
            db.session(),
            sign_up=db.session.get_one(SignUp, party),
            to=ClaimState.ATTENDED,
            actor="tests",
            now=business_now(),
            at=real_now(),
        )

    at_once(door_app, arrive)
    assert state_of(door_app, party) is ClaimState.ATTENDED
    with door_app.app_context():
        noted = select(func.count()).where(AuditLine.deed == "hearing.party_marked")
        assert db.session.scalar(noted) == 1
        db.session.rollback()


def test_one_form_of_a_sign_up_at_once_is_one_sign_up(door_app: Flask):
    hearing = open_hearing(door_app)

    def send() -> None:
        services.send_sign_up(
            db.session(),
            hearing_id=hearing,
            draft=Draft(Way.ROOM, 2, "김하나", "one@example.kr", "ko"),
            key="the-same-key",
            now=business_now(),
            at=real_now(),
        )

    at_once(door_app, send)
    with door_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignUp)) == 1
        db.session.rollback()


def test_one_form_of_a_walk_in_at_once_is_one_party(door_app: Flask):
    hearing = open_hearing(door_app)

    def let_in() -> None:
        door.admit_walk_in(
            db.session(),
            hearing_id=hearing,
            draft=Draft(Way.ROOM, 2, "", None, "ko"),
            key="the-same-key",
            actor="tests",
            now=business_now(),
            at=real_now(),
        )

    at_once(door_app, let_in)
    with door_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignUp)) == 1
        db.session.rollback()


def test_links_that_fell_into_wrong_hands_end(
    fresh_app: Flask, officer: PageClient, hearing: int
) -> None:
    party = take_part(fresh_app, hearing, 2, keep=True)
    old = letters_of(fresh_app)[0][1]["path"]
    page = f"/staff/hearings/{hearing}/parties/{party}"
    assert post(officer, f"{page}/link").status_code == 303
    kind, context = letters_of(fresh_app)[-1]
    citizen = fresh_app.test_client()
    assert (kind, citizen.get(old).status_code) == ("sign_up_again", 410)
    assert citizen.get(context["path"]).status_code == 200
