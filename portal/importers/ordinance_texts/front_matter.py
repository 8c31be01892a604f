"""The facts in front of an ordinance: YAML between two lines of three hyphens.

Values are taken as they are written. YAML by itself would read the number 07645 as octal, 4005.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Union

import yaml
from flask_babel import gettext as _

from portal.importers.ordinance_texts.places import Complaints, Line

FENCE = "---"
#: An ordinance with 13 attachments has facts of 6,000 signs.
MOST_SIGNS = 100_000
#: Facts, the list of attachments, one of them: nothing stands deeper.
MOST_DEPTH = 3
_EMPTY = "tag:yaml.org,2002:null"


@dataclass(frozen=True)
class Word:
    """A single value as written; empty where none is.

    :ivar line: in the file, from 1; so is the column
    """

    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Group:
    """Values by their names."""

    values: Mapping[str, "Value"]
    line: int
    column: int


@dataclass(frozen=True)
class Row:
    """Values one after the other."""

    values: Sequence["Value"]
    line: int
    column: int


Value = Union[Word, Group, Row]  # noqa: UP007 (the names are not known yet where | is read)


class _UnfitError(Exception):
    """Something that YAML allows and facts don't, and where it stands."""

    def __init__(self, mark: object, reason: str) -> None:
        """Note a place that PyYAML marked; None is the beginning."""
        super().__init__(reason)
        self.mark, self.reason = mark, reason


def split_front_matter(
    lines: tuple[Line, ...], complaints: Complaints
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the lines of the facts and those of the text, without the fences.

    :raise DataErrors: a fence is missing
    """
    if lines[0].text.rstrip() != FENCE:
        reason = _("begin the file with a line of three hyphens (---), then its facts")
        complaints.add(1, 1, reason)
    ends = (at for at, line in enumerate(lines) if at and line.text.rstrip() == FENCE)
    end = next(ends, None)
    if end is None:
        complaints.add(1, 1, _("end the facts with a line of three hyphens (---)"))
    complaints.refuse()
    return lines[1:end], lines[(end or 0) + 1 :]


def read_front_matter(lines: tuple[Line, ...], complaints: Complaints) -> Group:
    """Return the facts.

    :raise DataErrors: they are no YAML, or say more than names and values
    """
    text = "\n".join(line.text for line in lines)
    above = lines[0].number - 1 if lines else 1
    try:
        return _read(text, above)
    except _UnfitError as error:
        complaints.add(*_place(error.mark, above), error.reason)
    except yaml.MarkedYAMLError as error:
        reason = _("not readable: %(reason)s", reason=error.problem or error.context)
        complaints.add(*_place(error.problem_mark or error.context_mark, above), reason)
    except yaml.reader.ReaderError as error:
        line = above + text[: error.position].count("\n") + 1
        complaints.add(line, 1, _("not readable: %(reason)s", reason=error.reason))
    complaints.refuse()
    return Group({}, above + 1, 1)


def _read(text: str, above: int) -> Group:
    if len(text) > MOST_SIGNS:
        reason = _("the facts are too long; at most %(most)s signs are read", most=MOST_SIGNS)
        raise _UnfitError(None, reason)
    _check_events(text)
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        mark = node.start_mark if node else None
        raise _UnfitError(mark, _("write one value a line, such as name: ..."))
    return _group(node, above)


def _check_events(text: str) -> None:
    """Refuse what would let a short file grow or nest without end, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            reason = _("write each value out; anchors (&), aliases (*) and tags (!) are not read")
            raise _UnfitError(event.start_mark, reason)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            raise _UnfitError(event.start_mark, _("a table in a table can't be read here"))


def _place(mark: object, above: int) -> tuple[int, int]:
    """Return the line in the file and the column of a place that PyYAML marked."""
    return above + getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1


def _value(node: yaml.Node, above: int) -> Value:
    if isinstance(node, yaml.MappingNode):
        return _group(node, above)
    place = _place(node.start_mark, above)
    if isinstance(node, yaml.SequenceNode):
        return Row([_value(child, above) for child in node.value], *place)
    return Word(node.value.strip(), *place)


def _group(node: yaml.MappingNode, above: int) -> Group:
    values: dict[str, Value] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _UnfitError(key.start_mark, _("write one value a line, such as name: ..."))
        if key.value in values:
            reason = _("%(name)s stands twice", name=key.value)
            raise _UnfitError(key.start_mark, reason)
        values[key.value] = _value(value, above)
        if value.tag == _EMPTY:
            # Where nothing is written, the name is the place to look at.
            values[key.value] = Word("", *_place(key.start_mark, above))
    return Group(values, *_place(node.start_mark, above))
