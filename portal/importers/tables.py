"""Read CSV files into typed rows, with errors that say file, line and column."""

import csv
import dataclasses
import io
import re
import types
import typing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from pathlib import Path
from typing import Any, Generic, NewType, TypeVar

from flask_babel import gettext as _

from portal.core.partial_dates import parse_partial_date

#: A date known to the day, month or year only, as text.
PartialDate = NewType("PartialDate", str)
#: A whole number that may be written with commas between thousands, as spreadsheets do.
Amount = NewType("Amount", int)
#: A percentage such as 60.7 or 97.82, in hundredths of a percent.
Percent = NewType("Percent", int)
Row = TypeVar("Row")
#: More than any budget in won; a database keeps 18, and one unit is a million of another.
MOST_DIGITS = 15
_WITH_COMMAS = re.compile(r"[-\u2212]?\d{1,3}(,\d{3})+")
_PERCENT = re.compile(r"(\d{1,4})(?:\.(\d{1,2}))?%?")


@dataclass(eq=False)
class DataError(Exception):
    """A place in a data file that can't be imported, and why.

    :ivar line: from 1; 0 when the file as a whole is meant
    :ivar column: number of the field in its row, from 1; 0 when the line as a whole is meant
    """

    path: str
    line: int
    column: int
    reason: str

    def __str__(self) -> str:
        """Return ``file:line:column: reason``."""
        return f"{self.path}:{self.line}:{self.column}: {self.reason}"


@dataclass(eq=False)
class FigureDiffers(DataError):
    """A printed figure that its parts don't give.

    :ivar sentence: the same for people who don't see the file, in the page's language
    """

    sentence: str

    __str__ = DataError.__str__


def say_errors(errors: Sequence[DataError]) -> tuple[str, ...]:
    """Return what is wrong with a table that somebody brought, in sentences.

    A place in the table itself is told as ``file:line:column: reason``. A printed figure that
    does not agree is told in words, and after the last one what to do.
    """
    differing = [error.sentence for error in errors if isinstance(error, FigureDiffers)]
    others = [str(error) for error in errors if not isinstance(error, FigureDiffers)]
    way_out = _(
        "Compare these figures with the document. Where the table is mistyped, correct it. Where "
        "the document itself disagrees, ask whoever keeps the data folder to declare the "
        "difference in identities.csv with a reason; both figures are then shown with a note."
    )
    return (*others, *differing, *([way_out] if differing else []))


class DataErrors(Exception):
    """All that is wrong in the files, in their order."""

    def __init__(self, errors: list[DataError]) -> None:
        """Keep the errors."""
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


@dataclass(frozen=True)
class Placed(Generic[Row]):
    """A row and where it stands."""

    row: Row
    path: str
    line: int
    header: tuple[str, ...]

    def error(self, field: str, reason: str) -> DataError:
        """Return an error at one field of this row."""
        column = self.header.index(field) + 1 if field in self.header else 0
        return DataError(self.path, self.line, column, f"{field}: {reason}")


def read_table(folder: Path, path: str, row_type: type[Row]) -> list[Placed[Row]]:
    """Return the rows of a CSV file as dataclasses of the given type.

    :raise DataErrors: the file is missing or not in UTF-8, or as in ``parse_table``
    """
    return parse_table(read_text(folder, path), path, row_type)


def parse_table(text: str, path: str, row_type: type[Row]) -> list[Placed[Row]]:
    """Return the rows of a CSV text as dataclasses of the given type.

    :param path: what errors call the file
    :raise DataErrors: it is not CSV with the right header, or has values that don't fit; up to 20
        errors are told at once
    """
    reader = csv.reader(io.StringIO(text), strict=True)
    header = _read_header(reader, path, row_type)
    rows: list[Placed[Row]] = []
    errors: list[DataError] = []
    for line, fields in records(reader, path, errors):
        try:
            rows.append(Placed(_parse(path, line, header, fields, row_type), path, line, header))
        except DataError as error:
            errors.append(error)
    if errors:
        raise DataErrors(errors[:20])
    return rows


def read_text(folder: Path, path: str) -> str:
    """Return the text of a data file.

    :raise DataErrors: the file is missing or not in UTF-8
    """
    try:
        return decode((folder / path).read_bytes(), path)
    except FileNotFoundError:
        raise DataErrors([DataError(path, 0, 0, _("the file is missing"))]) from None


def decode(content: bytes, path: str) -> str:
    """Return the text of a file's bytes; its lines end as Unix ends them.

    :raise DataErrors: it is not UTF-8
    """
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        reason = _("save the file as UTF-8 (in a spreadsheet: CSV UTF-8)")
        raise DataErrors([DataError(path, line, 0, reason)]) from None


