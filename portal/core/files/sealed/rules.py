"""What a draft may bring, and what is said of what a file tells. Nothing here reads a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.core.files.rules import Mark

MOST_FILES = 10
MOST_FILE_BYTES = 20 * 1024 * 1024
MOST_DRAFT_BYTES = 50 * 1024 * 1024
#: So long a file waits for its draft to be sent; then it is erased.
DRAFT_LIFE = timedelta(hours=2)
#: So long a file may lie there before its row is saved.
GRACE = timedelta(hours=1)


class SealedState(StrEnum):
    """What the virus scanner said; only a clean file is opened."""

    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"


MARK_WORDS: dict[Mark, LazyString] = {
    Mark.AUTHOR: _l("who wrote or last saved it"),
    Mark.ORGANISATION: _l("the company or organisation"),
    Mark.PLACE: _l("where it was taken (GPS)"),
    Mark.CAMERA: _l("the camera or phone and the time"),
    Mark.COMMENTS: _l("comments and who wrote them"),
    Mark.CHANGES: _l("tracked changes and who made them"),
    Mark.EMBEDDED: _l("another file inside it"),
    Mark.SOFTWARE: _l("the program it was made with"),
}


@dataclass(frozen=True)
class Marks:
    """What a file told about a person when it came, in words.

    :ivar removed: what was taken out of the file that is kept
    :ivar left: what is still in it; the person is shown this before sending
    """

    removed: tuple[LazyString, ...]
    left: tuple[LazyString, ...]


def marks_in_words(found: Iterable[Mark], left: Iterable[Mark]) -> Marks:
    """Return what of a file's marks was removed and what stayed, in words."""
    staying = tuple(left)
    removed = tuple(MARK_WORDS[mark] for mark in found if mark not in staying)
    return Marks(removed, tuple(MARK_WORDS[mark] for mark in staying))


def free_position(taken: Iterable[int]) -> int | None:
    """Return the smallest free place of a draft, from 1; None when it has all its files."""
    used = set(taken)
    return next((place for place in range(1, MOST_FILES + 1) if place not in used), None)
