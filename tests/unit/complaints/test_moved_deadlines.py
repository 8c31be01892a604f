"""Deadlines that days off move after they were told."""

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from portal.complaints.rules.counts import find_move
from portal.complaints.words import moved_label
from portal.core.i18n import in_language
from tests.unit.complaints import cases
from tests.unit.complaints.cases import at, calendar_of, count

CHUSEOK = {
    date(2020, 9, 30): "추석 연휴",
    date(2020, 10, 1): "추석",
    date(2020, 10, 2): "추석 연휴",
}
DECLARED = {date(2020, 9, 29): "임시공휴일"}


def test_a_holiday_declared_later_is_named_and_those_behind_it_are_not():
    before = count(at("2020-09-21"), calendar=calendar_of(CHUSEOK))
    after = count(at("2020-09-21"), calendar=calendar_of(CHUSEOK | DECLARED))
    moved = find_move(before.told, after)
    assert moved
    assert (moved.old_due_at.date(), moved.new_due_at.date()) == (
        date(2020, 9, 29),
        date(2020, 10, 5),
    )
    assert (moved.added, moved.removed) == (DECLARED, {})


def test_a_holiday_that_falls_on_a_weekend_is_not_named():
    before = count(at("2020-09-21"), calendar=calendar_of(CHUSEOK))
    weekend = {date(2020, 9, 26): "임시공휴일"}
    after = count(at("2020-09-21"), calendar=calendar_of(CHUSEOK | DECLARED | weekend))
    moved = find_move(before.told, after)
    assert moved
    assert moved.added == DECLARED


def test_a_day_off_that_is_taken_back_is_named():
    before = count(at("2020-09-21"), calendar=calendar_of(CHUSEOK | DECLARED))
    after = count(at("2020-09-21"), calendar=calendar_of(CHUSEOK))
    moved = find_move(before.told, after)
    assert moved
    assert (moved.added, moved.removed) == ({}, DECLARED)


def test_a_holiday_on_a_saturday_moves_nothing():
    before = count(at("2020-09-21"), calendar=calendar_of({}))
    after = count(at("2020-09-21"), calendar=calendar_of({date(2020, 9, 26): "임시공휴일"}))
    assert find_move(before.told, after) is None


@given(cases.instants(), cases.PERIODS, cases.holidays(), st.integers(0, 60))
def test_a_move_always_names_its_day(received_at, period, off, later):
    day = date.fromordinal(received_at.date().toordinal() + later)
    assume(day not in off)
    before = count(received_at, period=period, calendar=calendar_of(off))
    after = count(received_at, period=period, calendar=calendar_of(off | {day: "임시공휴일"}))
    moved = find_move(before.told, after)
    within = day.weekday() < 5 and received_at.date() <= day <= before.due_on
    assert (moved is not None) is within
    assert moved is None or moved.added == {day: "임시공휴일"}


def test_a_move_is_told_with_both_days_and_its_reason(app):
    before = count(at("2020-09-21"), calendar=calendar_of(CHUSEOK))
    after = count(at("2020-09-21"), calendar=calendar_of(CHUSEOK | DECLARED))
    moved = find_move(before.told, after)
    assert moved
    with app.test_request_context(), in_language("en"):
        sentence = moved_label(moved)
    assert sentence == (
        "The deadline moved from Tue 29 Sep 2020 to Mon 5 Oct 2020. "
        "New days off: Tue 29 Sep 2020 임시공휴일."
    )
