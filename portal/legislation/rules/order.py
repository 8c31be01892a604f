"""Whether the days of an enactment, and of the steps of a bill, follow each other."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.legislation.rules.kinds import StepKind

#: The days of an enactment as they follow each other (Local Autonomy Act: the council passes it,
#: sends it on, the mayor or superintendent promulgates it, and it takes effect).
DAYS = ("passed_on", "transmitted_on", "promulgated_on", "in_force_on")
_ORDER = tuple(StepKind)
_IN_COMMITTEE = frozenset((StepKind.RECEIVED, StepKind.REFERRED, StepKind.LAID, StepKind.REVIEWED))


@dataclass(frozen=True)
class DatedStep:
    """A step of a bill with its day.

    :ivar committee: tells the committees apart; None: it names none
    """

    kind: StepKind
    on: date
    committee: Hashable | None = None


def disordered_days(days: Mapping[str, date | None]) -> Iterator[tuple[str, str]]:
    """Give each day of an enactment that lies before an earlier one, with the name of that one.

    :param days: by their names in ``DAYS``; None where a day is not known
    """
    known = [(name, day) for name in DAYS if (day := days.get(name)) is not None]
    for number, (name, day) in enumerate(known):
        earlier = next((other for other, its in reversed(known[:number]) if day < its), None)
        if earlier is not None:
            yield name, earlier


def step_it_precedes(step: DatedStep, steps: Sequence[DatedStep]) -> DatedStep | None:
    """Return the step before which another one lies though it follows it; None: it lies well.

    Of steps that were taken several times the first counts: after a reconsideration the plenary
    votes again. A committee's steps are compared with its own, not with another committee's.
    """
    for kind in _ORDER[: _ORDER.index(step.kind)]:
        same = [one for one in steps if one.kind is kind and not _are_apart(one, step)]
        first = min(same, key=lambda one: one.on, default=None)
        if first is not None and step.on < first.on:
            return first
    return None


def _are_apart(one: DatedStep, other: DatedStep) -> bool:
    """Say whether two steps were taken in two committees."""
    both = (one.committee, other.committee)
    return _IN_COMMITTEE >= {one.kind, other.kind} and None not in both and both[0] != both[1]


def votes_beyond(present: int | None, *votes: int | None) -> int | None:
    """Return how many votes there are where that is more than the present; else None."""
    total = sum(number or 0 for number in votes)
    return total if present is not None and total > present else None
