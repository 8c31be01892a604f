"""The desk of sign-ups: which parties it lists together, and whom the staff can write to."""

from enum import StrEnum

from portal.places.rules import ClaimState

_S = ClaimState


class Shown(StrEnum):
    """What the seats board lists; the first one when nothing is chosen."""

    CONFIRMED = "confirmed"
    NEEDS = "needs"
    HELD = "held"
    OFFERED = "offered"
    WAITING = "waiting"
    ATTENDED = "attended"
    ABSENT = "absent"
    CANCELLED = "cancelled"


#: The states of the parties in each list; who needs something is listed from all that may come.
STATES: dict[Shown, frozenset[ClaimState]] = {
    Shown.CONFIRMED: frozenset((_S.CONFIRMED,)),
    Shown.NEEDS: frozenset((_S.HELD, _S.OFFERED, _S.CONFIRMED, _S.ATTENDED)),
    Shown.HELD: frozenset((_S.HELD,)),
    Shown.OFFERED: frozenset((_S.OFFERED,)),
    Shown.WAITING: frozenset((_S.WAITING,)),
    Shown.ATTENDED: frozenset((_S.ATTENDED,)),
    Shown.ABSENT: frozenset((_S.ABSENT,)),
    Shown.CANCELLED: frozenset((_S.CANCELLED, _S.LAPSED)),
}


class Audience(StrEnum):
    """To whom one message goes."""

    ALL = "all"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    ONLINE = "online"


#: The states of those who get a message; who takes part online is told apart by the way.
REACHED: dict[Audience, frozenset[ClaimState]] = {
    Audience.ALL: frozenset((_S.HELD, _S.OFFERED, _S.CONFIRMED, _S.ATTENDED, _S.WAITING)),
    Audience.CONFIRMED: frozenset((_S.CONFIRMED, _S.ATTENDED)),
    Audience.WAITING: frozenset((_S.WAITING,)),
    Audience.ONLINE: frozenset((_S.CONFIRMED, _S.ATTENDED)),
}

#: What an average of opinions is shown from: fewer answers could tell who gave them.
FEWEST_ANSWERS = 5
#: The form of who was written down without being asked to agree: the council invited them.
INVITED = "invited"
