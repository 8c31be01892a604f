"""Opening hours: open now, and when next."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.council.hours import opening_state, parse_hours

SEOUL = ZoneInfo("Asia/Seoul")
HOURS = "Mo-Fr 09:00-18:00"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL)


FRIDAY = date(2020, 11, 6)
MONDAY = date(2020, 11, 9)


def test_an_office_is_open_within_its_hours():
    state = opening_state(HOURS, at(MONDAY, 9), set())
    assert state.is_open
    assert state.changes_at == at(MONDAY, 18)


def test_after_hours_on_friday_it_opens_on_monday():
    state = opening_state(HOURS, at(FRIDAY, 18), set())
    assert not state.is_open
    assert state.changes_at == at(MONDAY, 9)


def test_a_holiday_is_closed():
    state = opening_state(HOURS, at(MONDAY, 10), {MONDAY})
    assert not state.is_open
    assert state.changes_at == at(MONDAY + timedelta(days=1), 9)


def test_an_office_on_holiday_for_good_never_opens():
    days_off = {MONDAY + timedelta(days=n) for n in range(60)}
    assert opening_state(HOURS, at(MONDAY, 10), days_off).changes_at is None


@pytest.mark.parametrize(
    "text", ["", "always", "Mo-Fr 18:00-09:00", "Fr-Mo 09:00-18:00", "Xx 09:00-10:00"]
)
def test_hours_that_make_no_sense_are_refused(text):
    with pytest.raises(ValueError):
        parse_hours(text)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2020, 12, 1)))
def test_the_state_changes_exactly_when_it_says(moment):
    now = moment.replace(tzinfo=SEOUL)
    state = opening_state(HOURS, now, set())
    assert state.changes_at is not None
    assert state.changes_at > now
    after = opening_state(HOURS, state.changes_at, set())
    assert after.is_open != state.is_open
