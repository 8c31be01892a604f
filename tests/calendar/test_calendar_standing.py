"""Where the council stands on a day: in session, between two sessions, with nothing announced."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from portal.calendar.pages import SessionStanding
from portal.calendar.rules import DayKind, Tense
from portal.calendar.standing import recent_changes, session_standing, upcoming_entries

TODAY = date(2020, 11, 9)


def standing_on(session: Session, day: date) -> SessionStanding:
    return session_standing(session, day, "KR", "ko")


def test_in_session_the_day_is_counted_from_one(session: Session):
    found = standing_on(session, TODAY)
    assert found.row is not None and found.row.number == 298
    assert (found.day_number, found.days_left, found.today_index) == (8, 43, 7)
    assert len(found.days) == 51
    assert found.kind_today is DayKind.AUDIT
    assert found.headline == "행정사무감사가 열리고 있습니다"
    assert str(found.sentence) == (
        '<a href="/calendar/sessions/298">제298회 정례회 8일째</a> / 51일 · 행정사무감사'
    )


@pytest.mark.parametrize(
    ("day", "headline"),
    [
        (date(2020, 11, 2), "오늘 본회의가 열립니다"),
        (date(2020, 11, 8), "오늘은 회기 가운데 쉬는 날입니다"),
        (date(2020, 11, 18), "오늘 시정질문을 합니다"),
        (date(2020, 11, 24), "위원회가 안건을 살피고 있습니다"),
        (date(2020, 12, 22), "오늘 본회의가 열립니다"),
    ],
)
def test_the_headline_follows_the_kind_of_day(session: Session, day: date, headline: str):
    assert standing_on(session, day).headline == headline


def test_the_next_event_is_named_with_how_far_ahead_it_lies(session: Session):
    entry = standing_on(session, TODAY).next_entry
    assert entry is not None and entry.on == date(2020, 11, 17)
    assert "8일 뒤" in entry.meta


def test_a_session_of_one_day_is_one_tick(session: Session):
    found = standing_on(session, date(2020, 9, 15))
    assert [tick.tense for tick in found.days] == [Tense.TODAY]
    assert (found.day_number, found.total_days, found.days_left) == (1, 1, 0)


def test_between_sessions_there_is_no_ruler_but_the_next_announced_one(session: Session):
    found = standing_on(session, date(2020, 9, 10))
    assert (found.is_under_way, found.days, found.today_index) == (False, (), None)
    assert found.row is not None and found.row.number == 297
    assert found.starts_in_days == 5
    assert "폐회 중 · " in found.sentence


def test_what_was_not_announced_is_not_the_next_session(session: Session):
    found = standing_on(session, date(2020, 10, 15))
    assert found.row is None and found.starts_in_days is None
    assert found.headline == "다음 회기는 아직 공고되지 않았습니다"


@pytest.mark.parametrize("offset", range(0, 366, 5))
def test_every_day_of_the_year_has_a_standing(session: Session, offset: int):
    day = date(2020, 1, 1) + timedelta(days=offset)
    found = standing_on(session, day)
    assert found.headline and found.sentence
    if found.is_under_way:
        assert found.days[found.today_index or 0].tense is Tense.TODAY
        assert found.row is not None
        assert sum(count for _kind, count in found.mix) == found.row.days


def test_today_and_next_begins_with_what_is_running(session: Session):
    days = upcoming_entries(session, TODAY, 6)
    assert [day.on for day in days][:3] == [TODAY, date(2020, 11, 17), date(2020, 11, 19)]
    assert days[0].is_today and days[1].note == "8일 뒤"
    assert sum(len(day.entries) for day in days) == 6
    titles = [str(entry.title) for day in days for entry in day.entries]
    assert "행정사무감사" in titles[0]
    assert any("청년정책 특별위원회 활동 끝" in title for title in titles)


def test_nothing_unannounced_is_among_the_next(session: Session):
    titles = [e.title for day in upcoming_entries(session, TODAY, 50) for e in day.entries]
    assert not any("노동정책" in title for title in titles)


def test_lately_changed_dates_are_told_the_latest_first(session: Session):
    changes = recent_changes(session, TODAY, 3)
    assert [change.on for change in changes] == sorted(
        (change.on for change in changes), reverse=True
    )
    assert changes[0].url == "/calendar/events/film-entries-2020"
    assert recent_changes(session, date(2020, 8, 1), 3) == ()
