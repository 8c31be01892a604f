"""The month as weeks, and sessions as blocks of a month."""

import calendar
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.calendar.month import (
    FIRST_WEEKDAY,
    blocks_in,
    days_of,
    month_after,
    weekday_names,
    weeks_of,
)

YEARS = st.integers(1900, 2200)
MONTHS = st.integers(1, 12)


@given(YEARS, MONTHS, st.sampled_from(sorted(FIRST_WEEKDAY.values())))
def test_a_month_has_each_of_its_days_once_in_weeks_of_seven(
    year: int, month: int, first_weekday: int
):
    weeks = weeks_of(year, month, first_weekday)
    assert all(len(week) == 7 for week in weeks)
    assert all(week[0].weekday() == first_weekday for week in weeks)
    days = [day for week in weeks for day in week]
    assert all(b - a == timedelta(days=1) for a, b in zip(days, days[1:], strict=False))
    inside = [day for day in days if (day.year, day.month) == (year, month)]
    assert [day.day for day in inside] == list(range(1, calendar.monthrange(year, month)[1] + 1))


@given(YEARS, MONTHS)
def test_no_week_lies_wholly_in_another_month(year: int, month: int):
    for week in weeks_of(year, month, 6):
        assert any(day.month == month for day in week)


def test_weeks_begin_on_sunday_in_korean_and_on_monday_in_english():
    assert weekday_names(FIRST_WEEKDAY["ko"]) == ("일", "월", "화", "수", "목", "금", "토")
    assert weeks_of(2020, 11, FIRST_WEEKDAY["ko"])[0][0] == date(2020, 11, 1)
    assert weeks_of(2020, 11, FIRST_WEEKDAY["en"])[0][0] == date(2020, 10, 26)


@given(YEARS, MONTHS, st.integers(-30, 30))
def test_months_are_counted_over_the_ends_of_years(year: int, month: int, count: int):
    after = month_after(year, month, count)
    assert (after[0] - year) * 12 + after[1] - month == count
    assert 1 <= after[1] <= 12
    assert month_after(*after, -count) == (year, month)


def test_a_session_over_two_months_has_a_block_in_each():
    spans = [(date(2020, 11, 2), date(2020, 12, 22))]
    assert blocks_in(2020, 11, spans) == [(3.33, 96.67)]
    assert blocks_in(2020, 12, spans) == [(0.0, 70.97)]
    assert blocks_in(2021, 1, spans) == []


@given(YEARS, MONTHS, st.dates(date(1900, 1, 1), date(2199, 1, 1)), st.integers(0, 100))
def test_blocks_never_leave_their_month(year: int, month: int, begin: date, length: int):
    first, last = days_of(year, month)
    end = begin + timedelta(days=length)
    blocks = blocks_in(year, month, [(begin, end)])
    assert bool(blocks) is (begin <= last and end >= first)
    for x, width in blocks:
        assert 0 <= x < 100 and 0 < width <= 100
        assert x + width <= 100.01
