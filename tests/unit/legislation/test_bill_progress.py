"""Where a bill stands: what no step says is not said."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.legislation.rules.kinds import StepKind, StepResult
from portal.legislation.rules.progress import (
    Outcome,
    Standing,
    is_over,
    outcome_of,
    referrals_of,
    standing_of,
)


@dataclass(frozen=True)
class Step:
    """A step of a test."""

    kind: StepKind
    result: StepResult | None = None
    committee: str | None = None
    on: date | None = None


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(StepKind),
        st.none() | st.sampled_from(StepResult),
        st.none() | st.sampled_from(["a", "b"]),
    ),
    max_size=8,
)
BEFORE_PLENARY = [
    kind for kind in StepKind if list(StepKind).index(kind) < list(StepKind).index(StepKind.PLENARY)
]


@pytest.mark.parametrize(
    ("steps", "standing"),
    [
        ([], Standing.NOTHING_KNOWN),
        ([Step(StepKind.PROPOSED)], Standing.PROPOSED),
        ([Step(StepKind.LAID)], Standing.IN_COMMITTEE),
        ([Step(StepKind.REVIEWED, StepResult.PASSED)], Standing.OUT_OF_COMMITTEE),
        ([Step(StepKind.REVIEWED, StepResult.CONTINUED)], Standing.IN_COMMITTEE),
        ([Step(StepKind.REVIEWED, StepResult.NOT_FORWARDED)], Standing.NOT_FORWARDED),
        ([Step(StepKind.PLENARY)], Standing.DECIDED),
        ([Step(StepKind.PLENARY, StepResult.AMENDED)], Standing.PASSED),
        ([Step(StepKind.PLENARY, StepResult.REJECTED)], Standing.REJECTED),
        ([Step(StepKind.PLENARY, StepResult.PASSED), Step(StepKind.WITHDRAWN)], Standing.WITHDRAWN),
        ([Step(StepKind.PROMULGATED), Step(StepKind.LAID)], Standing.PROMULGATED),
    ],
)
def test_the_furthest_step_tells(steps: list[Step], standing: Standing):
    assert standing_of(steps) is standing


def test_one_committee_that_goes_on_keeps_the_bill():
    steps = [
        Step(StepKind.REVIEWED, StepResult.PASSED, "a"),
        Step(StepKind.REVIEWED, StepResult.CONTINUED, "b"),
    ]
    assert standing_of(steps) is Standing.IN_COMMITTEE


@given(STEPS)
def test_nothing_before_the_plenary_passes(steps: list[Step]):
    before = [step for step in steps if step.kind in BEFORE_PLENARY]
    assert outcome_of(standing_of(before)) is Outcome.BEFORE_PLENARY


@given(STEPS)
def test_the_order_in_which_steps_are_told_does_not_matter(steps: list[Step]):
    assert standing_of(steps) is standing_of(steps[::-1])


@given(STEPS)
def test_every_committee_has_its_own_steps(steps: list[Step]):
    found = referrals_of(steps)
    assert len({referral.committee for referral in found}) == len(found)
    assert all(step.committee == r.committee for r in found for step in r.steps)


def test_a_passed_ordinance_is_not_over_before_it_is_promulgated():
    assert not is_over(Standing.PASSED, is_ordinance=True)
    assert is_over(Standing.PASSED, is_ordinance=False)
    assert not is_over(Standing.IN_COMMITTEE, is_ordinance=False)
