"""The desk of hearings: two people write one, and its page, event and search follow."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.rules import Place, ScopeKind
from portal.council.models import Committee, Member
from portal.extensions import db
from portal.hearings.models import Hearing
from portal.hearings.staff.hearings import place_of_hearing
from portal.search.models import SearchDocument
from tests.calendar.test_calendar_desk import add, add_unchecked, correct, publish
from tests.moderation.desk import text_of
from tests.support.reading import read_words

DESK = "/staff/content/hearings"
NEW = {
    "kind": "public_hearing",
    "title": "감나무 조례 공청회",
    "title_en": "Hearing on persimmon trees",
    "topic": "감나무를 지킬 방법을 듣습니다.",
    "starts_on": "2020-11-25",
    "starts_time": "14:00",
    "ends_time": "16:00",
    "place": "의원회관 제2회의실",
    "is_own": "y",
    "running_order-0-starts_time": "14:00",
    "running_order-0-title": "발제",
    "speakers-0-role": "presenter",
    "speakers-0-item": "1",
    "speakers-0-name": "김감나",
    "speakers-0-affiliation": "감나무연구소",
}
ADDRESS = "/hearings/public-hearing-2020-11-25"


def id_of(app: Flask, model: type[Committee] | type[Member], slug: str) -> str:
    with app.app_context():
        return str(db.session.scalars(select(model.id).where(model.slug == slug)).one())


def test_a_hearing_is_nowhere_before_two_people_published_it(fresh_app: Flask, people) -> None:
    row = add(people[0], DESK, NEW)
    client = fresh_app.test_client()
    assert client.get(ADDRESS).status_code == 404
    publish(people, row)
    words = read_words(client, ADDRESS)
    for part in (
        "감나무 조례 공청회",
        "14:00–16:00",
        "의원회관 제2회의실",
        "발제 김감나 (감나무연구소)",
    ):
        assert part in words, part
    assert ADDRESS in client.get("/hearings").text
    assert "감나무 조례 공청회" in read_words(client, "/calendar/events/public-hearing-2020-11-25")
    with fresh_app.app_context():
        found = select(SearchDocument.address).where(SearchDocument.title == NEW["title"])
        # The event says the same, so the hearing alone is found.
        assert db.session.scalars(found).all() == [ADDRESS]


def test_a_corrected_day_moves_the_event_and_tells_why(fresh_app: Flask, people) -> None:
    row = add(people[0], DESK, NEW)
    publish(people, row)
    correct(people, row, starts_on="2020-11-26", change_note="회의실 공사")
    client = fresh_app.test_client()
    event = read_words(client, "/calendar/events/public-hearing-2020-11-25")
    assert "회의실 공사" in event
    assert "2020. 11. 26." in event
    assert "14:00" in event
    with fresh_app.app_context():
        found = select(Hearing).where(Hearing.id == int(row.rpartition("/")[2]))
        hearing = db.session.scalars(found).one()
        assert hearing.moves == 1
        assert hearing.starts_at is not None
        assert hearing.starts_at.date() == hearing.starts_on


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_time": "13:00"}, "끝나는 시각이 시작보다 이릅니다."),
        ({"starts_time": "", "ends_time": "13:00"}, "시작하는 시각도 적어 주세요."),
        ({"speakers-0-item": "7"}, "순서에 그런 줄이 없습니다."),
        ({"speakers-0-name": ""}, "의원을 고르거나"),
        ({"running_order-0-title": ""}, "적어 주세요"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(
    people, changes: dict[str, str], sentence: str
) -> None:
    answer = add_unchecked(people[0], DESK, NEW | changes)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_a_hearing_has_one_host(fresh_app: Flask, people) -> None:
    both = {
        "committee_id": id_of(fresh_app, Committee, "steering"),
        "member_id": id_of(fresh_app, Member, "i-byeongdo"),
    }
    answer = add_unchecked(people[0], DESK, NEW | both)
    assert "위원회와 의원 가운데 하나만" in text_of(answer)


def test_a_hearing_is_the_committees_or_the_members_who_holds_it(fresh_app: Flask) -> None:
    committee = int(id_of(fresh_app, Committee, "steering"))
    member = int(id_of(fresh_app, Member, "i-byeongdo"))
    with fresh_app.app_context():
        session = db.session()
        of_committee = place_of_hearing(session, None, {"committee_id": committee})
        of_member = place_of_hearing(session, None, {"member_id": member})
        assert of_committee == Place(ScopeKind.COMMITTEE, "steering")
        assert of_member == Place(ScopeKind.MEMBER, "i-byeongdo")
        assert place_of_hearing(session, None, {}) is None
