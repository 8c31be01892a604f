"""Which article of an older text is which of a newer one.

An article is looked for under its number first. One that stands under another number, because a
new one was put before it, is known again by its words. Swapping the texts swaps the pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from portal.legislation.rules.marks import without_marks
from portal.legislation.rules.text import Article

#: So much of two articles must be the same for them to be one article that was changed.
LEAST_ALIKE = 0.6
#: So many pairs of syllables may be looked up to find moved articles, which is about a second. A
#: hundred articles of 300 syllables, each of them changed and moved, take 6 million.
MOST_LOOKUPS = 8_000_000


def body_of(article: Article) -> str:
    """Return what an article says, its title first, without its number."""
    title = [] if article.title is None else [f"({article.title})"]
    return "\n".join([*title, *article.lines()])


def match_articles(old: Sequence[Article], new: Sequence[Article]) -> dict[int, int]:
    """Return the places of the articles in both texts, of those that are in both.

    The surest come first: the same number and text, the same words, the same number and about the
    same words, about the same words elsewhere; what is left under one number belongs together too.
    """
    before, after = [_Body(article) for article in old], [_Body(article) for article in new]
    numbered = same([body.article.name for body in before], [body.article.name for body in after])
    matches = _Matches()
    matches.take((i, j) for i, j in numbered if before[i].text == after[j].text)
    matches.take(same([body.words for body in before], [body.words for body in after]))
    matches.take((i, j) for i, j in numbered if _alikeness(before[i], after[j]) >= LEAST_ALIKE)
    matches.take(_moved(before, after, matches))
    matches.take(numbered)
    return matches.new_of


def same(old: Sequence[Hashable | None], new: Sequence[Hashable | None]) -> list[tuple[int, int]]:
    """Return the places of equal values: the first of them with the first, and so on.

    None equals nothing.
    """
    places = defaultdict[Hashable, list[int]](list)
    for j, value in enumerate(new):
        places[value].append(j)
    times, pairs = Counter[Hashable](), list[tuple[int, int]]()
    for i, value in enumerate(old):
        if value is not None and times[value] < len(places.get(value, ())):
            pairs.append((i, places[value][times[value]]))
            times[value] += 1
    return pairs


@dataclass(frozen=True)
class _Body:
    """An article and what it says."""

    article: Article

    @cached_property
    def text(self) -> str:
        """Return it as printed."""
        return body_of(self.article)

    @cached_property
    def words(self) -> str | None:
        """Return it without marks and space; None where nothing is left to know it by."""
        words = "".join(without_marks(self.text).split())
        return words if words and not self.article.is_deleted else None

    @cached_property
    def syllables(self) -> Counter[str]:
        """Return its pairs of neighbouring syllables."""
        return Counter(map("".join, pairwise(self.words or "")))

    @cached_property
    def length(self) -> int:
        """Return how many pairs of syllables it has."""
        return self.syllables.total()


class _Matches:
    """Pairs of articles by their places; each article is in one of them at most."""

    def __init__(self) -> None:
        """Begin with none."""
        self.new_of: dict[int, int] = {}
        self.taken: set[int] = set()

    def take(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Keep those pairs of which neither article is in one already."""
        for i, j in pairs:
            if i not in self.new_of and j not in self.taken:
                self.new_of[i] = j
                self.taken.add(j)


def _alikeness(old: _Body, new: _Body) -> float:
    """Return how much of two articles is the same, from 0 to 1, in either direction alike."""
    total = old.length + new.length
    if not total or 2 * min(old.length, new.length) < LEAST_ALIKE * total:
        return 0.0
    smaller, larger = sorted((old.syllables, new.syllables), key=len)
    shared = sum(min(count, larger.get(pair, 0)) for pair, count in smaller.items())
    return 2 * shared / total


def _moved(
    before: Sequence[_Body], after: Sequence[_Body], matches: _Matches
) -> list[tuple[int, int]]:
    """Return articles that say about the same, the likest first; none if that takes too long."""
    old = [i for i, body in enumerate(before) if i not in matches.new_of and body.words]
    new = [j for j, body in enumerate(after) if j not in matches.taken and body.words]
    lookups = len(new) * sum(len(before[i].syllables) for i in old)
    lookups += len(old) * sum(len(after[j].syllables) for j in new)
    if lookups > MOST_LOOKUPS:
        return []
    alike = [(_alikeness(before[i], after[j]), i, j) for i in old for j in new]
    found = [pair for pair in alike if pair[0] >= LEAST_ALIKE]
    # Of equals, those come first that moved least.
    found.sort(key=lambda pair: (-pair[0], abs(pair[1] - pair[2]), pair[1] + pair[2]))
    return [(i, j) for _, i, j in found]
