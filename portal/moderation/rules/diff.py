"""What changed in a text, told so that a person can read it.

Korean is compared by 어절, the words between spaces. A word that mostly stayed, as when only its
particle changed, is compared by syllable: its stem stays, and only the end is struck out. Lines
that stayed are set apart first; what would take too long to compare is shown as replaced.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.moderation.rules.pieces import (
    LineGroup,
    Piece,
    PieceKind,
    Stretch,
    line_groups,
    stretches,
)

#: A line with the line breaks behind it; a text may begin with line breaks.
_LINE = re.compile(r"^\n+|[^\n]+\n*")
#: A word with the space behind it; a text may begin with space.
_WORD = re.compile(r"^\s+|\S+\s*")
#: Signs that belong to one number or one foreign word, which is never cut in two.
_UNCUT = re.compile(r"[0-9A-Za-z.,%]")
#: Larger blocks are shown as removed and added at once: pairing would help nobody.
MOST_PAIRS = 2500
#: So many comparisons a page's differences may take, which is less than a second. A report in which
#: many paragraphs changed takes a tenth of it.
MOST_COMPARISONS = 30_000_000
#: So much of two words must be the same for them to be one word that changed.
LEAST_ALIKE = 0.5


@dataclass(frozen=True)
class Sides:
    """The same difference side by side: the old text, and the new one."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


@dataclass(frozen=True)
class FieldDiff:
    """What changed in one field."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def sides(self) -> Sides:
        """Return the difference side by side."""
        return sides(self.pieces)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Return the difference as one text, to be shown."""
        return stretches(self.pieces)

    @property
    def line_groups(self) -> tuple[LineGroup, ...]:
        """Return the difference side by side, line by line, to be shown."""
        return line_groups(self.pieces)


class Effort:
    """How many comparisons may still be made."""

    def __init__(self, comparisons: int = MOST_COMPARISONS) -> None:
        """Begin with a number of them."""
        self._left = comparisons

    def allows(self, before: Sequence[str], after: Sequence[str]) -> bool:
        """Say whether two rows can be compared; what that takes at most is then used up.

        ``SequenceMatcher`` looks for the longest stretch, then beside it, at most once for each
        entry; each time it compares every entry with those that equal it.
        """
        counts = Counter(after)
        equal = sum(counts[entry] for entry in before)
        needed = (equal + len(before)) * (min(len(before), len(after)) + 1)
        if needed > self._left:
            return False
        self._left -= needed
        return True


def diff_texts(old: str, new: str, effort: Effort | None = None) -> tuple[Piece, ...]:
    """Return the pieces of two texts in reading order; what was removed stands before the new.

    :param effort: what several texts of a page may take together
    """
    effort, pieces = effort or Effort(), list[Piece]()
    for is_kept, before, after in _blocks(_LINE.findall(old), _LINE.findall(new), effort):
        if is_kept:
            pieces.append(Piece(PieceKind.KEPT, "".join(before)))
        else:
            pieces += _changed_lines("".join(before), "".join(after), effort)
    return _joined(pieces)


