"""Where a bill stands, from its steps: nothing is said that no step says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from portal.legislation.rules.kinds import StepKind, StepResult


class Standing(StrEnum):
    """Where a bill stands, in the order of its way."""

    NOTHING_KNOWN = "nothing_known"
    PROPOSED = "proposed"
    IN_COMMITTEE = "in_committee"
    OUT_OF_COMMITTEE = "out_of_committee"
    DECIDED = "decided"
    PASSED = "passed"
    TRANSMITTED = "transmitted"
    RECONSIDERED = "reconsidered"
    PROMULGATED = "promulgated"
    REJECTED = "rejected"
    NOT_FORWARDED = "not_forwarded"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Outcome(StrEnum):
    """What a bill has come to, as a reader asks for it."""

    PASSED = "passed"
    REJECTED = "rejected"
    ENDED = "ended"
    NOT_KNOWN = "not_known"
    BEFORE_PLENARY = "before_plenary"


_IN_FAVOUR = frozenset((StepResult.PASSED, StepResult.AMENDED))
_COMMITTEE_STEPS = (StepKind.RECEIVED, StepKind.REFERRED, StepKind.LAID, StepKind.REVIEWED)
_LAST = frozenset(
    (
        Standing.DECIDED,
        Standing.PASSED,
        Standing.TRANSMITTED,
        Standing.PROMULGATED,
        Standing.REJECTED,
        Standing.NOT_FORWARDED,
        Standing.WITHDRAWN,
        Standing.LAPSED,
    )
)
_OUTCOMES = {
    Standing.PASSED: Outcome.PASSED,
    Standing.TRANSMITTED: Outcome.PASSED,
    Standing.PROMULGATED: Outcome.PASSED,
    Standing.REJECTED: Outcome.REJECTED,
    Standing.WITHDRAWN: Outcome.ENDED,
    Standing.LAPSED: Outcome.ENDED,
    Standing.DECIDED: Outcome.NOT_KNOWN,
    Standing.RECONSIDERED: Outcome.NOT_KNOWN,
}
_BY_ITSELF = {
    StepKind.PROPOSED: Standing.PROPOSED,
    StepKind.TRANSMITTED: Standing.TRANSMITTED,
    StepKind.RECONSIDERED: Standing.RECONSIDERED,
    StepKind.PROMULGATED: Standing.PROMULGATED,
    StepKind.WITHDRAWN: Standing.WITHDRAWN,
    StepKind.LAPSED: Standing.LAPSED,
}


class Step(Protocol):
    """What the rules need to know of a step."""

    @property
    def kind(self) -> StepKind:
        """Return what it is."""

    @property
    def result(self) -> StepResult | None:
        """Return how it ended; None where no source says it."""

    @property
    def on(self) -> date | None:
        """Return its day; None where no source says it."""

    @property
    def committee(self) -> str | None:
        """Return the committee it happened in."""


AnyStep = TypeVar("AnyStep", bound=Step)


@dataclass(frozen=True)
class Referral(Generic[AnyStep]):
    """The steps of a bill in one committee.

    :ivar committee: its slug; None where no source names it
    """

    committee: str | None
    steps: tuple[AnyStep, ...]

    @property
    def result(self) -> StepResult | None:
        """Return how the committee decided, None where that is not known."""
        return next((step.result for step in reversed(self.steps) if step.result), None)


def standing_of(steps: Sequence[Step]) -> Standing:
    """Return where a bill stands by the furthest step that is known.

    A step before a committee never counts as passed; a plenary step without a printed result is
    ``DECIDED``: dealt with, how is not known.
    """
    kinds = {step.kind for step in steps}
    for kind in reversed(StepKind):
        if kind in kinds and kind in _BY_ITSELF:
            return _BY_ITSELF[kind]
        if kind is StepKind.PLENARY and (decided := _after_plenary(steps)):
            return decided
        if kind in kinds and kind in _COMMITTEE_STEPS:
            return _after_committees([step for step in steps if step.kind is StepKind.REVIEWED])
    return Standing.IN_COMMITTEE if kinds else Standing.NOTHING_KNOWN


def is_over(standing: Standing, *, is_ordinance: bool) -> bool:
    """Say whether nothing more is decided about a bill; an ordinance is still to be promulgated."""
    if is_ordinance and standing in (Standing.PASSED, Standing.TRANSMITTED):
        return False
    return standing in _LAST


def outcome_of(standing: Standing) -> Outcome:
    """Return what a bill has come to that stands somewhere."""
    return _OUTCOMES.get(standing, Outcome.BEFORE_PLENARY)


def _after_plenary(steps: Sequence[Step]) -> Standing | None:
    """Return how the plenary decided; None where it has not, or goes on."""
    results = {step.result for step in steps if step.kind is StepKind.PLENARY}
    if results & _IN_FAVOUR:
        return Standing.PASSED
    if StepResult.REJECTED in results:
        return Standing.REJECTED
    return Standing.DECIDED if results - {StepResult.CONTINUED} else None


def _after_committees(reviews: Sequence[Step]) -> Standing:
    """Return the standing after committees alone; one that goes on keeps it with them."""
    results = {step.result for step in reviews}
    if not results or results & {None, StepResult.CONTINUED}:
        return Standing.IN_COMMITTEE
    if results & _IN_FAVOUR:
        return Standing.OUT_OF_COMMITTEE
    return Standing.NOT_FORWARDED


def referrals_of(steps: Sequence[AnyStep]) -> tuple[Referral[AnyStep], ...]:
    """Return the steps before committees, by committee, in the order in which each began."""
    before = [step for step in steps if step.kind in _COMMITTEE_STEPS]
    names = dict.fromkeys(step.committee for step in before if step.committee)
    return tuple(
        Referral(name, tuple(step for step in before if step.committee == name)) for name in names
    )
