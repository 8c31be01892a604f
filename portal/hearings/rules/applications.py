"""Applications for a hearing: what may be asked for, and how an application moves."""

from dataclasses import dataclass
from enum import StrEnum

from portal.hearings.rules.kinds import HearingKind


class ApplicationState(StrEnum):
    """Where an application stands."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"


_S = ApplicationState
#: The moves an application may make.
MOVES: dict[ApplicationState, frozenset[ApplicationState]] = {
    _S.SUBMITTED: frozenset((_S.APPROVED, _S.REFUSED, _S.WITHDRAWN)),
    _S.APPROVED: frozenset((_S.WITHDRAWN, _S.SETTLED)),
    _S.REFUSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.SETTLED: frozenset(),
}


@dataclass(frozen=True)
class Support:
    """What the secretariat gives at most for one hearing of a kind.

    :ivar most_won: in all, with the business expenses
    :ivar most_business_won: of these for business expenses (업무추진비)
    """

    most_won: int
    most_business_won: int


#: Business report of November 2020, line 2076: 3,000 thousand won with 200 for business expenses,
#: and 2,000 with 150. The report says nothing about public hearings; they are discussions there.
SUPPORT: dict[HearingKind, Support] = {
    HearingKind.PUBLIC_HEARING: Support(3_000_000, 200_000),
    HearingKind.PUBLIC_DISCUSSION: Support(3_000_000, 200_000),
    HearingKind.ONLINE_DISCUSSION: Support(3_000_000, 200_000),
    HearingKind.EXPERT_SEMINAR: Support(2_000_000, 150_000),
}


def can_move(state: ApplicationState, to: ApplicationState) -> bool:
    """Say whether an application may go from one state to another."""
    return to in MOVES[state]
