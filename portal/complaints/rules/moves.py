"""How a case moves: from its receipt to the answer, back when the person objects, and to its end.

What only adds something, such as a message, a paper or a note, is no move and may be done while a
case is open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    IN_HAND = "in_hand"
    WAITS_FOR_PERSON = "waits_for_person"
    WAITS_FOR_OTHERS = "waits_for_others"
    DRAFTED = "drafted"
    ANSWERED = "answered"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Mover(StrEnum):
    """Who moves a case.

    The second reader is an officer who did not write the answer.
    """

    PERSON = "person"
    OFFICER = "officer"
    SECOND_READER = "second_reader"


class CaseMove(StrEnum):
    """What is done with a case."""

    ASSIGN = "assign"
    ASK_FOR_MORE = "ask_for_more"
    SUPPLY = "supply"
    GO_ON = "go_on"
    EXTEND = "extend"
    BEGIN_SURVEY = "begin_survey"
    ASK_OTHERS = "ask_others"
    DRAFT_ANSWER = "draft_answer"
    RETURN_DRAFT = "return_draft"
    ANSWER = "answer"
    OBJECT = "object"
    TRANSFER = "transfer"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class MoveRule:
    """One line of the table of moves.

    :ivar target: None where the state stays
    :ivar asks_reason: whether whoever moves it must say why
    :ivar writes: whether the person is told of it by letter, where they can be reached
    """

    sources: frozenset[CaseState]
    target: CaseState | None
    by: Mover
    asks_reason: bool = False
    writes: bool = False


_S, _M = CaseState, Mover
#: An officer can go on with the case.
_AT_WORK = frozenset((_S.IN_HAND, _S.WAITS_FOR_PERSON, _S.WAITS_FOR_OTHERS))
#: The case waits for what is asked, from whomever.
_WAITS = frozenset((_S.WAITS_FOR_PERSON, _S.WAITS_FOR_OTHERS))
#: The council owes an answer.
OPEN = frozenset((_S.RECEIVED, _S.DRAFTED)) | _AT_WORK
#: Nothing more happens by itself; what the person gave is kept until its time is over.
ENDED = frozenset((_S.TRANSFERRED, _S.WITHDRAWN, _S.CLOSED))
_IN_HAND = frozenset((_S.IN_HAND,))
_DRAFTED = frozenset((_S.DRAFTED,))
_ANSWERED = frozenset((_S.ANSWERED,))

#: The table of moves. A case that was withdrawn or passed on to another body is not taken up again:
#: the person files anew, and nothing is done behind their back.
MOVES: Mapping[CaseMove, MoveRule] = {
    CaseMove.ASSIGN: MoveRule(frozenset((_S.RECEIVED,)) | _AT_WORK, _S.IN_HAND, _M.OFFICER),
    CaseMove.ASK_FOR_MORE: MoveRule(_IN_HAND, _S.WAITS_FOR_PERSON, _M.OFFICER, writes=True),
    CaseMove.SUPPLY: MoveRule(frozenset((_S.WAITS_FOR_PERSON,)), _S.IN_HAND, _M.PERSON),
    CaseMove.GO_ON: MoveRule(_WAITS, _S.IN_HAND, _M.OFFICER),
    CaseMove.EXTEND: MoveRule(_AT_WORK, None, _M.OFFICER, asks_reason=True, writes=True),
    CaseMove.BEGIN_SURVEY: MoveRule(_IN_HAND, _S.WAITS_FOR_OTHERS, _M.OFFICER, writes=True),
    CaseMove.ASK_OTHERS: MoveRule(_IN_HAND, _S.WAITS_FOR_OTHERS, _M.OFFICER),
    CaseMove.DRAFT_ANSWER: MoveRule(_IN_HAND, _S.DRAFTED, _M.OFFICER),
    CaseMove.RETURN_DRAFT: MoveRule(_DRAFTED, _S.IN_HAND, _M.SECOND_READER, asks_reason=True),
    CaseMove.ANSWER: MoveRule(_DRAFTED, _S.ANSWERED, _M.SECOND_READER, writes=True),
    CaseMove.OBJECT: MoveRule(_ANSWERED, _S.IN_HAND, _M.PERSON, asks_reason=True, writes=True),
    CaseMove.TRANSFER: MoveRule(
        frozenset((_S.RECEIVED, _S.IN_HAND)),
        _S.TRANSFERRED,
        _M.OFFICER,
        asks_reason=True,
        writes=True,
    ),
    CaseMove.CLOSE: MoveRule(_ANSWERED, _S.CLOSED, _M.OFFICER),
    CaseMove.REOPEN: MoveRule(
        frozenset((_S.CLOSED,)), _S.IN_HAND, _M.OFFICER, asks_reason=True, writes=True
    ),
    CaseMove.WITHDRAW: MoveRule(OPEN | _ANSWERED, _S.WITHDRAWN, _M.PERSON),
}


def moves_from(state: CaseState, by: Mover) -> tuple[CaseMove, ...]:
    """Return what somebody may do with a case in a state, in the order of the table."""
    return tuple(m for m, rule in MOVES.items() if state in rule.sources and rule.by is by)


def state_after(state: CaseState, move: CaseMove) -> CaseState:
    """Return where a case stands after a move.

    :raise ValueError: a case in this state can't be moved so
    """
    rule = MOVES[move]
    if state not in rule.sources:
        raise ValueError(f"a case that is {state} can't {move}")
    return rule.target or state
