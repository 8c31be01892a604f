"""iCalendar files: what is written is read back the same by the library's own reader."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from portal.calendar.ical import FeedEntry, Status, clean_text, write_feed

SEOUL = ZoneInfo("Asia/Seoul")
CHANGED = datetime(2020, 11, 2, 0, 0, 5, tzinfo=UTC)


def entry(**changes: object) -> FeedEntry:
    values: dict[str, object] = {
        "uid": "event-audit-2020@portal.example",
        "summary": "행정사무감사",
        "description": "",
        "location": "",
        "url": "https://portal.example/calendar/events/audit-2020",
        "category": "감사",
        "first_on": date(2020, 11, 3),
        "last_on": date(2020, 11, 16),
        "starts_at": None,
        "status": Status.CONFIRMED,
        "sequence": 2,
        "changed_at": CHANGED,
    }
    return FeedEntry(**{**values, **changes})  # type: ignore[arg-type]


def written(*entries: FeedEntry, name: str = "서울특별시의회") -> bytes:
    return write_feed(name, "ko", "Asia/Seoul", entries, "https://portal.example/calendar.ics")


def read_events(body: bytes) -> list[Calendar]:
    return list(Calendar.from_ical(body).walk("VEVENT"))


TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")) | st.just("\n"))
DAYS = st.dates(date(1971, 1, 1), date(2036, 12, 31))


@settings(deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_texts_come_back_as_they_went(summary: str, description: str, location: str):
    body = written(entry(summary=summary, description=description, location=location))
    (event,) = read_events(body)
    for name, text in (("summary", summary), ("description", description), ("location", location)):
        assert str(event.get(name, "")) == text


@settings(deadline=None)
@given(st.text())
def test_any_text_at_all_gives_a_file_that_can_be_read(text: str):
    (event,) = read_events(written(entry(summary=f"a{text}"), name=text))
    assert str(event["summary"]) == clean_text(f"a{text}")


@settings(deadline=None)
@given(st.text(st.sampled_from("가나다라,;\\\n 한")))
def test_no_line_is_longer_than_75_bytes(text: str):
    for line in written(entry(summary=text, description=text * 3)).split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


@settings(deadline=None)
@given(DAYS, st.integers(0, 60))
def test_whole_days_end_on_the_day_after_the_last(first: date, length: int):
    last = first + timedelta(days=length)
    (event,) = read_events(written(entry(first_on=first, last_on=last)))
    assert event.decoded("dtstart") == first
    assert event.decoded("dtend") == last + timedelta(days=1)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert str(event["transp"]) == "TRANSPARENT"


@settings(deadline=None)
@given(st.datetimes(datetime(1971, 1, 1), datetime(2036, 12, 31)))
def test_times_come_back_in_the_zone_of_the_council(naive: datetime):
    at = naive.replace(tzinfo=SEOUL, microsecond=0, fold=0)
    (event,) = read_events(written(entry(starts_at=at)))
    assert event.decoded("dtstart").astimezone(UTC) == at.astimezone(UTC)
    assert event["dtstart"].params["TZID"] == "Asia/Seoul"
    assert "dtend" not in event


def test_a_zone_is_explained_only_where_a_time_is_used():
    at = datetime(2020, 11, 24, 10, tzinfo=SEOUL)
    assert b"BEGIN:VTIMEZONE\r\nTZID:Asia/Seoul" in written(entry(starts_at=at))
    assert b"VTIMEZONE" not in written(entry())


def test_stamps_tell_when_the_entry_changed_so_the_same_feed_has_the_same_bytes():
    (event,) = read_events(written(entry()))
    assert event.decoded("dtstamp") == CHANGED
    assert event.decoded("last-modified") == CHANGED
    assert event["sequence"] == 2
    assert written(entry()) == written(entry())


def test_the_head_says_whose_calendar_it_is_and_how_often_to_look():
    head = written(name="의회; 일정, 모두").decode()
    assert "X-WR-CALNAME:의회\\; 일정\\, 모두" in head
    assert "X-WR-TIMEZONE:Asia/Seoul" in head
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in head
    assert "METHOD:PUBLISH" in head


def test_control_characters_are_left_out_and_lines_end_alike():
    assert clean_text("가\r\n나\r다\x00\x07\u2028라\x85") == "가\n나\n다라"
