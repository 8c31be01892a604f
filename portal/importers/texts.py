"""Texts in YAML: a mapping of things to kinds to lists of lines, read into typed rows.

.. code-block:: yaml

    drafting-support:            # the thing the lines belong to
      plan:                      # their kind
        - text: 조례안을 빨리 만들어 드립니다.
          text_en: Draft bills are delivered quickly.
          locator: L1001         # further columns of the row; what all lines share stands in "all"
"""

import dataclasses
import typing
from collections.abc import Iterator
from typing import Any

import yaml
from flask_babel import gettext as _

from portal.importers.tables import DataError, DataErrors, Placed, Row, parse_value

#: Under this name stand the columns that all lines of the file share.
SHARED = "all"
_MOST_ERRORS = 20


def parse_texts(text: str, path: str, row_type: type[Row]) -> list[Placed[Row]]:
    """Return the lines of a YAML text as dataclasses of the given type.

    The first two columns of the type are the thing and the kind, the third is the position.

    :param path: what errors call the file
    :raise DataErrors: it is no YAML of this form, or has values that don't fit
    """
    tree = read_tree(text, path)
    rows: list[Placed[Row]] = []
    errors: list[DataError] = []
    for values, node in _lines(tree, path, errors, row_type):
        try:
            rows.append(_placed(values, node, path, row_type))
        except DataError as error:
            errors.append(error)
    if errors:
        raise DataErrors(sorted(errors, key=lambda error: error.line)[:_MOST_ERRORS])
    return rows


def read_tree(text: str, path: str) -> yaml.MappingNode:
    """Return a YAML text as nodes, which know where they stand.

    :param path: what errors call the file
    :raise DataErrors: it is no YAML, or does not begin with names
    """
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise DataErrors([_yaml_error(path, error)]) from None
    if tree is None:
        return yaml.MappingNode("tag:yaml.org,2002:map", [])
    if not isinstance(tree, yaml.MappingNode):
        raise DataErrors([error_at(path, tree, _("write a name, a colon, and below it the texts"))])
    return tree


def _lines(
    tree: yaml.MappingNode, path: str, errors: list[DataError], row_type: type[Any]
) -> Iterator[tuple[dict[str, str], yaml.Node]]:
    """Give each line's values by column, and the node it stands at."""
    thing_column, kind_column, place_column = [f.name for f in dataclasses.fields(row_type)][:3]
    shared: dict[str, str] = {}
    for thing, kinds in tree.value:
        if not isinstance(kinds, yaml.MappingNode):
            reason = _("%(name)s: write kinds with lists of lines", name=thing.value)
            errors.append(error_at(path, kinds, reason))
            continue
        if thing.value == SHARED:
            shared = {key.value: value.value for key, value in kinds.value}
            continue
        for kind, lines in kinds.value:
            if not isinstance(lines, yaml.SequenceNode):
                reason = _("%(name)s: begin each line with a dash", name=kind.value)
                errors.append(error_at(path, lines, reason))
                continue
            place = {thing_column: thing.value, kind_column: kind.value}
            for position, line in enumerate(lines.value, start=1):
                try:
                    own = _texts_of(line, path)
                except DataError as error:
                    errors.append(error)
                    continue
                yield {**shared, **place, place_column: str(position), **own}, line


def _texts_of(line: yaml.Node, path: str) -> dict[str, str]:
    """Return the texts of one line by their names.

    :raise DataError: it is no line of this form
    """
    if not isinstance(line, yaml.MappingNode):
        raise error_at(path, line, _("write text: and the words"))
    for name, value in line.value:
        if not isinstance(value, yaml.ScalarNode):
            reason = _("%(name)s: write one text, in quotes", name=name.value)
            raise error_at(path, value, reason)
    return {name.value: value.value for name, value in line.value}


def _placed(values: dict[str, str], node: yaml.Node, path: str, row_type: type[Row]) -> Placed[Row]:
    """Return one line as a row.

    :raise DataError: a column is not known, or a value does not fit
    """
    kinds = typing.get_type_hints(row_type)
    unknown = [name for name in values if name not in kinds]
    if unknown:
        raise error_at(path, node, _("%(name)s is not known", name=repr(unknown[0])))
    parsed: dict[str, object] = {}
    for name, kind in kinds.items():
        try:
            parsed[name] = parse_value(str(values.get(name) or "").strip(), kind)
        except (ValueError, TypeError) as error:
            raise error_at(path, node, f"{name}: {error}") from None
    return Placed(row_type(**parsed), path, node.start_mark.line + 1, tuple(kinds))


def _yaml_error(path: str, error: yaml.YAMLError) -> DataError:
    """Return where a file stops being YAML, and why."""
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    reason = getattr(error, "problem", None) or _("it has a character that no text may hold")
    return DataError(path, line, column, _("not YAML: %(reason)s", reason=reason))


def error_at(path: str, node: yaml.Node, reason: str) -> DataError:
    """Return an error at the place of a node."""
    mark = node.start_mark
    return DataError(path, mark.line + 1, mark.column + 1, reason)
