"""How places are given out: the states of a claim, the order of the line, and the deadlines.

The rule, as it is published: parties are served in the order in which they were accepted. Where the
free places are too few for the first in line, the first behind it whose party fits gets them, and
each party that was passed over is counted. Once a party has been passed over a set number of times,
freed places are kept for it until its party fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class ClaimState(StrEnum):
    """Where a party's claim on places stands."""

    WAITING = "waiting"
    HELD = "held"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    ATTENDED = "attended"
    ABSENT = "absent"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


_S = ClaimState
#: States in which a claim takes places.
TAKING = frozenset((_S.HELD, _S.OFFERED, _S.CONFIRMED, _S.ATTENDED))
#: States that end by themselves at a deadline.
ENDING = frozenset((_S.HELD, _S.OFFERED))
#: States in which a party still hopes for places or has them.
LIVE = TAKING | {_S.WAITING}
#: The moves a claim may make; nothing leads back from cancelled or lapsed.
MOVES: dict[ClaimState, frozenset[ClaimState]] = {
    _S.WAITING: frozenset((_S.HELD, _S.OFFERED, _S.CANCELLED, _S.LAPSED)),
    _S.HELD: frozenset((_S.CONFIRMED, _S.CANCELLED, _S.LAPSED)),
    _S.OFFERED: frozenset((_S.CONFIRMED, _S.CANCELLED, _S.LAPSED)),
    _S.CONFIRMED: frozenset((_S.ATTENDED, _S.ABSENT, _S.CANCELLED)),
    _S.ATTENDED: frozenset((_S.CONFIRMED, _S.ABSENT)),
    _S.ABSENT: frozenset((_S.ATTENDED, _S.CONFIRMED)),
    _S.CANCELLED: frozenset(),
    _S.LAPSED: frozenset(),
}

#: Near the beginning a deadline is never shorter than this, unless it all begins before.
SHORTEST_DEADLINE = timedelta(hours=1)


@dataclass(frozen=True)
class Terms:
    """What holds for a pool of places; who owns the pool decides it.

    :ivar capacity: places in all; None: without limit
    :ivar held_back: of these, not given out before somebody releases them
    :ivar most_party: the largest party
    :ivar hold_hours: so long a place is held until the letter's link is opened
    :ivar offer_hours: so long an offer stands
    :ivar rest_hours: so long before the beginning every hold and offer ends
    :ivar most_passes: so often a party is passed over before places are kept for it
    :ivar starts_at: aware; nothing is offered from then on. None: not known yet
    """

    capacity: int | None
    held_back: int = 0
    most_party: int = 4
    hold_hours: int = 24
    offer_hours: int = 24
    rest_hours: int = 2
    most_passes: int = 3
    starts_at: datetime | None = None

    @property
    def room(self) -> int | None:
        """Return how many places can be given out at all; None: without limit."""
        return None if self.capacity is None else max(0, self.capacity - self.held_back)


@dataclass(frozen=True)
class InLine:
    """A party in the line: what it needs, and how often it was passed over."""

    claim_id: int
    size: int
    passes: int = 0


@dataclass(frozen=True)
class Handing:
    """What one look at the line gives.

    :ivar served: ids of claims that get their places now, in order
    :ivar passed: ids of claims once for each time one behind them was served
    """

    served: tuple[int, ...] = ()
    passed: tuple[int, ...] = ()


def hand_out(free: int | None, room: int | None, line: Sequence[InLine], most: int) -> Handing:
    """Return who in the line is served with the free places.

    A party that is larger than the whole room can't be served, so nobody waits for it.

    :param free: places free now; None: without limit
    :param room: places that could be free at most; None: without limit
    :param line: who waits, in order
    :param most: so often a party is passed over before places are kept for it
    """
    served: list[int] = []
    passed: list[int] = []
    ahead: list[InLine] = []
    for party in line:
        if room is not None and party.size > room:
            continue
        if free is None or party.size <= free:
            free = None if free is None else free - party.size
            served.append(party.claim_id)
            passed += [each.claim_id for each in ahead]
            ahead = [replace(each, passes=each.passes + 1) for each in ahead]
        else:
            ahead.append(party)
        if free == 0 or any(each.passes >= most for each in ahead):
            break
    return Handing(tuple(served), tuple(passed))


def deadline(terms: Terms, at: datetime, hours: int) -> datetime:
    """Return when a hold or offer of a time ends: sooner near the beginning.

    :param at: aware; when it was made
    """
    until = at + timedelta(hours=hours)
    if terms.starts_at is None:
        return until
    last = terms.starts_at - timedelta(hours=terms.rest_hours)
    return min(until, max(last, at + SHORTEST_DEADLINE), max(at, terms.starts_at))


def can_move(state: ClaimState, to: ClaimState) -> bool:
    """Say whether a claim may go from one state to another."""
    return to in MOVES[state]
