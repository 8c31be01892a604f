"""What an import would do, in words: each row and value as its table has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core import filters, imports
from portal.core.i18n import page_language, plain, write_day, write_won
from portal.core.imports import Outcome
from portal.importers.column_words import column_words, value_words
from portal.importers.figures import FIGURE_FILES, Sum, Trial
from portal.importers.files import DataFile
from portal.importers.reports import RowChange
from portal.importers.tables import say_errors

#: So many rows of each outcome are shown; all are counted.
MOST_SHOWN = 200
NOTHING = "–"


@dataclass(frozen=True)
class ShownValue:
    """A value of a row that differs.

    :ivar column: what the column is called
    """

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownRow:
    """A row that is not as it was; ``line`` is 0 where it left the table.

    :ivar name: what its key means, in words
    """

    name: str
    line: int
    values: tuple[ShownValue, ...]


@dataclass(frozen=True)
class Preview:
    """What a table would change.

    :ivar rows: by outcome, those that come first
    :ivar counts: all rows by outcome
    :ivar sums: column, before, after; empty where there are errors
    :ivar errors: what is wrong, in sentences
    :ivar is_whole: the table itself was read to its end, so that rows and counts are true
    """

    rows: Mapping[Outcome, tuple[ShownRow, ...]]
    counts: Mapping[Outcome, int]
    sums: tuple[ShownValue, ...]
    errors: tuple[str, ...]
    is_whole: bool


def preview_of(session: Session, path: str, trial: Trial) -> Preview:
    """Return what a trial found, as the page shows it."""
    writer = _Writer(session, FIGURE_FILES[path])
    changes = {
        outcome: [c for c in trial.report.changes if c.outcome is outcome]
        for outcome in (Outcome.CHANGED, Outcome.NEW, Outcome.GONE, Outcome.KEPT)
    }
    return Preview(
        rows={o: tuple(map(writer.row, found[:MOST_SHOWN])) for o, found in changes.items()},
        counts=trial.report.counts.get(path, {}),
        sums=tuple(map(writer.sum, trial.sums)),
        errors=say_errors(trial.errors),
        is_whole=not any(error.path == path for error in trial.errors),
    )


class _Writer:
    """Writes the values of one table's records as the table has them."""

    def __init__(self, session: Session, data_file: DataFile) -> None:
        """Read the keys of all records that the table can name."""
        self._file = data_file
        self._columns = {f"{column}_won": column for column in data_file.left_out}
        self._columns |= {name: column for column, name in data_file.renames.items()}
        self._names: dict[str, dict[int, str]] = {}
        self._by_key: dict[str, dict[str, str]] = {}
        for column, (name, model) in data_file.refs.items():
            self._columns[name] = column
            known = imports.imported_rows(session, model)
            self._by_key[column] = {key: _name_of(key, vars(row)) for key, row in known.items()}
            self._names[name] = {row.id: self._by_key[column][key] for key, row in known.items()}

    def row(self, change: RowChange) -> ShownRow:
        """Return a row with the values that differ."""
        names = change.after or change.before
        values = (
            ShownValue(
                self._column(name),
                self._write(name, change.before.get(name)),
                self._write(name, change.after.get(name)),
            )
            for name in names
            if change.before.get(name) != change.after.get(name)
        )
        return ShownRow(self._name(change), change.line, tuple(values))

    def _name(self, change: RowChange) -> str:
        """Return the key of a row in words: ``Council operation · 2020 · 31 Oct 2020``."""
        values = change.after or change.before
        parts = zip(self._file.key, change.key.split("|"), strict=False)
        return " · ".join(self._name_part(column, part, values) for column, part in parts)

    def _name_part(self, column: str, part: str, values: Mapping[str, object]) -> str:
        known = self._by_key.get(column, {})
        if part in known:
            return known[part]
        if column in ("slug", "key", "number"):
            return _name_of(part, values)
        if column == "position":
            return str(_("no. %(number)s", number=part))
        day = values.get(column)
        if isinstance(day, date):
            return write_day(day, page_language(), weekday=False)
        return part

    def _column(self, name: str) -> str:
        """Return what the column of a field is called."""
        return column_words(self._file.path, self._columns.get(name, name))

    def sum(self, found: Sum) -> ShownValue:
        """Return the sum of a column, before and after."""
        column = self._column(found.name) if found.name else ""
        before, after = (self._write(found.name, n) for n in (found.before, found.after))
        return ShownValue(column, before, after)

    def _write(self, name: str, value: object) -> str:
        """Return a value as words, amounts with their unit."""
        if value is None or value == "":
            return NOTHING
        if name in self._names and isinstance(value, int):
            return self._names[name].get(value, str(value))
        if name.endswith("_won") and isinstance(value, int):
            return write_won(value, page_language())
        if name.endswith("_rate") and isinstance(value, int):
            return filters.write_rate(value)
        return _plain(value)


def _name_of(key: str, values: Mapping[str, object]) -> str:
    """Return the name of a record in the page's language; its key where it has none."""
    for field in ("name", "title"):
        if values.get(field):
            return plain(str(values[field]), str(values.get(f"{field}_en") or ""))
    return key


def _plain(value: object) -> str:
    if isinstance(value, Enum):
        return value_words(str(value.value))
    if isinstance(value, date):
        return write_day(value, page_language(), weekday=False)
    return str(value)
