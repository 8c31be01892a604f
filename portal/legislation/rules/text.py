"""The text of an ordinance in its parts, each as printed: nothing is left out or set right.

Marks of amendment stay in the text they stand in; ``marks`` reads them, ``words`` leaves them out.
A text may have several lines: what follows a part without a sign of its own, such as a list by
1) 2) below a 목, belongs to that part.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from portal.legislation.rules.marks import Mark, find_marks, without_marks
from portal.legislation.rules.signs import anchored, circled, numbered

#: All that is left of a part that was deleted.
DELETED = "삭제"
#: The heading above all addenda.
ADDENDA = "부칙"


class _Printed:
    """A part whose text is kept as printed."""

    text: str

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return the marks of amendment in the text."""
        return find_marks(self.text)

    @property
    def words(self) -> str:
        """Return the text without its marks."""
        return without_marks(self.text)

    @property
    def is_deleted(self) -> bool:
        """Say whether the text says no more than that the part was deleted."""
        return self.words == DELETED


@dataclass(frozen=True)
class Subitem(_Printed):
    """A 목.

    :ivar letter: 가, 나, 다 ...
    :ivar branch: 2 for 가의2; 0 for none
    """

    letter: str
    branch: int
    text: str

    @property
    def sign(self) -> str:
        """Return its sign, as ``가.``."""
        return f"{numbered(self.letter, self.branch)}."

    def lines(self) -> Iterator[str]:
        """Give its lines, as printed."""
        yield f"{self.sign} {self.text}"


@dataclass(frozen=True)
class Item(_Printed):
    """A 호.

    :ivar branch: 2 for 3의2; 0 for none
    """

    number: int
    branch: int
    text: str
    subitems: tuple[Subitem, ...] = ()

    @property
    def sign(self) -> str:
        """Return its sign, as ``3.`` or ``3의2.``."""
        return f"{numbered(self.number, self.branch)}."

    def lines(self) -> Iterator[str]:
        """Give its lines with those of its subitems, as printed."""
        yield f"{self.sign} {self.text}"
        for subitem in self.subitems:
            yield from subitem.lines()


@dataclass(frozen=True)
class Paragraph(_Printed):
    """A 항.

    :ivar number: 0 for the article's own text, which has no sign
    :ivar text: empty where the items begin at once
    """

    number: int
    text: str
    items: tuple[Item, ...] = ()

    @property
    def sign(self) -> str:
        """Return its sign, as ``①``; empty for the article's own text."""
        return circled(self.number)

    def lines(self) -> Iterator[str]:
        """Give its lines with those of its items, as printed."""
        yield f"{self.sign} {self.text}".strip()
        for item in self.items:
            yield from item.lines()