def diff_fields(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[FieldDiff, ...]:
    """Return the fields that differ, in the order of the new values.

    The English words of a list stand by themselves, under its name with ``_en`` behind.
    """
    before, effort = dict(_told(old)), Effort()
    return tuple(
        FieldDiff(name, diff_texts(before.get(name, ""), text, effort))
        for name, text in _told(new)
        if before.get(name, "") != text
    )


def count_unchanged(fields: Mapping[str, object], changes: Iterable[FieldDiff]) -> int:
    """Return how many fields of the new values do not differ."""
    names = {change.name for change in changes}
    return sum(not names & {name, _name_of_english(name, value)} for name, value in fields.items())


def old_text(pieces: Iterable[Piece]) -> str:
    """Return the text before the change."""
    return "".join(piece.text for piece in pieces if piece.kind is not PieceKind.ADDED)


def new_text(pieces: Iterable[Piece]) -> str:
    """Return the text after the change."""
    return "".join(piece.text for piece in pieces if piece.kind is not PieceKind.REMOVED)


def sides(pieces: tuple[Piece, ...]) -> Sides:
    """Return a difference as two texts, each with its own pieces."""
    return Sides(
        old=_joined(piece for piece in pieces if piece.kind is not PieceKind.ADDED),
        new=_joined(piece for piece in pieces if piece.kind is not PieceKind.REMOVED),
    )


def _told(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give the fields as texts; of a list, each entry has a line of its own."""
    for name, value in fields.items():
        if isinstance(value, list):
            yield name, _lines(value, english=False)
            yield _name_of_english(name, value), _lines(value, english=True)
        else:
            yield name, _words(value)


def _name_of_english(name: str, value: object) -> str:
    """Return the name under which the English words of a field are told."""
    return f"{name}_en" if isinstance(value, list) else name


def _lines(entries: Iterable[Mapping[str, object]], *, english: bool) -> str:
    told = [{n: v for n, v in e.items() if n.endswith("_en") is english} for e in entries]
    return "\n".join(" · ".join(filter(None, map(_words, e.values()))) for e in told).strip()


def _words(value: object) -> str:
    """Return a value as text."""
    if isinstance(value, bool):
        return "✓" if value else ""
    return "" if value is None else str(value)


def _blocks(
    before: list[str], after: list[str], effort: Effort
) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Give the blocks of two rows in their order: whether both have it, the old, and the new."""
    head = _common_length(before, after)
    tail = _common_length(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    yield True, before[:head], after[:head]
    if effort.allows(old, new):
        for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, False).get_opcodes():
            yield kind == "equal", old[i1:i2], new[j1:j2]
    else:
        yield False, old, new
    yield True, before[len(before) - tail :], after[len(after) - tail :]


def _changed_lines(old: str, new: str, effort: Effort) -> Iterator[Piece]:
    """Give the pieces of changed lines, word by word."""
    for is_kept, before, after in _blocks(_WORD.findall(old), _WORD.findall(new), effort):
        if is_kept:
            yield Piece(PieceKind.KEPT, "".join(before))
        else:
            yield from _changed_words(before, after)


def _changed_words(before: list[str], after: list[str]) -> Iterator[Piece]:
    """Give the pieces of a changed block, in which words that stayed mostly are paired."""
    i = j = 0
    for old, new in _pairs(before, after):
        yield from _replaced(before[i:old], after[j:new])
        yield from _changed_word(before[old], after[new])
        i, j = old + 1, new + 1
    yield from _replaced(before[i:], after[j:])


def _replaced(before: list[str], after: list[str]) -> Iterator[Piece]:
    yield Piece(PieceKind.REMOVED, "".join(before))
    yield Piece(PieceKind.ADDED, "".join(after))


def _pairs(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Return the words that are one word changed, as places in order, so that most is the same."""
    if len(before) * len(after) > MOST_PAIRS:
        return []
    best: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {}
    for i in range(len(before), -1, -1):
        for j in range(len(after), -1, -1):
            best[i, j] = _best_from(before, after, i, j, best)
    return best[0, 0][1]


def _best_from(
    before: list[str],
    after: list[str],
    i: int,
    j: int,
    best: Mapping[tuple[int, int], tuple[float, list[tuple[int, int]]]],
) -> tuple[float, list[tuple[int, int]]]:
    """Return the best pairs of the words from two places on, and how much they keep."""
    if i == len(before) or j == len(after):
        return 0.0, []
    choices = [best[i + 1, j], best[i, j + 1]]
    alike = _alikeness(before[i], after[j])
    if alike >= LEAST_ALIKE:
        kept, pairs = best[i + 1, j + 1]
        choices.append((kept + alike, [(i, j), *pairs]))
    return max(choices, key=lambda choice: choice[0])


def _alikeness(old: str, new: str) -> float:
    """Return how much of two words is the same at their ends, from 0 to 1; space counts nothing."""
    old, new = old.strip(), new.strip()
    head, tail = _common_ends(old, new)
    return 2 * (head + tail) / (len(old) + len(new)) if old and new else 0.0


def _changed_word(old: str, new: str) -> Iterator[Piece]:
    """Give the pieces of one word: what stayed at its beginning and end, and what changed."""
    head, tail = _common_ends(old, new)
    yield Piece(PieceKind.KEPT, old[:head])
    yield Piece(PieceKind.REMOVED, old[head : len(old) - tail])
    yield Piece(PieceKind.ADDED, new[head : len(new) - tail])
    yield Piece(PieceKind.KEPT, old[len(old) - tail :])


def _common_ends(old: str, new: str) -> tuple[int, int]:
    """Return how many signs two words share at the beginning and at the end; numbers stay whole."""
    head = _common_length(old, new)
    while head and (_cuts(old, head) or _cuts(new, head)):
        head -= 1
    tail = _common_length(old[head:][::-1], new[head:][::-1])
    while tail and (_cuts(old, len(old) - tail) or _cuts(new, len(new) - tail)):
        tail -= 1
    return head, tail


def _common_length(old: Sequence[str], new: Sequence[str]) -> int:
    shorter = min(len(old), len(new))
    return next((n for n in range(shorter) if old[n] != new[n]), shorter)


def _cuts(word: str, place: int) -> bool:
    """Say whether a cut at a place would part a number or a foreign word."""
    if not 0 < place < len(word):
        return False
    return bool(_UNCUT.match(word[place - 1]) and _UNCUT.match(word[place]))


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return pieces without empty ones; neighbours of one kind become one.

    Between two kept pieces, all that was removed stands before all that was added.
    """
    joined: list[Piece] = []
    waiting = {PieceKind.REMOVED: "", PieceKind.ADDED: ""}
    for piece in (*pieces, Piece(PieceKind.KEPT, "")):
        if piece.kind is not PieceKind.KEPT:
            waiting[piece.kind] += piece.text
        elif piece.text:
            joined += _flushed(waiting)
            _append_kept(joined, piece)
    joined += _flushed(waiting)
    return tuple(joined)


def _flushed(waiting: dict[PieceKind, str]) -> list[Piece]:
    """Return what waits, the removed before the added, and let nothing wait any more."""
    pieces = [Piece(kind, text) for kind, text in waiting.items() if text]
    for kind in waiting:
        waiting[kind] = ""
    return pieces


def _append_kept(joined: list[Piece], piece: Piece) -> None:
    if joined and joined[-1].kind is PieceKind.KEPT:
        piece = Piece(PieceKind.KEPT, joined.pop().text + piece.text)
    joined.append(piece)
