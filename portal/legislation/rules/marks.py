"""Marks of amendment in an ordinance, such as ``<개정 2020.3.26>`` and ``[본조신설 2014.1.9]``.

A mark stays where it was printed, as a part of its text; here it is found and read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: A day as marks write it: 2020.3.26, 2006.10.04, 2008. 3. 12.
_DAY = re.compile(r"(?<!\d)(\d{4})\.[ \u00a0]{0,2}(\d{1,2})\.[ \u00a0]{0,2}(\d{1,2})(?!\d)")
#: What stands in brackets. Square ones may hold pointed ones: ``[제9조에서 이동 <2014.1.9>]``.
_BRACKETED = re.compile(r"\[[^\[\]\n]*+\]|<[^<>\n]*+>")
#: What a mark that was opened and not closed begins with.
_OPENED = re.compile(
    r"<(?=[ ]?(?:개정|신설|전문개정|제목개정|본조신설|삭제|\d{4}\.))[^<>\n]*+(?=<|$)"
    r"|\[(?=본조|전문개정|제목개정|종전|제\d{1,4}조(?:의\d{1,3})?에서)[^\[\]\n]*+(?=\[|$)",
    re.MULTILINE,
)


class MarkKind(StrEnum):
    """What a mark says was done; ``DATED`` has a day alone, as behind 삭제."""

    MOVED = "moved"
    ADDED = "added"
    REWRITTEN = "rewritten"
    RETITLED = "retitled"
    AMENDED = "amended"
    DELETED = "deleted"
    DATED = "dated"


#: The first word that a mark holds tells its kind.
_WORDS = {
    "이동": MarkKind.MOVED,
    "신설": MarkKind.ADDED,
    "전문개정": MarkKind.REWRITTEN,
    "제목개정": MarkKind.RETITLED,
    "개정": MarkKind.AMENDED,
    "삭제": MarkKind.DELETED,
}


@dataclass(frozen=True)
class Mark:
    """A mark of amendment and where it stands.

    :ivar printed: the mark with its brackets, as printed
    :ivar days: its days in their order; one that no calendar has is left out
    :ivar start: its place in the text; ``end`` is the place behind it
    """

    printed: str
    kind: MarkKind
    days: tuple[date, ...]
    start: int
    end: int


def find_marks(text: str) -> tuple[Mark, ...]:
    """Return the marks of a text in their order.

    ``<단서 생략>`` and other brackets without a day are no marks.
    """
    return tuple(_marks(text))


def without_marks(text: str) -> str:
    """Return a text without its marks, and without the space that they leave at its ends."""
    kept, place = [], 0
    for mark in _marks(text):
        kept.append(text[place : mark.start].rstrip(" "))
        place = mark.end
    return "".join((*kept, text[place:])).strip()


def find_unclosed(text: str) -> int | None:
    """Return the place of the first mark that is opened and not closed on its line."""
    found = _OPENED.search(text)
    return found.start() if found else None


def find_days(text: str) -> tuple[date, ...]:
    """Return the days that a text names as 2020.3.26 or 2008. 3. 12., in their order."""
    days = (_day(found) for found in _DAY.finditer(text))
    return tuple(day for day in days if day is not None)


def _marks(text: str) -> Iterator[Mark]:
    for found in _BRACKETED.finditer(text):
        printed = found[0]
        kind = next((kind for word, kind in _WORDS.items() if word in printed), MarkKind.DATED)
        # Square brackets also enclose words of the ordinance itself.
        if printed.startswith("[") and kind is MarkKind.DATED:
            continue
        if _DAY.search(printed):
            yield Mark(printed, kind, find_days(printed), found.start(), found.end())


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
