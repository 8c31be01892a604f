"""What changed between two texts of an ordinance, article by article.

Whichever text comes first, the same parts belong together. What would take too long to compare
is shown as replaced.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from portal.legislation.rules.marks import without_marks
from portal.legislation.rules.matching import body_of, match_articles, same
from portal.legislation.rules.text import Addendum, Article, Heading, OrdinanceText
from portal.moderation.rules import Piece, PieceKind, Sides, diff_texts, sides
from portal.moderation.rules.diff import Effort

Part = TypeVar("Part", Heading, Article, Addendum)
#: So many signs of changed parts, old and new, are compared inside; pairing their words takes at
#: most about two seconds. The longest ordinance of a council, wholly rewritten, has 60,000.
MOST_SIGNS = 80_000


class _Allowance:
    """How much of the changed parts may still be compared inside."""

    def __init__(self) -> None:
        """Begin with all of it."""
        self._effort, self._signs = Effort(), MOST_SIGNS

    def pieces(self, before: str, after: str) -> tuple[Piece, ...]:
        """Return the difference of two texts; only what both have takes anything."""
        if before == after:
            return _whole(PieceKind.KEPT, before)
        if before and after and len(before) + len(after) <= self._signs:
            self._signs -= len(before) + len(after)
            return diff_texts(before, after, self._effort)
        return _whole(PieceKind.REMOVED, before) + _whole(PieceKind.ADDED, after)


class State(StrEnum):
    """What became of a part. A moved article may have been changed besides."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True)
class Pair(Generic[Part]):
    """A part in both texts; None on the side where it is missing.

    :ivar pieces: the difference of what is printed; an article's number is not part of it
    :ivar changes_words: whether more than marks of amendment differ
    """

    state: State
    old: Part | None
    new: Part | None
    pieces: tuple[Piece, ...]
    changes_words: bool

    @property
    def sides(self) -> Sides:
        """Return the difference side by side."""
        return sides(self.pieces)


@dataclass(frozen=True)
class Comparison:
    """The difference of two texts, each part in the order of the new one.

    What was removed stands behind what it followed in the old text.
    """

    title: tuple[Piece, ...]
    headings: tuple[Pair[Heading], ...]
    articles: tuple[Pair[Article], ...]
    addenda: tuple[Pair[Addendum], ...]

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """Return how many articles are in each state."""
        counted = Counter(pair.state for pair in self.articles)
        return {state: counted[state] for state in State}


def compare_texts(old: OrdinanceText, new: OrdinanceText) -> Comparison:
    """Return what changed from one text of an ordinance to another."""
    allowance = _Allowance()
    articles = match_articles(old.articles, new.articles)
    headings = dict(same(_heading_anchors(old), _heading_anchors(new)))
    addenda = dict(same(_addendum_anchors(old), _addendum_anchors(new)))
    return Comparison(
        title=allowance.pieces(old.title, new.title),
        headings=_paired(old.headings, new.headings, headings, _lines, allowance),
        articles=_paired(old.articles, new.articles, articles, body_of, allowance),
        addenda=_paired(old.addenda, new.addenda, addenda, _lines, allowance),
    )


def _heading_anchors(text: OrdinanceText) -> list[str]:
    return [placed.anchor for placed in text.placed if isinstance(placed.part, Heading)]


def _addendum_anchors(text: OrdinanceText) -> list[str]:
    return [placed.anchor for placed in text.placed_addenda]


def _lines(part: Heading | Addendum) -> str:
    return "\n".join(part.lines())


def _paired(
    old: Sequence[Part],
    new: Sequence[Part],
    matches: Mapping[int, int],
    say: Callable[[Part], str],
    allowance: _Allowance,
) -> tuple[Pair[Part], ...]:
    """Return the pairs of both texts' parts in the order of the new text."""
    old_of = {j: i for i, j in matches.items()}
    ordered: list[tuple[tuple[int, int], Pair[Part]]] = []
    for j, part in enumerate(new):
        before = old[old_of[j]] if j in old_of else None
        ordered.append(((j, -1), _pair(before, part, say, allowance)))
    behind = -1
    for i, part in enumerate(old):
        behind = matches.get(i, behind)
        if i not in matches:
            ordered.append(((behind, i), _pair(part, None, say, allowance)))
    return tuple(pair for _, pair in sorted(ordered, key=lambda entry: entry[0]))


def _pair(
    old: Part | None, new: Part | None, say: Callable[[Part], str], allowance: _Allowance
) -> Pair[Part]:
    """Return one pair with its difference; at least one side is there."""
    before, after = (say(part) if part is not None else "" for part in (old, new))
    return Pair(
        state=_state(old, new, is_same=before == after),
        old=old,
        new=new,
        pieces=allowance.pieces(before, after),
        changes_words=without_marks(before) != without_marks(after),
    )


def _state(old: Part | None, new: Part | None, *, is_same: bool) -> State:
    if old is None or new is None:
        return State.ADDED if old is None else State.REMOVED
    if isinstance(old, Article) and isinstance(new, Article) and old.name != new.name:
        return State.MOVED
    return State.UNCHANGED if is_same else State.CHANGED


def _whole(kind: PieceKind, text: str) -> tuple[Piece, ...]:
    return (Piece(kind, text),) if text else ()
