"""Addenda (부칙): one after the other, each with a heading that names its promulgation.

Inside, lines are kept as they are: an addendum may quote the articles of another ordinance.
"""

import re
from collections.abc import Iterator

from flask_babel import gettext as _

from portal.importers.ordinance_texts.places import Complaints, Line
from portal.legislation.rules.marks import find_days
from portal.legislation.rules.text import Addendum

#: 부칙 <제7519호,2020.3.26>, 부칙(다른 조례) <제...>, 부칙 <제...>(...), 부   칙<제...> <...>
_HEADING = re.compile(
    r"부\s{0,9}칙\s{0,3}(?:\([^<>]*\))?\s{0,3}<([^<>]*+)>\s{0,3}(?:\(.*\)|<[^<>]*+>)?"
)
#: The same, where the promulgation is not closed.
_UNCLOSED = re.compile(r"부\s{0,9}칙\s{0,3}(?:\([^<>]*\))?\s{0,3}(<)[^<>]*+$")
_NUMBER = re.compile(r"제\s?([0-9]{1,6})\s?호")


def read_addenda(lines: tuple[Line, ...], complaints: Complaints) -> tuple[Addendum, ...]:
    """Return the addenda of the lines below their common heading."""
    for line in lines:
        if found := _UNCLOSED.match(line.words):
            column = line.column + found.start(1)
            complaints.add(
                line.number, column, _("the mark is not closed; end it with %(sign)s", sign=">")
            )
    return tuple(_addendum(group) for group in _groups(lines))


def _groups(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """Give the lines of each addendum; the first may have no heading."""
    group: list[Line] = []
    for line in lines:
        if group and _is_heading(line.words):
            yield group
            group = []
        if line.words:
            group.append(line)
    if group:
        yield group


def _addendum(group: list[Line]) -> Addendum:
    texts = [line.text.rstrip() for line in group]
    if not _is_heading(group[0].words):
        return Addendum("", None, None, tuple(texts))
    promulgation = _promulgation(group[0].words)
    number, days = _NUMBER.search(promulgation), find_days(promulgation)
    return Addendum(
        heading=group[0].words,
        number=int(number[1]) if number else None,
        day=days[0] if days else None,
        text_lines=tuple(texts[1:]),
    )


def _is_heading(words: str) -> bool:
    promulgation = _promulgation(words)
    return bool(_NUMBER.search(promulgation) or find_days(promulgation))


def _promulgation(words: str) -> str:
    """Return what stands in the first pointed brackets of a heading; empty in any other line."""
    found = _HEADING.fullmatch(words)
    return found[1] if found else ""
