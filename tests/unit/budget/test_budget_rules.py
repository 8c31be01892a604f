"""Money as the report counts it: rounding, rates, what "planned" means, the year gone."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.budget.pages import Money
from portal.budget.rules import (
    Plan,
    PlannedMeaning,
    ShownUnit,
    Unit,
    normalise_plan,
    per_person,
    permille_of,
    rate_of,
    round_half_up,
    share_of_year,
)
from portal.config import ROOT
from portal.importers.budget_files import ExecutionRow
from portal.importers.tables import read_table

WON = st.integers(0, 10**14)
LAST_OF_OCTOBER = date(2020, 10, 31)


def money(current: int, spent: int, committed: int | None = None) -> Money:
    return Money(
        as_of=LAST_OF_OCTOBER,
        unit=Unit.WON,
        current=current,
        committed=committed,
        committed_rate=None,
        spent=spent,
        spent_rate=None,
        planned=None,
        planned_rate=None,
        planned_is=None,
        remaining=None,
        remaining_reason=None,
        remaining_reason_en=None,
    )


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from((1, 10, 100, 1000)))
def test_rounding_is_that_of_the_decimal_half_up(value: Decimal, steps: int):
    expected = int((value * steps).quantize(Decimal(1), ROUND_HALF_UP))
    assert round_half_up(Fraction(value), steps) == expected


@pytest.mark.parametrize(
    ("half", "rounded"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("-2.5", -3)]
)
def test_a_half_is_rounded_away_from_zero_and_not_to_even(half: str, rounded: int):
    assert round_half_up(Fraction(half)) == rounded


@pytest.mark.parametrize(
    ("part", "whole", "permille"),
    [
        (18_916, 27_766, 681),
        (16_854, 27_766, 607),
        (2_253, 5_881, 383),
        (23, 268, 86),
        (2_278, 3_796, 600),
        (66_000, 66_745, 989),
        (55_000, 55_000, 1000),
        (1, 2_000, 1),
        (0, 5, 0),
    ],
)
def test_rates_are_those_that_the_report_prints(part: int, whole: int, permille: int):
    assert permille_of(part, whole) == permille


def test_the_rate_of_opinion_polls_is_not_the_printed_one():
    assert permille_of(26_241, 180_000) == 146


def test_a_part_of_nothing_has_no_rate():
    assert permille_of(1, 0) is None
    assert rate_of(0, 0) is None


@given(WON, st.integers(1, 10**14), st.integers(1, 10**6))
def test_a_rate_does_not_depend_on_the_unit(part: int, whole: int, unit: int):
    assert permille_of(part * unit, whole * unit) == permille_of(part, whole)


@given(WON, WON, WON, st.sampled_from((PlannedMeaning.ADDITIONAL, PlannedMeaning.CUMULATIVE)))
def test_what_is_spent_planned_and_left_is_the_whole(
    current: int, spent: int, planned: int, meaning: PlannedMeaning
):
    plan = normalise_plan(current, spent, planned, meaning)
    assert plan is not None and plan.additional is not None and plan.left is not None
    assert plan.spent + plan.additional + plan.left == current


@given(WON, WON, WON)
def test_the_two_meanings_differ_by_what_was_spent(current: int, spent: int, planned: int):
    after = normalise_plan(current, spent, planned, PlannedMeaning.ADDITIONAL)
    all_year = normalise_plan(current, spent, spent + planned, PlannedMeaning.CUMULATIVE)
    assert after == all_year
    assert after is not None and after.additional == planned


@pytest.mark.parametrize(
    ("current", "spent", "planned", "meaning", "plan"),
    [
        (216_000, 79_842, 85_500, PlannedMeaning.ADDITIONAL, Plan(79_842, 85_500, 50_658)),
        (366_508, 173_250, 354_700, PlannedMeaning.CUMULATIVE, Plan(173_250, 181_450, 11_808)),
        (66_745, 66_000, 7_450, PlannedMeaning.UNCLEAR, Plan(66_000, None, None)),
        (27_766, 16_854, None, None, None),
    ],
)
def test_plans_of_the_report_are_read_in_one_meaning(
    current: int,
    spent: int,
    planned: int | None,
    meaning: PlannedMeaning | None,
    plan: Plan | None,
):
    assert normalise_plan(current, spent, planned, meaning) == plan


def test_every_printed_remainder_is_what_the_plan_leaves():
    rows = [
        placed.row for placed in read_table(ROOT / "data", "budget/execution.csv", ExecutionRow)
    ]
    printed = [row for row in rows if row.planned is not None and row.remaining is not None]
    assert len(printed) > 10
    for row in printed:
        plan = normalise_plan(row.current, row.spent, row.planned, row.planned_is)
        assert plan is not None and plan.left == row.remaining, row.line


def test_the_last_of_october_leaves_a_sixth_of_the_leap_year():
    assert share_of_year(LAST_OF_OCTOBER) == 305 / 366


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2100])
def test_a_year_is_gone_when_its_last_day_ends(year: int):
    assert share_of_year(date(year, 12, 31)) == 1
    assert 1 / 367 < share_of_year(date(year, 1, 1)) < 1 / 364


@given(st.dates(date(1900, 1, 1), date(2200, 12, 30)))
def test_each_day_takes_the_same_share_of_its_year(day: date):
    after = day + timedelta(days=1)
    if after.year == day.year:
        assert share_of_year(after) - share_of_year(day) == pytest.approx(
            share_of_year(date(day.year, 1, 1))
        )


@pytest.mark.parametrize(
    ("won", "people", "each"),
    [(5, 2, 3), (3, 2, 2), (10, 3, 3), (27_766_000_000, 9_668_465, 2872), (7, None, None)],
)
def test_each_persons_part_is_rounded_half_up(won: int, people: int | None, each: int | None):
    assert per_person(won, people) == each


def test_nobody_has_no_part():
    assert per_person(7, 0) is None


@pytest.mark.parametrize(("unit", "won"), [("won", 1), ("thousand", 1000), ("million", 1_000_000)])
def test_a_unit_is_worth_the_same_printed_and_shown(unit: str, won: int):
    assert Unit(unit).won == ShownUnit(unit).won == won


def test_a_reader_may_see_more_units_than_are_printed():
    assert {unit.value for unit in ShownUnit} - {unit.value for unit in Unit} == {"eok", "words"}
    assert ShownUnit.EOK.won == 100_000_000


@given(WON, WON, WON)
def test_the_shares_of_a_bar_lie_within_it(spent: int, more: int, left: int):
    row = money(spent + more + left, spent, committed=spent + more)
    if row.current:
        assert row.spent_share is not None
        assert 0 <= row.spent_share <= row.spent_share + row.committed_share <= 1 + 1e-9
    assert row.left == more + left


def test_a_line_without_money_has_no_share_but_no_error():
    assert money(0, 0, committed=0).spent_share is None
    assert money(0, 0, committed=0).committed_share == 0


def test_less_committed_than_spent_is_nothing_committed_besides():
    assert money(100, 50, committed=40).committed_share == 0
    assert money(100, 50).committed_share == 0


def test_a_plan_that_is_not_printed_is_not_known():
    assert money(100, 50).still_planned is None
    assert money(100, 50).left_at_the_end is None
