"""What stands on a day: dates that changed, parts of events, rulers, moves."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.calendar.rules import (
    FEW_DAYS,
    ChangeKind,
    DateChange,
    DayKind,
    DayMix,
    DaySpan,
    EventState,
    Held,
    Part,
    Tense,
    can_happen,
    cancelled_on,
    changes_between,
    count_days,
    dates_left,
    dates_on,
    days_between,
    days_without_kind,
    event_state,
    is_visible,
    parts_between,
    tick_days,
)

TODAY = date(2020, 11, 9)
DAYS = st.dates(date(2020, 1, 1), date(2020, 12, 31))


def moved(on: date, old: date, new: date) -> DateChange:
    return DateChange(on, ChangeKind.MOVED, old, old, new, new, "비", None)


def november(day: int) -> date:
    return date(2020, 11, day)


TWICE = (
    moved(november(5), november(11), november(16)),
    moved(november(9), november(16), november(20)),
)


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (november(4), november(11)),
        (november(5), november(16)),
        (november(8), november(16)),
        (november(9), november(20)),
        (november(30), november(20)),
    ],
)
def test_an_event_has_the_dates_that_were_known_on_a_day(day: date, known: date):
    assert dates_on(november(20), november(20), TWICE, day) == (known, known)


def test_a_twice_moved_event_left_both_of_its_days():
    assert dates_left(november(20), november(20), TWICE, TODAY) == (november(11), november(16))


def test_a_move_that_is_not_known_yet_leaves_no_day():
    assert dates_left(november(11), november(11), TWICE, november(4)) == ()


def test_an_event_that_only_grew_left_no_day():
    longer = DateChange(
        november(2),
        ChangeKind.MOVED,
        november(1),
        november(3),
        november(1),
        november(5),
        None,
        None,
    )
    assert dates_left(november(1), november(5), (longer,), TODAY) == ()


def test_the_day_of_cancelling_is_found_among_the_changes():
    cancelled = DateChange(
        november(7), ChangeKind.CANCELLED, november(16), november(16), None, None, "비", None
    )
    assert cancelled_on((TWICE[0], cancelled)) == november(7)
    assert cancelled_on(TWICE) is None


@pytest.mark.parametrize(
    ("starts", "ends", "held", "cancelled", "state"),
    [
        (10, 10, Held.UNKNOWN, None, EventState.PLANNED),
        (3, 16, Held.YES, None, EventState.NOW),
        (9, 9, Held.UNKNOWN, None, EventState.NOW),
        (2, 2, Held.YES, None, EventState.HELD),
        (2, 2, Held.UNKNOWN, None, EventState.UNCONFIRMED),
        (2, 2, Held.NO, None, EventState.UNCONFIRMED),
        (10, 10, Held.UNKNOWN, 9, EventState.CANCELLED),
        (10, 10, Held.UNKNOWN, 10, EventState.PLANNED),
    ],
)
def test_the_state_of_an_event_follows_the_day(
    starts: int, ends: int, held: Held, cancelled: int | None, state: EventState
):
    found = event_state(
        starts_on=november(starts),
        ends_on=november(ends),
        held=held,
        cancelled_on=november(cancelled) if cancelled else None,
        today=TODAY,
    )
    assert found is state


@pytest.mark.parametrize(
    ("announced", "starts", "seen"),
    [
        (None, november(9), True),
        (None, november(10), False),
        (november(9), november(10), True),
        (november(10), november(11), False),
    ],
)
def test_what_was_not_announced_is_known_on_its_own_day(
    announced: date | None, starts: date, seen: bool
):
    assert is_visible(announced, starts, TODAY) is seen


@pytest.mark.parametrize("state", EventState)
@pytest.mark.parametrize("kind", ChangeKind)
def test_every_move_is_decided(state: EventState, kind: ChangeKind):
    allowed = {
        (EventState.PLANNED, ChangeKind.MOVED),
        (EventState.PLANNED, ChangeKind.CANCELLED),
        (EventState.NOW, ChangeKind.MOVED),
        (EventState.NOW, ChangeKind.CANCELLED),
        (EventState.UNCONFIRMED, ChangeKind.CANCELLED),
    }
    assert can_happen(state, kind) is ((state, kind) in allowed)


def test_a_long_event_shows_its_first_day_its_last_and_today():
    parts = parts_between(november(3), november(16), TODAY, november(1), november(30))
    assert parts == (
        (november(3), Part.FIRST),
        (november(9), Part.RUNNING),
        (november(16), Part.LAST),
    )


def test_three_days_of_questions_stand_on_each_of_them():
    parts = parts_between(november(17), november(19), TODAY, november(1), november(30))
    assert parts == tuple((november(day), Part.ONE_OF_FEW) for day in (17, 18, 19))


def test_an_event_that_reaches_into_a_month_shows_what_lies_in_it():
    parts = parts_between(date(2020, 9, 18), november(3), TODAY, november(1), november(30))
    assert parts == ((november(3), Part.LAST),)


@given(DAYS, st.integers(0, 40), DAYS, st.integers(0, 60))
def test_parts_lie_within_the_event_and_the_asked_days(
    starts: date, length: int, first: date, asked: int
):
    ends, last = starts + timedelta(days=length), first + timedelta(days=asked)
    parts = parts_between(starts, ends, TODAY, first, last)
    days = [day for day, _part in parts]
    assert days == sorted(set(days))
    assert all(max(starts, first) <= day <= min(ends, last) for day in days)
    if first <= starts <= last:
        assert days[0] == starts
    if length >= FEW_DAYS:
        assert len(days) <= 3


SPANS = (
    DaySpan(november(2), november(2), DayKind.PLENARY),
    DaySpan(november(3), november(16), DayKind.AUDIT),
)
WEEKENDS = frozenset(november(day) for day in (7, 8, 14, 15))


def test_weekends_within_the_audit_are_days_off():
    days = tick_days(november(2), november(16), SPANS, WEEKENDS, TODAY)
    assert days is not None
    assert count_days(days) == DayMix(plenary=1, audit=10, committee=0, off=4)
    assert [tick.on for tick in days if tick.tense is Tense.TODAY] == [TODAY]


def test_a_sitting_named_for_a_sunday_is_no_day_off():
    sunday = DaySpan(november(8), november(8), DayKind.PLENARY)
    days = tick_days(november(2), november(16), (*SPANS, sunday), WEEKENDS, TODAY)
    assert days is not None
    assert count_days(days) == DayMix(plenary=2, audit=10, committee=0, off=3)


def test_a_working_day_without_a_kind_leaves_no_ruler():
    assert tick_days(november(2), november(17), SPANS, WEEKENDS, TODAY) is None


def test_the_working_days_without_a_kind_are_known():
    assert days_without_kind(november(1), november(17), SPANS, WEEKENDS) == (
        november(1),
        november(17),
    )


BEFORE = {"starts_on": "2020-11-17", "ends_on": "2020-11-19", "is_cancelled": False}


@pytest.mark.parametrize(
    ("after", "happened"),
    [
        ({"place": "본회의장"}, ()),
        ({"starts_on": "2020-11-18"}, (ChangeKind.MOVED,)),
        ({"ends_on": "2020-11-18"}, (ChangeKind.MOVED,)),
        ({"is_cancelled": True}, (ChangeKind.CANCELLED,)),
    ],
)
def test_a_correction_moves_or_cancels_or_neither(
    after: dict[str, object], happened: tuple[ChangeKind, ...]
):
    assert changes_between(BEFORE, BEFORE | after) == happened


@given(DAYS, st.integers(0, 80))
def test_days_between_has_each_day_once(first: date, length: int):
    days = days_between(first, first + timedelta(days=length))
    assert len(days) == length + 1
    assert all(b - a == timedelta(days=1) for a, b in zip(days, days[1:], strict=False))
