"""The text of an ordinance in Markdown: headings, and the lines below each.

``#`` names the ordinance or a 편, ``##`` a 장 or the 부칙, ``###`` a 절, ``####`` a 관, ``#####`` a
조. Inside the addenda there are no headings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.importers.ordinance_texts.addenda import read_addenda
from portal.importers.ordinance_texts.articles import read_article
from portal.importers.ordinance_texts.order import NumberOrder
from portal.importers.ordinance_texts.places import Complaints, Line
from portal.legislation.rules.marks import find_unclosed
from portal.legislation.rules.text import (
    ADDENDA,
    Addendum,
    Article,
    Heading,
    HeadingUnit,
    OrdinanceText,
)

_MARKED = re.compile(r"(#{1,9})[ \t]+(\S.*)")
_ARTICLE = re.compile(r"제([1-9][0-9]{0,3})조(?:의([1-9][0-9]?))?(?:\s*\((.*)\))?")
_UNIT = re.compile(r"제([1-9][0-9]{0,2})(편|장|절|관)(?:의([1-9][0-9]?))?(?!\S)\s*(.*)")
_LEVELS = {unit: level for level, unit in enumerate(HeadingUnit, start=1)}
_ADDENDA_LEVEL = _LEVELS[HeadingUnit.CHAPTER]
_ARTICLE_LEVEL = 5
#: A table of Markdown or of HTML. Tables drawn with ┏━┓ are lines like others.
_TABLE = re.compile(r"^\s{0,9}(\|)|(<table\b)", re.IGNORECASE)


@dataclass(frozen=True)
class _Block:
    """A heading and the lines below it; the first has an empty one."""

    heading: Line
    level: int
    words: str
    lines: tuple[Line, ...]


def read_body(
    title: str, kind: str, lines: tuple[Line, ...], complaints: Complaints
) -> OrdinanceText:
    """Return the text. What does not fit is noted; it is not to be used then.

    :param title: the ordinance's name, as the facts give it
    """
    above, *blocks = _blocks(lines)
    reader = _BodyReader(complaints)
    reader.refuse_lines(above, _("text stands before the first heading; begin with # and the name"))
    if blocks:
        reader.take_title(blocks[0], title)
    for block in blocks[1:]:
        reader.take(block)
    if not any(isinstance(part, Article) for part in reader.parts):
        complaints.add(0, 0, _("there is no article; write one as ##### 제1조 (목적)"))
    return OrdinanceText(title, kind, tuple(reader.parts), reader.addenda or ())


def _blocks(lines: Iterable[Line]) -> list[_Block]:
    """Return the lines by the headings they stand below; the first block has no heading."""
    found: list[tuple[Line, int, str, list[Line]]] = [(Line(1, ""), 0, "", [])]
    for line in lines:
        if marked := _MARKED.fullmatch(line.text):
            found.append((line, len(marked[1]), marked[2].strip(), []))
        else:
            found[-1][3].append(line)
    return [_Block(line, level, words, tuple(below)) for line, level, words, below in found]


class _BodyReader:
    """Takes one block after the other; what it can't read is noted."""

    def __init__(self, complaints: Complaints) -> None:
        """Begin with nothing."""
        self.parts: list[Heading | Article] = []
        self.addenda: tuple[Addendum, ...] | None = None
        self._complaints = complaints
        self._order = NumberOrder(complaints)

    def take_title(self, block: _Block, title: str) -> None:
        """Take the first heading, the ordinance's name."""
        if block.level != 1 or "".join(block.words.split()) != "".join(title.split()):
            reason = _("the first heading must be the name in the facts: # %(name)s", name=title)
            self._complaints.add(block.heading.number, 1, reason)
        self.refuse_lines(block, _("this text belongs to no article"))

    def take(self, block: _Block) -> None:
        """Take any other heading with the lines below it."""
        article = _ARTICLE.fullmatch(block.words) if block.level == _ARTICLE_LEVEL else None
        unit = _UNIT.fullmatch(block.words)
        if self.addenda is not None:
            self._refuse(block, _("no heading may follow the addenda (## 부칙)"))
        elif article:
            self._take_article(block, article)
        elif unit and _LEVELS[HeadingUnit(unit[2])] == block.level:
            self._take_heading(block, unit)
        elif "".join(block.words.split()) == ADDENDA and block.level == _ADDENDA_LEVEL:
            self._take_addenda(block)
        else:
            self._refuse(block, _("this heading is not known; chapters are ##, articles #####"))

    def refuse_lines(self, block: _Block, reason: str) -> None:
        """Note the first line below a heading that should have none."""
        line = next((line for line in block.lines if line.words), None)
        if line:
            self._complaints.add(line.number, line.column, reason)

    def _take_article(self, block: _Block, found: re.Match[str]) -> None:
        number, branch = int(found[1]), int(found[2] or 0)
        article = read_article(number, branch, found[3], block.lines)
        self._order.see_article(article, block.heading)
        for line in (block.heading, *block.lines):
            self._check_line(line)
        self.parts.append(article)

    def _take_heading(self, block: _Block, found: re.Match[str]) -> None:
        heading = Heading(HeadingUnit(found[2]), int(found[1]), int(found[3] or 0), found[4])
        self._order.see_heading(heading, block.heading)
        self._check_line(block.heading)
        self.refuse_lines(block, _("this text belongs to no article"))
        self.parts.append(heading)

    def _take_addenda(self, block: _Block) -> None:
        self.addenda = read_addenda(block.lines, self._complaints)
        if not self.addenda:
            self._refuse(block, _("there is no addendum below this heading"))

    def _check_line(self, line: Line) -> None:
        """Note a mark that is not closed, and a table."""
        place = find_unclosed(line.text)
        if place is not None:
            sign = ">" if line.text[place] == "<" else "]"
            reason = _("the mark is not closed; end it with %(sign)s", sign=sign)
            self._complaints.add(line.number, place + 1, reason)
        if table := _TABLE.search(line.text):
            reason = _("a table can't be read here; bring it as an attachment")
            self._complaints.add(line.number, table.start(table.lastindex or 0) + 1, reason)

    def _refuse(self, block: _Block, reason: str) -> None:
        self._complaints.add(block.heading.number, 1, reason)
