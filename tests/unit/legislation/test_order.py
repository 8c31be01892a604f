"""Days of enactments and steps follow each other, as far as they are known."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest

from portal.config import ROOT
from portal.legislation.rules.kinds import StepKind
from portal.legislation.rules.order import (
    DAYS,
    DatedStep,
    disordered_days,
    step_it_precedes,
    votes_beyond,
)


def on(day: int) -> date:
    return date(2020, 11, day)


def step(kind: StepKind, day: int, committee: str | None = None) -> DatedStep:
    return DatedStep(kind, on(day), committee)


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ({}, []),
        ({"passed_on": on(2), "transmitted_on": on(2), "promulgated_on": on(20)}, []),
        ({"passed_on": on(3), "transmitted_on": on(2)}, [("transmitted_on", "passed_on")]),
        ({"passed_on": on(3), "in_force_on": on(2)}, [("in_force_on", "passed_on")]),
        (
            {"promulgated_on": on(9), "transmitted_on": None, "in_force_on": on(8)},
            [("in_force_on", "promulgated_on")],
        ),
    ],
)
def test_each_day_is_compared_with_the_known_ones_before_it(
    days: dict[str, date | None], wrong: list[tuple[str, str]]
):
    assert list(disordered_days(days)) == wrong


def test_a_step_before_the_one_it_follows_is_found():
    proposed, plenary = step(StepKind.PROPOSED, 5), step(StepKind.PLENARY, 4)
    assert step_it_precedes(plenary, [proposed, plenary]) == proposed
    assert step_it_precedes(proposed, [proposed, plenary]) is None


def test_steps_of_one_day_are_in_order():
    steps = [step(kind, 4) for kind in StepKind]
    assert [step_it_precedes(one, steps) for one in steps] == [None] * len(steps)


def test_each_committee_has_a_way_of_its_own():
    steps = [
        step(StepKind.REFERRED, 1, "transport"),
        step(StepKind.REVIEWED, 5, "transport"),
        step(StepKind.REFERRED, 6, "education"),
        step(StepKind.REVIEWED, 8, "education"),
        step(StepKind.PLENARY, 9),
    ]
    assert [step_it_precedes(one, steps) for one in steps] == [None] * 5
    early = step(StepKind.REVIEWED, 4, "education")
    assert step_it_precedes(early, steps) == steps[2]


def test_the_plenary_may_vote_again_after_a_reconsideration():
    steps = [
        step(StepKind.PLENARY, 1),
        step(StepKind.TRANSMITTED, 3),
        step(StepKind.RECONSIDERED, 10),
        step(StepKind.PLENARY, 20),
        step(StepKind.TRANSMITTED, 22),
    ]
    assert [step_it_precedes(one, steps) for one in steps] == [None] * 5


@pytest.mark.parametrize(
    ("present", "votes", "beyond"),
    [
        (None, (99, 1, 0), None),
        (100, (99, 0, 1), None),
        (100, (None, None, None), None),
        (99, (99, 0, 1), 100),
        (0, (1, None, None), 1),
    ],
)
def test_votes_are_at_most_the_present(
    present: int | None, votes: tuple[int | None, ...], beyond: int | None
):
    assert votes_beyond(present, *votes) == beyond


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Give the rows of a file of our data."""
    with (ROOT / "data" / "legislation" / f"{name}.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def day_of(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def test_our_own_enactments_and_steps_are_in_order():
    wrong: list[object] = []
    for row in rows_of("enactments"):
        wrong += disordered_days({name: day_of(row[name]) for name in DAYS})
    steps = defaultdict(list)
    for row in rows_of("bill_steps"):
        if day := day_of(row["on"]):
            steps[row["bill"]].append(
                DatedStep(StepKind(row["kind"]), day, row["committee"] or None)
            )
    wrong += [one for way in steps.values() for one in way if step_it_precedes(one, way)]
    assert wrong == []
