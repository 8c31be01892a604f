"""Rooms are given out by the hour: never twice at once, and the week of each can be seen."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.rules import Role
from portal.calendar import queries, services
from portal.calendar.models import Event, EventChange, Room, RoomBooking
from portal.calendar.rules import ChangeKind, EventKind
from portal.core.errors import Conflict, Invalid, NotFound
from portal.core.i18n import in_language
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.moderation.rules import PublicationState
from tests.accounts.staff import make_account, sign_in
from tests.moderation.desk import decide, hand_in, save, text_of
from tests.support.client import PageClient

FORUM, LABOUR = "budget-forum-2020-11-19", "labour-forum-2020-11-20"
DAY = date(2020, 11, 19)
SEOUL = ZoneInfo("Asia/Seoul")
WEEK = "/staff/rooms/calendar"


@pytest.fixture
def rooms(fresh_app: Flask):
    """Give a database to book rooms in."""
    with fresh_app.test_request_context():
        begin_write()
        yield db.session()
        db.session.rollback()


def at(hour: int, minute: int = 0, *, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL)


def id_of(session: Session, model: type[Event] | type[Room], slug: str) -> int:
    return session.scalars(select(model.id).where(model.slug == slug)).one()


def book(
    session: Session, event: str, starts_at: datetime, ends_at: datetime, room: str = "conference-1"
) -> RoomBooking:
    return services.book_room(
        session,
        room_id=id_of(session, Room, room),
        event_id=id_of(session, Event, event),
        starts_at=starts_at,
        ends_at=ends_at,
    )


def cancel(session: Session, event: str) -> None:
    change = EventChange(
        event_id=id_of(session, Event, event),
        changed_on=date(2020, 11, 9),
        kind=ChangeKind.CANCELLED,
        old_starts_on=DAY,
        old_ends_on=DAY,
    )
    session.add(change)
    session.flush()


def in_room(session: Session, room: str, first: date = DAY, last: date = DAY):
    found = queries.bookings_of_room(session, id_of(session, Room, room), first, last)
    return [(each.event_slug, each.starts_at, each.ends_at) for each in found]


@pytest.mark.parametrize(
    ("starts_at", "ends_at"),
    [
        (at(14), at(16)),
        (at(13), at(14, 1)),
        (at(15, 59), at(17)),
        (at(14, 30), at(15)),
        (at(9), at(20)),
    ],
)
def test_hours_that_overlap_are_refused_with_who_has_them(rooms, starts_at, ends_at):
    book(rooms, FORUM, at(14), at(16))
    with in_language("en"), pytest.raises(Conflict) as refusal:
        book(rooms, LABOUR, starts_at, ends_at)
    title = "Citizens and council discuss the 2021 budgets of the city and its Office of Education"
    assert f"“{title}” (Thu 19 Nov 2020 14:00–16:00)" in refusal.value.sentence
    assert [slug for slug, *_hours in in_room(rooms, "conference-1")] == [FORUM]


def test_one_may_begin_when_the_other_ends_and_each_room_is_by_itself(rooms):
    book(rooms, FORUM, at(14), at(16))
    book(rooms, LABOUR, at(16), at(18))
    book(rooms, "questions-2020-11", at(14), at(16), "conference-2")
    assert in_room(rooms, "conference-1") == [
        (FORUM, at(14), at(16)),
        (LABOUR, at(16), at(18)),
    ]


def test_an_event_has_one_room_and_is_not_in_its_own_way(rooms):
    first = book(rooms, FORUM, at(14), at(16))
    moved = book(rooms, FORUM, at(15), at(17))
    assert (moved.id, moved.starts_at, moved.ends_at) == (first.id, at(15), at(17))
    book(rooms, FORUM, at(15), at(17), "chamber")
    assert in_room(rooms, "conference-1") == []
    assert in_room(rooms, "chamber") == [(FORUM, at(15), at(17))]


def test_a_refused_move_leaves_the_booking_where_it_was(rooms):
    book(rooms, FORUM, at(14), at(16))
    book(rooms, LABOUR, at(16), at(18))
    with pytest.raises(Conflict):
        book(rooms, FORUM, at(15), at(17))
    assert in_room(rooms, "conference-1")[0] == (FORUM, at(14), at(16))


def test_a_room_that_was_given_back_is_free(rooms):
    book(rooms, FORUM, at(14), at(16))
    services.release_room(rooms, event_id=id_of(rooms, Event, FORUM))
    services.release_room(rooms, event_id=id_of(rooms, Event, FORUM))
    assert book(rooms, LABOUR, at(14), at(16)).starts_at == at(14)


@pytest.mark.parametrize("ends_at", [at(14), at(13)])
def test_hours_that_end_before_they_begin_are_refused(rooms, ends_at):
    with pytest.raises(Invalid):
        book(rooms, FORUM, at(14), ends_at)


def test_a_room_that_is_retired_or_not_public_is_not_given_out(rooms):
    for change in ({"is_open": False}, {"state": PublicationState.WITHDRAWN}):
        room = rooms.scalars(select(Room).where(Room.slug == "chamber")).one()
        before = {name: getattr(room, name) for name in change}
        for name, value in change.items():
            setattr(room, name, value)
        rooms.flush()
        with pytest.raises(Conflict):
            book(rooms, FORUM, at(14), at(16), "chamber")
        assert "chamber" not in [each.slug for each in queries.open_rooms(rooms)]
        for name, value in before.items():
            setattr(room, name, value)
    assert queries.open_rooms(rooms)[0].slug == "chamber"


def test_what_is_not_there_is_not_booked(rooms):
    event, room = id_of(rooms, Event, FORUM), id_of(rooms, Room, "chamber")
    for ids in ({"room_id": 0, "event_id": event}, {"room_id": room, "event_id": 0}):
        with pytest.raises(NotFound):
            services.book_room(rooms, **ids, starts_at=at(14), ends_at=at(16))


def test_a_day_has_the_bookings_that_touch_it_in_the_zone_of_the_council(rooms):
    book(rooms, FORUM, at(8), at(9))
    book(rooms, LABOUR, at(23), at(1, day=date(2020, 11, 20)))
    friday = date(2020, 11, 20)
    assert [slug for slug, *_h in in_room(rooms, "conference-1")] == [FORUM, LABOUR]
    assert [slug for slug, *_h in in_room(rooms, "conference-1", friday, friday)] == [LABOUR]
    assert in_room(rooms, "conference-1", date(2020, 11, 21), date(2020, 11, 30)) == []


def test_sittings_of_the_whole_council_on_a_day(rooms):
    def on(day: date) -> list[str]:
        return [sitting.event_slug for sitting in queries.plenary_on(rooms, day)]

    assert [on(DAY), on(date(2020, 11, 17))] == [["questions-2020-11"]] * 2
    assert on(date(2020, 11, 20)) == []
    cancel(rooms, "questions-2020-11")
    assert on(DAY) == []


def test_only_the_whole_council_sits_in_plenary(rooms):
    kinds = {s.kind for n in range(366) for s in queries.plenary_on(rooms, _day_of_year(n))}
    assert kinds == {EventKind.PLENARY, EventKind.QUESTIONS}


def _day_of_year(number: int) -> date:
    return date(2020, 1, 1) + timedelta(days=number)


#: An event, a room, a first hour and how many; no hours give the room back.
DEEDS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 1), st.integers(0, 47), st.integers(0, 12)),
    max_size=25,
)


@given(deeds=DEEDS)
@settings(max_examples=60)
def test_no_row_of_deeds_leaves_two_at_once_in_one_room(app: Flask, deeds):
    with app.test_request_context():
        begin_write()
        session = db.session()
        events = session.scalars(select(Event.id).order_by(Event.id).limit(6)).all()
        rooms = session.scalars(select(Room.id).order_by(Room.id).limit(2)).all()
        expected: dict[int, tuple[int, int, int]] = {}
        for event, room, hour, hours in deeds:
            _do(session, expected, events[event], rooms[room], hour, hours)
            kept = _kept(session)
            assert kept == expected
            _assert_apart(kept)
        db.session.rollback()


def _do(session: Session, expected, event: int, room: int, hour: int, hours: int) -> None:
    """Do a deed, and what it should do in the expected bookings as well."""
    if hours == 0:
        services.release_room(session, event_id=event)
        expected.pop(event, None)
        return
    is_taken = any(
        (other != event and has == room and begin < hour + hours and end > hour)
        for other, (has, begin, end) in expected.items()
    )
    span = {"starts_at": at(0) + timedelta(hours=hour)}
    span["ends_at"] = span["starts_at"] + timedelta(hours=hours)
    if is_taken:
        with pytest.raises(Conflict):
            services.book_room(session, room_id=room, event_id=event, **span)
        return
    services.book_room(session, room_id=room, event_id=event, **span)
    expected[event] = (room, hour, hour + hours)


def _kept(session: Session) -> dict[int, tuple[int, int, int]]:
    """Return room and hours of each event as the database has them."""
    rows = session.execute(
        select(
            RoomBooking.event_id, RoomBooking.room_id, RoomBooking.starts_at, RoomBooking.ends_at
        )
    )
    return {row.event_id: (row.room_id, *map(_hour, row[2:])) for row in rows}


def _hour(moment: datetime) -> int:
    return int((moment - at(0)) / timedelta(hours=1))


def _assert_apart(kept: dict[int, tuple[int, int, int]]) -> None:
    ordered = sorted(kept.values())
    for (room, _begin, end), (next_room, begin, _end) in pairwise(ordered):
        assert room != next_room or end <= begin


def viewer_of(app: Flask) -> PageClient:
    return sign_in(app, make_account(app, Role.VIEWER))


def test_the_week_shows_who_has_which_room(fresh_app: Flask):
    with fresh_app.test_request_context():
        begin_write()
        book(db.session(), FORUM, at(14), at(16))
        db.session.commit()
    viewer = viewer_of(fresh_app)
    page = text_of(viewer.get(f"{WEEK}?week=2020-11-22"))
    section = page.partition("서울시의회 제1대회의실</h2>")[2].partition("</section>")[0]
    assert "예산안 분석토론회" in section
    assert "14:00–16:00" in section
    assert 'href="/staff/rooms/calendar?week=2020-11-09"' in page
    assert 'href="/staff/rooms/calendar?week=2020-11-23"' in page
    assert "예산안 분석토론회" not in text_of(viewer.get(WEEK))
    assert WEEK in text_of(viewer.get("/staff/"))


def test_the_week_tells_of_a_cancelled_event_and_of_a_retired_room(fresh_app: Flask):
    with fresh_app.test_request_context():
        begin_write()
        book(db.session(), "questions-2020-11", at(14), at(16), "chamber")
        cancel(db.session(), "questions-2020-11")
        for room in db.session.scalars(select(Room).where(Room.slug.in_(("chamber", "members-1")))):
            room.is_open = False
        db.session.commit()
    page = text_of(viewer_of(fresh_app).get(f"/en{WEEK}?week=2020-11-19"))
    section = page.partition("The chamber</h2>")[2].partition("</section>")[0]
    assert "This room is not given out any more." in section
    assert "<s><a" in section and "Cancelled" in section
    assert "Members&#39; building, conference room 1</h2>" not in page
    assert "Members&#39; building, conference room 2</h2>" in page


@pytest.mark.parametrize("week", ["2020-13-01", "morgen", "1899-12-31"])
def test_a_week_that_is_no_day_is_refused(fresh_app: Flask, week: str):
    assert viewer_of(fresh_app).get(f"{WEEK}?week={week}").status_code == 400


def test_the_first_and_last_week_lead_nowhere_else(fresh_app: Flask):
    viewer = viewer_of(fresh_app)
    assert 'rel="prev"' not in text_of(viewer.get(f"{WEEK}?week=1900-01-01"))
    assert 'rel="next"' not in text_of(viewer.get(f"{WEEK}?week=2200-12-31"))


def test_two_people_change_how_many_a_room_takes(fresh_app: Flask, people):
    editor, reader = people
    with fresh_app.app_context():
        desk = f"/staff/content/rooms/{id_of(db.session(), Room, 'chamber')}"
        db.session.rollback()
    save(editor, desk, capacity="300", change_note="설계도에서 확인했습니다.")
    hand_in(editor, desk, "propose")
    decide(reader, desk, "accept", reason="설계도에서 확인했습니다.")
    with fresh_app.app_context():
        room = db.session.scalars(select(Room).where(Room.slug == "chamber")).one()
        assert (room.capacity, room.name_en) == (300, "The chamber")
        db.session.rollback()


@pytest.mark.parametrize("capacity", ["0", "-3", "viele"])
def test_a_room_takes_no_impossible_number_of_people(people, capacity: str):
    editor, _reader = people
    fields = {"name": "다락방", "position": "9", "capacity": capacity}
    page = text_of(editor.get("/staff/content/rooms/new"))
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    answer = editor.post("/staff/content/rooms/new", data={**fields, "csrf_token": token})
    assert answer.status_code == 422