def _read_header(reader: Any, path: str, row_type: type[Row]) -> tuple[str, ...]:
    """Return the header; each column is known and none that is needed is missing."""
    wanted = {field.name for field in dataclasses.fields(row_type)}  # type: ignore[arg-type]
    try:
        header = tuple(next(reader, ()))
    except csv.Error as error:
        raise DataErrors([_malformed(path, 1, error)]) from None
    unknown = [name for name in header if name not in wanted]
    missing = sorted(wanted - set(header))
    if unknown:
        column = header.index(unknown[0]) + 1
        reason = _("the column %(name)s is not known", name=repr(unknown[0]))
        raise DataErrors([DataError(path, 1, column, reason)])
    if missing or len(set(header)) != len(header):
        names = ", ".join(missing)
        reason = (
            _("columns are missing: %(names)s", names=names)
            if missing
            else _("a column stands twice")
        )
        raise DataErrors([DataError(path, 1, 0, reason)])
    return header


def records(reader: Any, path: str, errors: list[DataError]) -> Iterator[tuple[int, list[str]]]:
    """Give each record with the line it begins on; broken quoting ends the file with an error."""
    begin = reader.line_num + 1
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            errors.append(_malformed(path, begin, error))
            return
        if fields:
            yield begin, fields
        begin = reader.line_num + 1


def _malformed(path: str, line: int, error: csv.Error) -> DataError:
    return DataError(path, line, 0, _("not well-formed CSV: %(reason)s", reason=error))


def _parse(
    path: str, line: int, header: tuple[str, ...], fields: list[str], row_type: type[Row]
) -> Row:
    """Return one row, each field in its type."""
    if len(fields) != len(header):
        reason = _(
            "%(found)s fields instead of %(wanted)s; put texts with commas in quotes",
            found=len(fields),
            wanted=len(header),
        )
        raise DataError(path, line, min(len(fields), len(header)) + 1, reason)
    kinds = typing.get_type_hints(row_type)
    values: dict[str, object] = {}
    for column, (name, text) in enumerate(zip(header, fields, strict=True), start=1):
        try:
            values[name] = parse_value(text.strip(), kinds[name])
        except ValueError as error:
            raise DataError(path, line, column, f"{name}: {error}") from None
    return row_type(**values)


def parse_value(text: str, kind: Any) -> object:
    """Return a field's text as a value of its type; empty is None where None is allowed.

    :raise ValueError: the text does not fit; the message says what would
    """
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        if not text:
            return None
        kind = next(part for part in typing.get_args(kind) if part is not type(None))
    if not text:
        raise ValueError(_("must not be empty"))
    if "\x00" in text:
        raise ValueError(_("has a NUL character"))
    return _PARSERS[kind](text) if kind in _PARSERS else _parse_word(text, kind)


def _parse_word(text: str, kind: type[Enum]) -> Enum:
    try:
        return kind(text)
    except ValueError:
        words = ", ".join(str(word.value) for word in kind)
        raise ValueError(
            _("%(value)s is none of: %(words)s", value=repr(text), words=words)
        ) from None


def _parse_number(text: str) -> int:
    if not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit():
        raise ValueError(_("%(value)s is not a whole number", value=repr(text)))
    if len(text) > MOST_DIGITS:
        raise ValueError(_("a number has at most %(most)s digits", most=MOST_DIGITS))
    return int(text)


def _parse_amount(text: str) -> int:
    if _WITH_COMMAS.fullmatch(text):
        text = text.replace(",", "")
    elif "," in text:
        raise ValueError(
            _("%(value)s has commas in odd places; write 27766 or 27,766", value=repr(text))
        )
    return _parse_number(text.replace("\u2212", "-"))


def _parse_percent(text: str) -> int:
    found = _PERCENT.fullmatch(text)
    if not found:
        raise ValueError(_("%(value)s is not a percentage such as 60.7", value=repr(text)))
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def _parse_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(_("%(value)s is not a day such as 2020-11-09", value=repr(text))) from None


def _parse_time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise ValueError(_("%(value)s is not a time such as 14:00", value=repr(text))) from None


def _parse_yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(_("%(value)s is neither yes nor no", value=repr(text)))
    return text == "yes"


_PARSERS: dict[Any, Callable[[str], object]] = {
    str: str,
    int: _parse_number,
    date: _parse_date,
    time: _parse_time,
    bool: _parse_yes,
    PartialDate: parse_partial_date,
    Amount: _parse_amount,
    Percent: _parse_percent,
}