@dataclass(frozen=True)
class Article:
    """A 조.

    :ivar branch: 2 for 제7조의2; 0 for none
    :ivar title: None where none is printed, as in most deleted articles
    :ivar notes: lines below the article such as ``[본조신설 2014.1.9]``, as printed
    """

    number: int
    branch: int
    title: str | None
    paragraphs: tuple[Paragraph, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return its name, as ``제7조의2``."""
        return numbered(f"제{self.number}조", self.branch)

    @property
    def anchor(self) -> str:
        """Return its place on a page, as ``article-7-2``."""
        return anchored("article", self.number, self.branch)

    @property
    def heading(self) -> str:
        """Return its heading as printed, as ``제7조의2 (검사)``."""
        return self.name if self.title is None else f"{self.name} ({self.title})"

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return the marks that the notes below it hold; those of its parts stand there."""
        return tuple(mark for note in self.notes for mark in find_marks(note))

    @property
    def is_deleted(self) -> bool:
        """Say whether the article was deleted and only its number stands."""
        return [part.words for part in self.paragraphs] == [DELETED] and not any(
            part.items for part in self.paragraphs
        )

    def lines(self) -> Iterator[str]:
        """Give the lines below its heading, as printed."""
        for paragraph in self.paragraphs:
            yield from paragraph.lines()
        yield from self.notes


class HeadingUnit(StrEnum):
    """What a heading stands above, from the widest to the narrowest."""

    PART = "편"
    CHAPTER = "장"
    SECTION = "절"
    SUBSECTION = "관"


_HEADING_ANCHORS = {
    HeadingUnit.PART: "part",
    HeadingUnit.CHAPTER: "chapter",
    HeadingUnit.SECTION: "section",
    HeadingUnit.SUBSECTION: "subsection",
}
_WIDTHS = tuple(HeadingUnit)


@dataclass(frozen=True)
class Heading(_Printed):
    """The heading of a chapter (장), or of a wider or narrower unit.

    :ivar branch: 2 for 제1장의2; 0 for none
    :ivar text: its name, with the marks printed behind it
    """

    unit: HeadingUnit
    number: int
    branch: int
    text: str

    @property
    def sign(self) -> str:
        """Return its number as printed, as ``제1장`` or ``제1장의2``."""
        return numbered(f"제{self.number}{self.unit}", self.branch)

    def lines(self) -> Iterator[str]:
        """Give its line, as printed."""
        yield f"{self.sign} {self.text}".strip()


@dataclass(frozen=True)
class Addendum:
    """A 부칙 as printed; it is not taken apart, for it may quote articles of other ordinances.

    :ivar heading: its line, as ``부칙 <제7519호,2020.3.26>``; empty where none is printed
    :ivar number: the number it was promulgated under; None where none is printed
    :ivar day: the day of promulgation; None where none is printed or no calendar has it
    """

    heading: str
    number: int | None
    day: date | None
    text_lines: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Give its heading and its lines, as printed."""
        if self.heading:
            yield self.heading
        yield from self.text_lines


@dataclass(frozen=True)
class Placed:
    """A heading or an article with its place on a page."""

    anchor: str
    part: Heading | Article


@dataclass(frozen=True)
class PlacedAddendum:
    """An addendum with its place on a page."""

    anchor: str
    addendum: Addendum


@dataclass(frozen=True)
class OrdinanceText:
    """The whole text of an ordinance.

    :ivar kind: 조례, 규칙 ...
    :ivar parts: headings and articles in the order in which they are printed
    :ivar addenda: in the order in which they are printed, the oldest first
    """

    title: str
    kind: str
    parts: tuple[Heading | Article, ...]
    addenda: tuple[Addendum, ...] = ()

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """Return the articles in their order."""
        return tuple(part for part in self.parts if isinstance(part, Article))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings in their order."""
        return tuple(part for part in self.parts if isinstance(part, Heading))

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Return headings and articles with their anchors.

        The anchor of a section begins with its chapter's, as ``chapter-2-section-1``: sections are
        counted anew in each chapter.
        """
        return tuple(_placed(self.parts))

    @cached_property
    def placed_addenda(self) -> tuple[PlacedAddendum, ...]:
        """Return the addenda with their anchors, as ``addendum-7519``.

        Where a number is printed twice, the second has ``-2`` behind; without one it counts as 0.
        """
        return tuple(_placed_addenda(self.addenda))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Return the anchors of all articles: whether a reference leads somewhere."""
        return frozenset(article.anchor for article in self.articles)


def plain_text(text: OrdinanceText) -> str:
    """Return a whole ordinance as plain text: all that was printed, save how it was spaced."""
    return "\n".join(_lines(text))


def _lines(text: OrdinanceText) -> Iterator[str]:
    yield text.title
    for part in text.parts:
        if isinstance(part, Article):
            yield part.heading
        yield from part.lines()
    if text.addenda:
        yield ADDENDA
    for addendum in text.addenda:
        yield from addendum.lines()


def _placed(parts: tuple[Heading | Article, ...]) -> Iterator[Placed]:
    above: list[tuple[int, str]] = []
    for part in parts:
        if isinstance(part, Article):
            yield Placed(part.anchor, part)
            continue
        width = _WIDTHS.index(part.unit)
        above = [(wider, anchor) for wider, anchor in above if wider < width]
        above.append((width, anchored(_HEADING_ANCHORS[part.unit], part.number, part.branch)))
        yield Placed("-".join(anchor for _, anchor in above), part)


def _placed_addenda(addenda: tuple[Addendum, ...]) -> Iterator[PlacedAddendum]:
    times = Counter[int]()
    for addendum in addenda:
        number = addendum.number or 0
        times[number] += 1
        branch = times[number] if times[number] > 1 else 0
        yield PlacedAddendum(anchored("addendum", number, branch), addendum)
