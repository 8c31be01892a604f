"""The lines below an article's heading as paragraphs (항), items (호) and subitems (목).

What a line is, its sign tells and not how far it is indented: paragraphs and items are indented
alike. A line without a sign belongs to the part above it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.importers.ordinance_texts.places import Line
from portal.legislation.rules.signs import CIRCLED, SYLLABLES
from portal.legislation.rules.text import Article, Item, Paragraph, Subitem

_PARAGRAPH = re.compile(rf"([{CIRCLED}])\s*")
_ITEM = re.compile(r"([1-9][0-9]{0,2})(?:의([1-9][0-9]?))?\.(?![0-9])\s*")
_SUBITEM = re.compile(rf"([{SYLLABLES}])(?:의([1-9][0-9]?))?\.\s*")
#: A line of nothing but words in square brackets, as [본조신설 2014.1.9].
_NOTE = re.compile(r"(?:\[[^\[\]]*+\]\s*+)++")
#: What the paragraph before ends with where the next one stands on the same line.
_NEXT = re.compile(rf"(?<=[.>)\]])\s{{0,3}}([{CIRCLED}])")


@dataclass
class _Subitem:
    """A subitem that is being read."""

    letter: str
    branch: int
    lines: list[str]

    def done(self) -> Subitem:
        """Return it as it was read."""
        return Subitem(self.letter, self.branch, "\n".join(self.lines))


@dataclass
class _Item:
    """An item that is being read."""

    number: int
    branch: int
    lines: list[str]
    subitems: list[_Subitem] = field(default_factory=list)

    def done(self) -> Item:
        """Return it as it was read."""
        subitems = tuple(subitem.done() for subitem in self.subitems)
        return Item(self.number, self.branch, "\n".join(self.lines), subitems)


@dataclass
class _Paragraph:
    """A paragraph that is being read."""

    number: int
    lines: list[str] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)

    def done(self) -> Paragraph:
        """Return it as it was read."""
        items = tuple(item.done() for item in self.items)
        return Paragraph(self.number, "\n".join(self.lines), items)


def read_article(number: int, branch: int, title: str | None, lines: tuple[Line, ...]) -> Article:
    """Return an article of the lines below its heading."""
    texts = [line.words for line in lines if line.words]
    end = len(texts)
    while end and _NOTE.fullmatch(texts[end - 1]):
        end -= 1
    paragraphs: list[_Paragraph] = []
    for text in texts[:end]:
        for part in _split_paragraphs(text):
            _take(part, paragraphs)
    done = tuple(paragraph.done() for paragraph in paragraphs)
    return Article(number, branch, title, done, tuple(texts[end:]))


def _split_paragraphs(text: str) -> Iterator[str]:
    """Give the paragraphs of a line; some copies write ①, ② and ③ on one."""
    if not _PARAGRAPH.match(text):
        yield text
        return
    begin, wanted = 0, CIRCLED.index(text[0]) + 1
    for found in _NEXT.finditer(text):
        if CIRCLED.index(found[1]) == wanted:
            yield text[begin : found.start(1)].rstrip()
            begin, wanted = found.start(1), wanted + 1
    yield text[begin:]


def _take(text: str, paragraphs: list[_Paragraph]) -> None:
    """Put a line where it belongs by its sign."""
    if found := _PARAGRAPH.match(text):
        paragraphs.append(_Paragraph(CIRCLED.index(found[1]) + 1, [text[found.end() :]]))
        return
    if not paragraphs:
        paragraphs.append(_Paragraph(0))
    items = paragraphs[-1].items
    if found := _ITEM.match(text):
        items.append(_Item(int(found[1]), int(found[2] or 0), [text[found.end() :]]))
    elif items and (found := _SUBITEM.match(text)):
        branch, rest = int(found[2] or 0), text[found.end() :]
        items[-1].subitems.append(_Subitem(found[1], branch, [rest]))
    else:
        _last(paragraphs[-1]).append(text)


def _last(paragraph: _Paragraph) -> list[str]:
    """Return the lines of the part that was read last."""
    if not paragraph.items:
        return paragraph.lines
    item = paragraph.items[-1]
    return item.subitems[-1].lines if item.subitems else item.lines
