"""Applications for a hearing: what may be asked for, and how an application moves."""

from dataclasses import dataclass
from datetime import datetime
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


#: States in which the money of an application is promised or was spent.
GRANTED = frozenset((_S.APPROVED, _S.SETTLED))


@dataclass(frozen=True)
class Support:
    """An amount of support in won: asked for, granted, spent, or the most there is of a kind.

    :ivar won: in all, with the business expenses
    :ivar business_won: of these for business expenses (업무추진비)
    """

    won: int
    business_won: int

    @property
    def is_sound(self) -> bool:
        """Say whether it is no debt, and its business expenses are a part of it."""
        return 0 <= self.business_won <= self.won

    def is_within(self, most: "Support") -> bool:
        """Say whether neither the sum nor its business expenses are more than another's."""
        is_in_all = self.won <= most.won
        return is_in_all and self.business_won <= most.business_won

    def least(self, other: "Support") -> "Support":
        """Return the lesser sum and the lesser business expenses of two."""
        return Support(
            min(self.won, other.won),
            min(self.business_won, other.business_won),
        )


#: Business report of November 2020, line 2077: 3,000 thousand won with 200 for business expenses,
#: and 2,000 with 150. The report says nothing about public hearings; they are discussions there.
SUPPORT: dict[HearingKind, Support] = {
    HearingKind.PUBLIC_HEARING: Support(3_000_000, 200_000),
    HearingKind.PUBLIC_DISCUSSION: Support(3_000_000, 200_000),
    HearingKind.ONLINE_DISCUSSION: Support(3_000_000, 200_000),
    HearingKind.EXPERT_SEMINAR: Support(2_000_000, 150_000),
}
_DISCUSSION_ROOMS = ("members-1", "members-2")
#: The addresses of the rooms that a kind takes place in (report, line 2068: rooms 1 and 2 of the
#: Members' Hall for discussions, also those that are online, and the small one for seminars). A
#: kind that is not named may be in any room, since the report names none. So may be all kinds of
#: a council that has none of these rooms.
ROOMS: dict[HearingKind, tuple[str, ...]] = {
    HearingKind.PUBLIC_DISCUSSION: _DISCUSSION_ROOMS,
    HearingKind.ONLINE_DISCUSSION: _DISCUSSION_ROOMS,
    HearingKind.EXPERT_SEMINAR: ("members-small",),
}
#: Public hearings are held by committees, the others proposed by committees and members (report,
#: line 2059).
BY_COMMITTEES_ONLY = frozenset((HearingKind.PUBLIC_HEARING,))
#: The address of the work programme that pays, in the data of a council that has one.
PROGRAMME = "hearings"


@dataclass(frozen=True)
class Draft:
    """What an office asks for.

    :ivar committee_id: whose hearing it is; or ``member_id``: one of the two
    :ivar starts_at: aware, as ``ends_at``
    :ivar people: how many are expected; None: not known
    :ivar plenary_because: why it may be on a day of a plenary sitting
    """

    kind: HearingKind
    title: str
    topic: str
    committee_id: int | None
    member_id: int | None
    room_id: int
    starts_at: datetime
    ends_at: datetime
    people: int | None
    wanted: Support
    plenary_because: str | None = None
    bill_id: int | None = None


def can_move(state: ApplicationState, to: ApplicationState) -> bool:
    """Say whether an application may go from one state to another."""
    return to in MOVES[state]


def most_to_grant(kind: HearingKind, wanted: Support) -> Support:
    """Return what may be granted at most: the limits of the kind, and no more than was asked."""
    return SUPPORT[kind].least(wanted)
