"""Pure rules of remarks: their moves, which page they are about, and what no text may hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class RemarkState(StrEnum):
    """Where a remark stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    HIDDEN = "hidden"


class RemarkMove(StrEnum):
    """What the staff do with a remark."""

    ANSWER = "answer"
    CLOSE = "close"
    HIDE = "hide"
    REOPEN = "reopen"


class HideReason(StrEnum):
    """Why a remark gets no answer and is kept out of the list."""

    ABUSE = "abuse"
    SPAM = "spam"


@dataclass(frozen=True)
class MoveRule:
    """One line of the table of moves."""

    sources: frozenset[RemarkState]
    target: RemarkState


@dataclass(frozen=True)
class Draft:
    """A remark as its reader wrote it.

    :ivar page: path of the page, without language
    :ivar should_say: what would be right, or how the reader knows; empty when they left it out
    :ivar email: where the answer goes; empty when they want none by mail
    :ivar language: ``ko`` or ``en``: of the page, so of the answer
    """

    page: str
    wrong: str
    should_say: str
    email: str
    language: str


_OPEN = frozenset((RemarkState.OPEN,))
_DONE = frozenset((RemarkState.ANSWERED, RemarkState.CLOSED, RemarkState.HIDDEN))

#: The table of moves. What was decided can be taken up again, and nothing is decided twice.
MOVES: Mapping[RemarkMove, MoveRule] = {
    RemarkMove.ANSWER: MoveRule(_OPEN, RemarkState.ANSWERED),
    RemarkMove.CLOSE: MoveRule(_OPEN, RemarkState.CLOSED),
    RemarkMove.HIDE: MoveRule(_OPEN, RemarkState.HIDDEN),
    RemarkMove.REOPEN: MoveRule(_DONE, RemarkState.OPEN),
}

#: So many remarks one network address may send within the window; a reader who goes through a
#: whole report by hand sends fewer.
MOST_REMARKS = 10
WINDOW = timedelta(hours=1)

#: So many letters about arrived remarks go to one address within a day, whoever names it; a reader
#: who sends more sees on the page of each that it has arrived.
MOST_LETTERS = 3
LETTER_WINDOW = timedelta(days=1)

LONGEST_PAGE = 200
LONGEST_TEXT = 2000

_PATH = re.compile(r"/[\w/.~-]*")
#: Below these lie secrets of one-time links, or what no reader can open.
_NOT_TOLD = ("staff", "feedback")


def can_move(state: RemarkState, move: RemarkMove) -> bool:
    """Say whether a remark in a state can be moved so."""
    return state in MOVES[move].sources


def page_path(text: str) -> str | None:
    """Return the path of a page of this site without its language, None for anything else.

    :param text: a path as a link names it, such as ``/en/calendar``
    """
    path = text.removeprefix("/en") if text.startswith("/en/") else text
    if len(path) > LONGEST_PAGE or not _PATH.fullmatch(path):
        return None
    is_told = path.split("/")[1] not in _NOT_TOLD
    return path if is_told and "//" not in path and ".." not in path else None
