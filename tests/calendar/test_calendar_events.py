"""The page of an event, and what moving or cancelling one does everywhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.calendar.models import CouncilSession, Event, EventChange
from portal.calendar.rules import ChangeKind
from portal.core.clock import council_zone
from portal.core.errors import Conflict
from portal.extensions import db
from portal.moderation.rules import Move, PublicationState
from tests.moderation.people import AT, EDITOR, READER, do, write
from tests.support.client import PageClient

TODAY = date(2020, 11, 9)
QUESTIONS = "questions-2020-11"


def page_of(client: PageClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status
    return response.get_data(as_text=True)


@contextmanager
def changing(app: Flask) -> Iterator[Session]:
    """Give a session whose changes are kept when the block ends."""
    with app.test_request_context():
        yield db.session()
        db.session.commit()


@pytest.fixture
def written(fresh_app: Flask) -> Iterator[Session]:
    """Give a session on data that the test may change; no requests are sent meanwhile."""
    with fresh_app.test_request_context():
        yield db.session()
        db.session.rollback()


def event_id(session: Session, slug: str) -> int:
    return session.scalars(select(Event.id).where(Event.slug == slug)).one()


def correct(session: Session, slug: str, *, on: date = TODAY, **values: object) -> Event:
    """Let one person propose a change of a public event, and another one accept it."""
    event = session.get_one(Event, event_id(session, slug))
    write(event, **values)
    do(event, Move.PROPOSE, EDITOR)
    why = {"reason": "본회의장 공사", "reason_en": "Works in the chamber"}
    do(event, Move.ACCEPT, READER, now=datetime.combine(on, time(10), UTC), **why)
    return event


def move(session: Session, slug: str, first: date, last: date, *, on: date = TODAY) -> Event:
    return correct(session, slug, on=on, starts_on=first, ends_on=last)


def cancel(session: Session, slug: str) -> Event:
    return correct(session, slug, is_cancelled=True)


def history_of(event: Event) -> list[EventChange]:
    query = select(EventChange).where(EventChange.event_id == event.id).order_by(EventChange.id)
    return list(db.session().scalars(query))


def test_the_event_says_what_is_known_and_what_is_not(client: PageClient):
    page = page_of(client, "/calendar/events/audit-2020")
    assert "진행 중" in page
    assert page.count("확인 못 함") >= 4
    assert "아직 공표되지 않음" in page


def test_minutes_are_linked_where_they_are_known(client: PageClient):
    page = page_of(client, "/calendar/events/transport-2020-06-17")
    assert 'href="https://ms.smc.seoul.kr/record/recordView.do' in page
    assert "회의록 읽기" in page
    assert "안건은 모두 15건입니다." in page


def test_an_outcome_is_told_only_after_the_end(hanbit: Flask):
    client: PageClient = hanbit.test_client()  # type: ignore[assignment]
    page = page_of(client, "/calendar/events/plenary-2020-06-19")
    assert "이 결과는 회의가 끝난 뒤에만 보입니다." not in page
    assert "안건 2건을 다루었습니다." in page_of(client, "/calendar/events/plenary-2020-06-08")


def test_a_past_event_without_a_witness_says_so(client: PageClient):
    page = page_of(client, "/calendar/events/questions-2020-04-28")
    assert "실제로 열렸는지 확인한 자료가 없습니다." in page


def test_a_cancelled_event_keeps_its_page_with_the_reason(client: PageClient):
    page = page_of(client, "/calendar/events/opening-2020-08-28")
    assert "취소된 일정입니다." in page
    assert "코로나19가 다시 퍼져" in page


def test_a_derived_date_says_that_it_is_derived(client: PageClient):
    assert "출처에 적힌 내용으로 계산함" in page_of(client, "/calendar/events/plenary-2020-12-16")
    assert "출처에 적힌 그대로" in page_of(client, "/calendar/events/audit-2020")


def test_an_event_is_called_by_the_word_for_one(client: PageClient):
    page = page_of(client, "/en/calendar/events/plenary-2020-12-16")
    assert ">Plenary sitting<" in page
    assert ">Plenary sittings<" not in page


def test_a_moved_event_shows_its_history_and_stays_struck_on_the_old_day(
    fresh_app: Flask,
):
    with changing(fresh_app) as session:
        move(session, QUESTIONS, date(2020, 11, 24), date(2020, 11, 26))
    client: PageClient = fresh_app.test_client()  # type: ignore[assignment]
    page = page_of(client, f"/en/calendar/events/{QUESTIONS}")
    assert "Works in the chamber" in page
    assert "Tue 17 – Thu 19 Nov" in page and "Tue 24 – Thu 26 Nov" in page
    month = page_of(client, "/calendar/2020/11")
    assert '<a class="moved-to" href="/calendar/2020/11/24">' in month
    assert "시정질문 1일째" in month
    day = page_of(client, "/calendar/2020/11/17")
    assert "<s><a" in day


def test_a_move_is_known_only_from_its_own_day(fresh_app: Flask):
    with changing(fresh_app) as session:
        move(session, QUESTIONS, date(2020, 11, 24), date(2020, 11, 26), on=date(2020, 11, 10))
    client: PageClient = fresh_app.test_client()  # type: ignore[assignment]
    month = page_of(client, "/calendar/2020/11")
    assert "moved-to" not in month
    assert "2020. 11. 17.(화)–19.(목)" in page_of(client, f"/calendar/events/{QUESTIONS}")


def test_moving_raises_the_sequence_and_keeps_the_uid(fresh_app: Flask):
    client: PageClient = fresh_app.test_client()  # type: ignore[assignment]
    before = feed_entry(client, QUESTIONS)
    with changing(fresh_app) as session:
        move(session, QUESTIONS, date(2020, 11, 24), date(2020, 11, 26))
    after = feed_entry(client, QUESTIONS)
    assert after["uid"] == before["uid"] == f"event-{QUESTIONS}@localhost"
    assert after["sequence"] == before["sequence"] + 1
    assert after.decoded("last-modified") == AT
    assert after.decoded("dtstart") == date(2020, 11, 24)


def test_a_cancelled_event_stays_in_the_feed_as_cancelled(fresh_app: Flask):
    with changing(fresh_app) as session:
        cancel(session, QUESTIONS)
    client: PageClient = fresh_app.test_client()  # type: ignore[assignment]
    entry = feed_entry(client, QUESTIONS)
    assert str(entry["status"]) == "CANCELLED"
    assert str(entry["summary"]).startswith("취소: ")


def test_a_withdrawn_event_is_gone_and_its_feed_tells_calendars_to_strike_it(
    fresh_app: Flask,
):
    with changing(fresh_app) as session:
        event = session.get_one(Event, event_id(session, QUESTIONS))
        event.state, event.withdrawn_at = PublicationState.WITHDRAWN, AT
        before = event.sequence
    client: PageClient = fresh_app.test_client()  # type: ignore[assignment]
    assert client.get(f"/calendar/events/{QUESTIONS}").status_code == 410
    entry = feed_entry(client, QUESTIONS)
    assert str(entry["status"]) == "CANCELLED"
    assert "시정질문" not in str(entry["summary"])
    assert entry["sequence"] == before + 1


def test_an_event_does_not_lead_to_a_session_that_was_withdrawn(fresh_app: Flask):
    with changing(fresh_app) as session:
        number = CouncilSession.number == 298
        session.scalars(
            select(CouncilSession).where(number)
        ).one().state = PublicationState.WITHDRAWN
    client: PageClient = fresh_app.test_client()  # type: ignore[assignment]
    assert "/calendar/sessions/298" not in page_of(client, f"/calendar/events/{QUESTIONS}")


def feed_entry(client: PageClient, slug: str) -> Calendar:
    response = client.get(f"/calendar/events/{slug}.ics")
    assert response.status_code == 200
    (entry,) = Calendar.from_ical(response.data).walk("VEVENT")
    return entry  # type: ignore[return-value]


def test_a_move_is_one_line_of_history_with_its_reason(written: Session):
    (line,) = history_of(move(written, QUESTIONS, date(2020, 11, 24), date(2020, 11, 26)))
    assert line.kind is ChangeKind.MOVED
    assert (line.old_starts_on, line.old_ends_on) == (date(2020, 11, 17), date(2020, 11, 19))
    assert (line.new_starts_on, line.new_ends_on) == (date(2020, 11, 24), date(2020, 11, 26))
    assert (line.changed_on, line.reason) == (TODAY, "본회의장 공사")


def test_a_cancelled_event_has_its_old_dates_in_the_history_and_no_new_ones(written: Session):
    event = cancel(written, QUESTIONS)
    (line,) = history_of(event)
    assert event.is_cancelled
    assert (line.kind, line.old_starts_on) == (ChangeKind.CANCELLED, date(2020, 11, 17))
    assert line.new_starts_on is None


def test_what_is_no_date_leaves_the_history_alone(written: Session):
    assert history_of(correct(written, QUESTIONS, place="본회의장")) == []


def test_the_time_is_one_of_the_first_day_in_the_councils_zone(written: Session):
    event = move(written, "planning-economy-2020-11-24", date(2020, 11, 25), date(2020, 11, 25))
    before = event.starts_time
    assert before and event.starts_at
    assert event.starts_at.astimezone(council_zone()).date() == date(2020, 11, 25)
    assert correct(written, event.slug, starts_time=None).starts_at is None


@pytest.mark.parametrize(
    "slug", ["plenary-2020-11-02", "questions-2020-04-28", "opening-2020-08-28"]
)
def test_what_is_over_or_cancelled_can_not_be_moved(written: Session, slug: str):
    with pytest.raises(Conflict):
        move(written, slug, date(2020, 12, 1), date(2020, 12, 1))


def test_what_was_held_can_not_be_cancelled_but_what_nobody_saw_can(written: Session):
    with pytest.raises(Conflict):
        cancel(written, "plenary-2020-11-02")
    assert cancel(written, "questions-2020-04-28").is_cancelled


def test_a_cancelled_event_stays_cancelled(written: Session):
    cancel(written, QUESTIONS)
    with pytest.raises(Conflict):
        correct(written, QUESTIONS, is_cancelled=False)
