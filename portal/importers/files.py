"""What a data file is: its rows, its table, and how a row becomes a record."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from portal.importers.tables import DataError, Placed, parse_table


class Lookup:
    """Find the records that rows of other files name."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._ids: dict[type[Any], dict[str, int]] = {}

    def learn(self, model: type[Any], ids: Mapping[str, int]) -> None:
        """Know the records of one table by their keys."""
        self._ids[model] = dict(ids)

    def id_of(self, placed: Placed[Any], name: str, model: type[Any]) -> int | None:
        """Return the id of the record a field names; None for an empty field.

        :raise DataError: there is no such record
        """
        key = getattr(placed.row, name)
        if key is None:
            return None
        found = self._ids[model].get(str(key))
        if found is None:
            table = model.__tablename__
            reason = _("%(key)s is not in %(table)s", key=repr(key), table=table)
            raise placed.error(name, reason)
        return found


def _nothing(_placed: Placed[Any], _lookup: Lookup) -> dict[str, object]:
    return {}


@dataclass(frozen=True)
class DataFile:
    """One file of the data set.

    :ivar key: the columns that together tell a row from the others
    :ivar refs: columns that name a record of another file: the column, its field, its table
    :ivar renames: columns whose field has another name
    :ivar left_out: columns that ``further`` turns into something else
    :ivar further: further fields of the record
    :ivar parse: gives the rows of a text that has the file's form
    """

    path: str
    row: type[Any]
    model: type[Any]
    key: tuple[str, ...]
    refs: Mapping[str, tuple[str, type[Any]]] = field(default_factory=dict)
    renames: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    further: Callable[[Placed[Any], Lookup], dict[str, object]] = _nothing
    check: Callable[[Any], tuple[str, str] | None] = lambda _row: None
    parse: Callable[[str, str, type[Any]], list[Placed[Any]]] = parse_table

    @property
    def name(self) -> str:
        """Return the file's name without folder and ending: the kind of its rows."""
        return self.path.rpartition("/")[2].partition(".")[0]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the header."""
        return tuple(column.name for column in dataclasses.fields(self.row))

    def rows_of(self, text: str) -> list[Placed[Any]]:
        """Return the rows of a text that has the file's form.

        :raise DataErrors: it has not
        """
        return self.parse(text, self.path, self.row)

    def key_of(self, row: Any) -> str:
        """Return a row's key as text."""
        parts = (getattr(row, column) for column in self.key)
        return "|".join("" if part is None else str(part) for part in parts)

    def values_of(self, placed: Placed[Any], lookup: Lookup) -> dict[str, object]:
        """Return the fields of the record.

        :raise DataError: the row contradicts itself or names what is not there
        """
        if complaint := self.check(placed.row):
            raise placed.error(*complaint)
        values: dict[str, object] = {}
        for column in self.columns:
            if column in self.refs:
                name, model = self.refs[column]
                values[name] = lookup.id_of(placed, column, model)
            elif column not in self.left_out:
                values[self.renames.get(column, column)] = getattr(placed.row, column)
        return values | self.further(placed, lookup)


def check_span(first: str, last: str) -> Callable[[Any], tuple[str, str] | None]:
    """Return a check that one day of a row does not come before another."""

    def check(row: Any) -> tuple[str, str] | None:
        begin, end = getattr(row, first), getattr(row, last)
        if begin is not None and end is not None and end < begin:
            return last, _("%(last)s is before %(first)s", last=end, first=begin)
        return None

    return check


def line_as_position(placed: Placed[Any], _lookup: Lookup) -> dict[str, object]:
    """Return the place of a row in its file as its position."""
    return {"position": placed.line}


__all__ = ["DataError", "DataFile", "Lookup", "check_span", "line_as_position"]
