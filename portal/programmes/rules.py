"""Rules of targets: how far a target has come, and whether that is on time."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction


class TargetState(StrEnum):
    """Where a target stands (look.md, badge)."""

    REACHED = "reached"
    ON_TIME = "on_time"
    BEHIND = "behind"
    NOT_YET = "not_yet"
    NO_TARGET = "no_target"
    NO_RESULT = "no_result"


#: States of targets that can be judged: the others print no number to judge by.
JUDGED = frozenset(
    (TargetState.REACHED, TargetState.ON_TIME, TargetState.BEHIND, TargetState.NOT_YET)
)


class LineKind(StrEnum):
    """What a line of a programme's text belongs to."""

    PURPOSE = "purpose"
    PLAN = "plan"
    RESULT = "result"


class LinkKind(StrEnum):
    """What a programme is related to."""

    SESSION = "session"
    EVENT = "event"
    COMMITTEE = "committee"
    UNIT = "unit"


@dataclass(frozen=True)
class Progress:
    """How far a target has come.

    :ivar share: result as a share of the target; None when either is not printed as a number
    :ivar gone: share of its period that is gone; None when it is over or has not begun
    """

    state: TargetState
    share: float | None
    gone: float | None


def progress_of(
    target: int | None,
    result: int | None,
    first: date | None,
    last: date | None,
    as_of: date,
    *,
    due: int | None = None,
) -> Progress:
    """Return how far a target had come when its result was counted.

    Reached is 100 % and more. Else it is on time when the share of the target is at least the
    share of the period that is gone, and behind below it.

    :param first: first day of its period; None when that is not printed
    :param last: last day of its period
    :param as_of: day at whose end the result was counted
    :param due: how much of the target was due by then, where its period names days or quarters;
        None: it is due evenly
    """
    gone = _share_gone(first, last, as_of)
    if target and due is not None:
        gone = min(Fraction(1), Fraction(due, target))
    mark = float(gone) if gone is not None and 0 < gone < 1 else None
    if target is None or target <= 0:
        return Progress(TargetState.NO_TARGET, None, mark)
    has_begun = first is None or first <= as_of
    if result is None:
        return Progress(TargetState.NO_RESULT if has_begun else TargetState.NOT_YET, None, mark)
    state = _state_of(Fraction(result, target), gone, has_begun=has_begun)
    return Progress(state, result / target, mark)


def _state_of(share: Fraction, gone: Fraction | None, *, has_begun: bool) -> TargetState:
    """Return the state of a target whose share of the result is known."""
    if share >= 1:
        return TargetState.REACHED
    if not has_begun:
        return TargetState.NOT_YET
    return TargetState.ON_TIME if gone is not None and share >= gone else TargetState.BEHIND


def _share_gone(first: date | None, last: date | None, as_of: date) -> Fraction | None:
    """Return how much of a period is gone, 0 to 1; None when the period is not known."""
    if first is None or last is None:
        return None
    if as_of < first:
        return Fraction(0)
    days = (last - first) // timedelta(days=1) + 1
    return min(Fraction(1), Fraction((as_of - first) // timedelta(days=1) + 1, days))
