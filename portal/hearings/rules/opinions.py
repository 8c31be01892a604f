"""Opinions: how they stand, under which name they are shown, and which say the same."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from portal.legislation.rules.kinds import Field


class OpinionState(StrEnum):
    """Where an opinion stands."""

    WAITING = "waiting"
    PUBLISHED = "published"
    HIDDEN = "hidden"


class ObjectionState(StrEnum):
    """Where the one objection against hiding stands."""

    NONE = "none"
    OPEN = "open"
    UPHELD = "upheld"
    RESTORED = "restored"


class NameShown(StrEnum):
    """How its author's name is shown."""

    FULL = "full"
    INITIALS = "initials"
    NONE = "none"


class HouseRule(StrEnum):
    """The public rules; an opinion is hidden by one of them, never for what it wants."""

    INSULT = "insult"
    PERSONAL = "personal"
    ADVERTISING = "advertising"
    UNRELATED = "unrelated"
    UNLAWFUL = "unlawful"


class OpinionMove(StrEnum):
    """What the staff do with an opinion."""

    PUBLISH = "publish"
    CHANGE = "change"
    HIDE = "hide"
    REOPEN = "reopen"
    RESTORE = "restore"
    UPHOLD = "uphold"


@dataclass(frozen=True)
class MoveRule:
    """One line of the table of moves.

    :ivar sources: where an opinion stands before
    :ivar objections: where the objection of its author stands before
    """

    sources: frozenset[OpinionState]
    objections: frozenset[ObjectionState]
    target: OpinionState


@dataclass(frozen=True)
class Draft:
    """An opinion as its author wrote it.

    :ivar name: empty when they left it out; then it is not shown
    :ivar email: where the answer goes; empty when they want none by mail
    :ivar language: ``ko`` or ``en``: of the page, so of the letters
    :ivar file_id: of the file that came with it; None: none
    """

    text: str
    name: str
    name_shown: NameShown
    email: str
    field: Field | None
    language: str
    file_id: int | None = None


_WAITING = frozenset((OpinionState.WAITING,))
_PUBLISHED = frozenset((OpinionState.PUBLISHED,))
_HIDDEN = frozenset((OpinionState.HIDDEN,))
_ANY = frozenset(ObjectionState)
_NONE = frozenset((ObjectionState.NONE,))
_OPEN = frozenset((ObjectionState.OPEN,))

#: The table of moves. What another moderator restored after an objection is not hidden again: its
#: text can be changed where it tells about a person, with a reason. What was hidden by mistake is
#: taken up again as long as nobody objected.
MOVES: Mapping[OpinionMove, MoveRule] = {
    OpinionMove.PUBLISH: MoveRule(_WAITING, _ANY, OpinionState.PUBLISHED),
    OpinionMove.CHANGE: MoveRule(_PUBLISHED, _ANY, OpinionState.PUBLISHED),
    OpinionMove.HIDE: MoveRule(_WAITING | _PUBLISHED, _NONE, OpinionState.HIDDEN),
    OpinionMove.REOPEN: MoveRule(_HIDDEN, _NONE, OpinionState.WAITING),
    OpinionMove.RESTORE: MoveRule(_HIDDEN, _OPEN, OpinionState.PUBLISHED),
    OpinionMove.UPHOLD: MoveRule(_HIDDEN, _OPEN, OpinionState.HIDDEN),
}

LONGEST_TEXT = 5000
LONGEST_OBJECTION = 2000
LONGEST_ANSWER = 5000
#: Initials of a name of so many letters fit the column of the shown name.
LONGEST_NAME = 50
#: So many opinions of one text are decided in one deed.
MOST_TOGETHER = 300

#: So many letters about arrived opinions go to one address within a day, whoever names it.
MOST_LETTERS = 3
LETTER_WINDOW = timedelta(days=1)

#: The words of the consent that the form asks for; another text gets another name.
CONSENT = "2026-11"
#: No opinion keeps anything about its author longer than this after it was sent, whenever its
#: hearing is.
LONGEST_KEPT = timedelta(days=730)

#: Digits and letters that nobody takes for others when they are read aloud.
NUMBER_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_ONE_WRITING = ("HANGUL", "CJK")


def can_move(state: OpinionState, objection: ObjectionState, move: OpinionMove) -> bool:
    """Say whether an opinion that stands so can be moved so."""
    return state in MOVES[move].sources and objection in MOVES[move].objections


def name_to_show(name: str | None, shown: NameShown) -> str | None:
    """Return what everybody reads of a name, at most 80 letters; None: nothing."""
    plain = plain_name(name or "")
    if shown is NameShown.NONE or not plain:
        return None
    return plain if shown is NameShown.FULL else initials(plain)


def plain_name(name: str) -> str:
    """Return a name in one line, without signs that nobody sees or that turn the writing round."""
    seen = "".join(" " if unicodedata.category(s)[0] in "CZ" else s for s in name)
    return " ".join(unicodedata.normalize("NFC", seen).split())[:LONGEST_NAME].strip()


def initials(name: str) -> str:
    """Return a name of which only the beginning of each word can be read: 홍○○, J. D.

    In Korean the family name comes first and often stands apart, so its first letter alone is told.
    """
    words = unicodedata.normalize("NFC", name).split()
    if words and all(unicodedata.name(w[0], "").startswith(_ONE_WRITING) for w in words):
        return words[0][0] + "○" * max(1, len("".join(words)) - 1)
    return " ".join(f"{_capital(word[0])}." for word in words)


def _capital(letter: str) -> str:
    """Return a letter as a capital; one whose capital is several letters stays as it is."""
    return letter.upper() if len(letter.upper()) == 1 else letter


def digest_of_text(text: str) -> str:
    """Return what texts of the same letters and numbers share, 64 hexadecimal digits.

    A point or dash within a number counts: 1.5 is not 15. A text without letters is itself.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    said = "".join(sign for at, sign in enumerate(plain) if _is_said(plain, at))
    return hashlib.sha256((said or plain.strip()).encode()).hexdigest()


def _is_said(text: str, at: int) -> bool:
    """Say whether a sign makes a difference: letters, digits, and what stands within a number."""
    if text[at].isalnum():
        return True
    return text[at] in ".,:/-" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
