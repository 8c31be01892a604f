"""The calendar's event of a hearing says what the hearing says; feeds tell of changes."""

from datetime import UTC, date, datetime

from flask import Flask
from icalendar import Calendar
from icalendar import Event as Entry
from sqlalchemy import select

from portal.calendar.models import Event, EventChange
from portal.calendar.rules import ChangeKind
from portal.core.clock import real_now
from portal.core.imports import was_changed_by_hand
from portal.core.signals import published, withdrawn
from portal.extensions import db
from portal.hearings.models import Hearing
from portal.hearings.rules.kinds import HearingKind
from portal.hearings.services.events import keep_event
from portal.importers.dataset import FILES
from portal.moderation.rules import PublicationState
from tests.hearings.opened import FORUM, find_hearing
from tests.support.client import PageClient
from tests.support.reading import read_words

ADDRESS = f"/hearings/{FORUM}"


def event_of(slug: str) -> Event:
    return db.session.scalars(
        select(Event).join(Hearing, Hearing.event_id == Event.id).where(Hearing.slug == slug)
    ).one()


def entries_of(client: PageClient, address: str) -> list[Entry]:
    feed = client.get(address)
    assert feed.mimetype == "text/calendar"
    return Calendar.from_ical(feed.data).walk("VEVENT")  # type: ignore[return-value]


def test_an_import_leaves_the_events_of_hearings_as_their_file_has_them(any_app: Flask) -> None:
    events = next(data_file for data_file in FILES if data_file.path == "calendar/events.csv")
    names = [events.refs[c][0] if c in events.refs else c for c in events.columns]
    names = [name for name in names if name != "starts_time"] + ["starts_at"]
    with any_app.app_context():
        rows = db.session.scalars(select(Event).join(Hearing, Hearing.event_id == Event.id)).all()
        assert len(rows) >= 2
        assert [row.slug for row in rows if was_changed_by_hand(row, names)] == []


def test_a_hearing_that_becomes_public_has_an_event(fresh_app: Flask) -> None:
    with fresh_app.test_request_context():
        hearing = Hearing(
            slug="persimmon-2020",
            kind=HearingKind.PUBLIC_HEARING,
            title="감나무 공청회",
            topic="감나무를 심을지 듣습니다.",
            starts_on=date(2020, 11, 25),
            starts_at=datetime(2020, 11, 25, 5, 0, tzinfo=UTC),
            announced_on=date(2020, 11, 9),
            state=PublicationState.PUBLISHED,
            changed_at=real_now(),
        )
        db.session.add(hearing)
        db.session.flush()
        published.send("hearings", kind="hearings", ids=(hearing.id,))
        db.session.commit()
    words = read_words(fresh_app.test_client(), "/calendar/events/persimmon-2020")
    assert "감나무 공청회" in words
    assert "14:00" in words
    assert "감나무를 심을지 듣습니다." in words
    assert (
        'href="/hearings/persimmon-2020"'
        in fresh_app.test_client().get("/calendar/events/persimmon-2020").text
    )


def test_a_moved_hearing_moves_its_event_once(fresh_app: Flask) -> None:
    with fresh_app.test_request_context():
        hearing, event = find_hearing(FORUM), event_of(FORUM)
        sequence = event.sequence
        hearing.starts_on = date(2020, 11, 26)
        keep_event(db.session(), hearing)
        keep_event(db.session(), hearing)
        (change,) = db.session.scalars(
            select(EventChange).where(EventChange.event_id == event.id)
        ).all()
        assert (change.kind, change.old_starts_on) == (ChangeKind.MOVED, date(2020, 11, 19))
        assert change.new_starts_on == event.starts_on == date(2020, 11, 26)
        assert event.sequence == sequence + 1


def test_a_cancelled_hearing_is_cancelled_in_the_calendar_with_its_reason(
    fresh_app: Flask,
) -> None:
    with fresh_app.test_request_context():
        hearing = find_hearing(FORUM)
        hearing.cancelled_at, hearing.cancelled_because = real_now(), "눈이 많이 왔습니다."
        keep_event(db.session(), hearing)
        hearing.note_change(real_now())
        db.session.commit()
    client = fresh_app.test_client()
    assert "눈이 많이 왔습니다." in read_words(client, f"/calendar/events/{FORUM}")
    assert "이 토론회는 취소되었습니다." in read_words(client, ADDRESS)
    (entry,) = entries_of(client, f"{ADDRESS}.ics")
    assert (entry["status"], entry["sequence"]) == ("CANCELLED", 1)


def test_a_date_that_was_mistyped_long_ago_is_mended_without_a_move(fresh_app: Flask) -> None:
    slug = "settlement-forum-2020-06-11"
    with fresh_app.test_request_context():
        hearing = find_hearing(slug)
        hearing.starts_on = date(2020, 6, 12)
        event = keep_event(db.session(), hearing)
        assert event.starts_on == date(2020, 6, 12)
        assert not db.session.scalars(
            select(EventChange).where(EventChange.event_id == event.id)
        ).all()


def test_a_withdrawn_hearing_takes_its_event_along_and_brings_it_back(fresh_app: Flask) -> None:
    client = fresh_app.test_client()
    with fresh_app.test_request_context():
        hearing = find_hearing(FORUM)
        hearing.leave(real_now())
        withdrawn.send("hearings", kind="hearings", ids=(hearing.id,))
        db.session.commit()
    assert client.get(ADDRESS).status_code == 410
    assert client.get(f"/calendar/events/{FORUM}").status_code == 410
    (entry,) = entries_of(client, f"{ADDRESS}.ics")
    assert entry["status"] == "CANCELLED"
    assert "예산안" not in str(entry["summary"])
    with fresh_app.test_request_context():
        hearing = find_hearing(FORUM)
        hearing.state, hearing.withdrawn_at = PublicationState.PUBLISHED, None
        published.send("hearings", kind="hearings", ids=(hearing.id,))
        db.session.commit()
    assert client.get(f"/calendar/events/{FORUM}").status_code == 200


def test_a_hearing_has_one_name_in_all_calendars(client: PageClient) -> None:
    uid = f"hearing-{FORUM}@localhost"
    for address in (f"{ADDRESS}.ics", f"/en{ADDRESS}.ics", "/hearings/feed.ics"):
        assert uid in [str(entry["uid"]) for entry in entries_of(client, address)]


def test_an_entry_with_hours_has_its_end(hanbit: Flask) -> None:
    (entry,) = entries_of(hanbit.test_client(), "/hearings/river-hearing-2020.ics")
    begin, end = entry.decoded("dtstart"), entry.decoded("dtend")
    assert (begin.hour, end.hour) == (10, 12)


def test_the_feed_for_readers_has_known_hearings_only(client: PageClient) -> None:
    feed = client.get("/en/hearings/feed.atom")
    assert feed.mimetype == "application/atom+xml"
    assert f"/en/hearings/{FORUM}" in feed.text
    assert "labour-forum" not in feed.text
