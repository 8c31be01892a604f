"""How far a target has come, and whether that is on time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.programmes.rules import Progress, TargetState, progress_of

FIRST, LAST = date(2020, 1, 1), date(2020, 12, 31)
AS_OF = date(2020, 10, 31)
GONE = 305 / 366


def year_of(target: int | None, result: int | None, *, due: int | None = None) -> Progress:
    """Return the progress of a target that has all of 2020."""
    return progress_of(target, result, FIRST, LAST, AS_OF, due=due)


@pytest.mark.parametrize(("target", "result"), [(6, 6), (300, 386), (1, 1)])
def test_all_of_it_or_more_is_reached(target: int, result: int):
    assert year_of(target, result) == Progress(TargetState.REACHED, result / target, GONE)


def test_one_less_than_all_is_not_reached():
    assert year_of(300, 299).state is TargetState.ON_TIME


@pytest.mark.parametrize(
    ("target", "result", "state"),
    [
        (60, 50, TargetState.ON_TIME),
        (60, 49, TargetState.BEHIND),
        (12, 10, TargetState.ON_TIME),
        (366, 305, TargetState.ON_TIME),
        (366, 304, TargetState.BEHIND),
        (190, 173, TargetState.ON_TIME),
        (70, 48, TargetState.BEHIND),
        (100, 0, TargetState.BEHIND),
    ],
)
def test_on_time_is_at_least_the_share_of_the_year_that_is_gone(
    target: int, result: int, state: TargetState
):
    found = year_of(target, result)
    assert found == Progress(state, result / target, GONE)


@given(
    st.integers(2, 400),
    st.integers(1, 10**6),
    st.dates(date(2019, 1, 1), date(2021, 12, 31)),
    st.data(),
)
def test_exactly_the_share_that_is_gone_is_on_time(
    days: int, each: int, first: date, data: st.DataObject
):
    # So many a day, and exactly so many after each day: no rounding may call that late.
    gone = data.draw(st.integers(1, days - 1))
    last, as_of = first + timedelta(days=days - 1), first + timedelta(days=gone - 1)
    assert progress_of(days * each, gone * each, first, last, as_of).state is TargetState.ON_TIME
    found = progress_of(days * each, gone * each - 1, first, last, as_of)
    assert found.state is TargetState.BEHIND


def test_an_issue_a_quarter_is_on_time_after_three_quarters():
    assert year_of(4, 3).state is TargetState.BEHIND
    assert year_of(4, 3, due=3) == Progress(TargetState.ON_TIME, 0.75, 0.75)
    assert year_of(4, 2, due=3).state is TargetState.BEHIND


@given(st.integers(2, 5000), st.data())
def test_all_that_was_due_is_on_time_and_one_less_is_behind(target: int, data: st.DataObject):
    due = data.draw(st.integers(1, target - 1))
    assert year_of(target, due, due=due).state is TargetState.ON_TIME
    assert year_of(target, due - 1, due=due).state is TargetState.BEHIND


@pytest.mark.parametrize(("target", "due"), [(25, 7), (29, 15), (38, 21)])
def test_what_was_due_is_compared_without_rounding(target: int, due: int):
    assert year_of(target, due, due=due).state is TargetState.ON_TIME


def test_a_target_that_was_due_in_whole_has_no_mark():
    assert year_of(2, 1, due=2) == Progress(TargetState.BEHIND, 0.5, None)


def test_nothing_due_yet_is_on_time_without_a_mark():
    assert year_of(2, 0, due=0) == Progress(TargetState.ON_TIME, 0.0, None)


def test_what_has_not_begun_is_not_due():
    november = (date(2020, 11, 1), date(2020, 11, 30))
    assert progress_of(1, None, *november, AS_OF).state is TargetState.NOT_YET
    assert progress_of(2, 1, *november, AS_OF) == Progress(TargetState.NOT_YET, 0.5, None)
    assert progress_of(1, 1, *november, AS_OF).state is TargetState.REACHED


def test_the_first_day_of_a_period_counts_as_begun():
    found = progress_of(30, 0, AS_OF, AS_OF + timedelta(days=29), AS_OF)
    assert found == Progress(TargetState.BEHIND, 0.0, pytest.approx(1 / 30))


@pytest.mark.parametrize("target", [None, 0])
def test_without_a_printed_target_nothing_is_judged(target: int | None):
    for result in (None, 28):
        found = year_of(target, result)
        assert found.state is TargetState.NO_TARGET
        assert found.share is None


def test_without_a_printed_result_nothing_is_judged():
    found = year_of(500, None)
    assert found.state is TargetState.NO_RESULT
    assert found.share is None


def test_a_period_that_is_over_asks_for_all_of_it():
    july = (date(2020, 2, 1), date(2020, 7, 31))
    assert progress_of(4, 3, *july, AS_OF) == Progress(TargetState.BEHIND, 0.75, None)
    assert progress_of(4, 4, *july, AS_OF) == Progress(TargetState.REACHED, 1.0, None)


def test_a_period_that_ends_that_day_is_over():
    assert progress_of(4, 3, FIRST, AS_OF, AS_OF) == Progress(TargetState.BEHIND, 0.75, None)


@pytest.mark.parametrize("result", [None, 1])
@pytest.mark.parametrize("target", [None, 2])
@pytest.mark.parametrize(
    "period", [(date(2020, 2, 1), date(2020, 7, 31)), (date(2020, 11, 1), date(2020, 11, 30))]
)
def test_the_mark_stands_only_within_a_period(
    target: int | None, result: int | None, period: tuple[date, date]
):
    assert progress_of(target, result, *period, AS_OF).gone is None


@given(
    st.none() | st.integers(0, 10**6),
    st.none() | st.integers(0, 10**6),
    st.none() | st.dates(FIRST, LAST),
    st.none() | st.dates(LAST, date(2022, 1, 1)),
    st.dates(FIRST, date(2022, 1, 1)),
)
def test_every_target_has_one_state_and_a_mark_within_its_bar(
    target: int | None, result: int | None, first: date | None, last: date | None, as_of: date
):
    found = progress_of(target, result, first, last, as_of)
    is_judged = bool(target) and result is not None
    assert (found.share is not None) == is_judged
    assert found.gone is None or 0 <= found.gone <= 1
    assert (found.state is TargetState.REACHED) == (
        bool(target) and result is not None and target is not None and result >= target
    )
