"""The pieces of a difference between two texts, and how much of them is shown at once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

#: So many unchanged words stay in sight on either side of a change.
WORDS_IN_SIGHT = 8
#: Fewer words than this are not worth folding.
LEAST_FOLDED = 16
_WORD = re.compile(r"\s*\S+\s*")
_LINE = re.compile(r"([^\n]*)(\n+|\Z)")


class PieceKind(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A piece of text and what became of it."""

    kind: PieceKind
    text: str

    @property
    def is_blank(self) -> bool:
        """Say whether the piece holds nothing that can be seen."""
        return not self.text.strip()


@dataclass(frozen=True)
class Stretch:
    """A piece as a page shows it.

    :ivar piece: what stands in sight, or its beginning where the middle is folded away
    :ivar folded: the unchanged middle; empty in most pieces
    :ivar words: how many words that are
    :ivar end: what stands in sight behind the middle
    """

    piece: Piece
    folded: str = ""
    words: int = 0
    end: str = ""


@dataclass(frozen=True)
class Line:
    """A line of both texts, side by side, without the line break at its end.

    Where a line break itself changed, one side has several lines.
    """

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def is_changed(self) -> bool:
        """Say whether the two sides differ."""
        return self.old != self.new


@dataclass(frozen=True)
class LineGroup:
    """Lines that follow one another, either all in sight or all folded away."""

    lines: tuple[Line, ...]
    is_folded: bool


def stretches(pieces: tuple[Piece, ...]) -> tuple[Stretch, ...]:
    """Return pieces to be shown in one text; long unchanged ones are folded in their middle."""
    last = len(pieces) - 1
    return tuple(_stretch(piece, at > 0, at < last) for at, piece in enumerate(pieces))


def _stretch(piece: Piece, follows_change: bool, precedes_change: bool) -> Stretch:
    # In a blank text the pattern would begin anew at each space.
    words = [] if piece.is_blank else _WORD.findall(piece.text)
    first = WORDS_IN_SIGHT if follows_change else 0
    last = len(words) - (WORDS_IN_SIGHT if precedes_change else 0)
    if piece.kind is not PieceKind.KEPT or last - first < LEAST_FOLDED:
        return Stretch(piece)
    head, middle, end = words[:first], words[first:last], words[last:]
    return Stretch(Piece(piece.kind, "".join(head)), "".join(middle), len(middle), "".join(end))


def line_groups(pieces: tuple[Piece, ...]) -> tuple[LineGroup, ...]:
    """Return the two texts line by line; unchanged lines are folded, save the next to a change."""
    lines = tuple(_lines(pieces))
    in_sight = {
        near for at, line in enumerate(lines) if line.is_changed for near in (at - 1, at, at + 1)
    }
    groups = groupby(enumerate(lines), key=lambda numbered: numbered[0] in in_sight)
    return tuple(
        LineGroup(tuple(line for _, line in numbered), is_folded=not is_seen)
        for is_seen, numbered in groups
    )


def _lines(pieces: Iterable[Piece]) -> Iterator[Line]:
    """Give the lines of both texts; a line ends where both have a line break. None is empty."""
    line: list[Piece] = []
    for piece in pieces:
        is_kept = piece.kind is PieceKind.KEPT
        for text, line_break in _LINE.findall(piece.text) if is_kept else [(piece.text, "")]:
            if text:
                line.append(Piece(piece.kind, text))
            if line and line_break:
                yield _line(line)
                line = []
    if line:
        yield _line(line)


def _line(pieces: Iterable[Piece]) -> Line:
    both = tuple(pieces)
    return Line(
        old=tuple(piece for piece in both if piece.kind is not PieceKind.ADDED),
        new=tuple(piece for piece in both if piece.kind is not PieceKind.REMOVED),
    )
