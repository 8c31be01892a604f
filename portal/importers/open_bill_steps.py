"""The steps of a bill as a record of a council's list tells them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from flask_babel import gettext as _

from portal.importers.open_bill_columns import Column, bare
from portal.importers.open_bill_words import Decision, decision_of
from portal.importers.tables import DataError
from portal.legislation.rules.kinds import StepKind, StepResult

_EMPTY = frozenset(("", "-", "–", "—", "없음", "해당없음", "해당 없음", "null", "NULL"))
_DAY = re.compile(
    r"([0-9]{4})(?:\s*[-./년]\s*([0-9]{1,2})\s*[-./월]\s*([0-9]{1,2})|([0-9]{2})([0-9]{2}))"
    r"\s*[.일]?(?:[ T]+[0-9:.]+)?"
)
#: What stands between several names, days or results in one field.
BETWEEN = re.compile(r"\s*[,;、]\s*")
#: No plenary sits in a committee: such a bill came straight before all.
_PLENARY_WORDS = frozenset(("본회의", "본회의직접회부", "본회의부의"))
_BEGINNINGS = ((StepKind.PROPOSED, Column.PROPOSED_ON), (StepKind.RECEIVED, Column.RECEIVED_ON))
Value = TypeVar("Value")


@dataclass(frozen=True)
class OpenStep:
    """A step as printed; ``committee`` is the printed name of one."""

    kind: StepKind
    on: date | None = None
    committee: str | None = None
    result: StepResult | None = None
    text: str | None = None


@dataclass(frozen=True)
class Line:
    """A record of the file, with what its columns mean."""

    path: str
    number: int
    header: tuple[str, ...]
    columns: Mapping[Column, int]
    fields: tuple[str, ...]

    def text(self, column: Column) -> str:
        """Return what stands in a column; empty where nothing does, or the column is missing."""
        place = self.columns.get(column)
        text = "" if place is None else self.fields[place]
        return "" if text in _EMPTY else text

    def error(self, column: Column, reason: str) -> DataError:
        """Return an error at a column of this record."""
        place = self.columns.get(column)
        if place is None:
            return DataError(self.path, self.number, 0, reason)
        name = self.header[place].strip()
        return DataError(self.path, self.number, place + 1, f"{name}: {reason}")

    def whole_error(self, reason: str) -> DataError:
        """Return an error at this record as a whole."""
        return DataError(self.path, self.number, 0, reason)

    def read(self, column: Column, parse: Callable[[str], Value]) -> Value | None:
        """Return a column's value, None where it is empty.

        :raise DataError: the text does not fit
        """
        text = self.text(column)
        try:
            return parse(text) if text else None
        except ValueError as error:
            raise self.error(column, str(error)) from None


def parse_day(text: str) -> date:
    """Return a day written as 2020-06-17, 2020.6.17., 20200617 or 2020년 6월 17일.

    :raise ValueError: it is none, or there is no such day
    """
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
    except ValueError:
        pass
    raise ValueError(_("%(value)s is not a day such as 2020-11-09", value=repr(text)))


def steps_of(line: Line) -> Iterator[OpenStep]:
    """Give the steps of a bill in the order in which steps follow each other.

    :raise DataError: a value does not fit
    """
    committees = _committees(line)
    reviews = _each(line, Column.REVIEW_RESULT, decision_of, len(committees))
    reviewed = _each(line, Column.REVIEWED_ON, parse_day, len(committees))
    decided_on = line.read(Column.PLENARY_ON, parse_day)
    plenary = line.read(Column.PLENARY_RESULT, decision_of)
    if plenary and plenary.result is StepResult.NOT_FORWARDED:
        # The plenary never had it: a list with one result has the committee's there.
        reviews = [review or plenary for review in reviews]
        reviewed = [on or decided_on for on in reviewed]
        plenary = decided_on = None
    for kind, column in _BEGINNINGS:
        if on := line.read(column, parse_day):
            yield OpenStep(kind, on)
    yield from _before_committees(line, committees)
    for name, on, decision in zip(committees, reviewed, reviews, strict=True):
        if on or decision:
            yield _decided(StepKind.REVIEWED, on, name, decision)
    if (decided_on or plenary) and not (plenary and plenary.end):
        yield _decided(StepKind.PLENARY, decided_on, None, plenary)
    yield from _after_plenary(line)
    yield from _end([plenary] if plenary else reviews, [decided_on] if plenary else reviewed)


def _after_plenary(line: Line) -> Iterator[OpenStep]:
    """Give the steps after the plenary's decision."""
    if on := line.read(Column.TRANSMITTED_ON, parse_day):
        yield OpenStep(StepKind.TRANSMITTED, on)
    printed = line.text(Column.PROMULGATION)
    if (on := line.read(Column.PROMULGATED_ON, parse_day)) or printed:
        text = f"{Column.PROMULGATION} {printed}" if printed else None
        yield OpenStep(StepKind.PROMULGATED, on, text=text)


def _committees(line: Line) -> list[str | None]:
    """Return the committees of a bill as printed; one that no column names is None."""
    names = [name for name in BETWEEN.split(line.text(Column.COMMITTEE)) if name]
    named = list(dict.fromkeys(name for name in names if bare(name) not in _PLENARY_WORDS))
    return [*named] or [None]


def _before_committees(line: Line, committees: list[str | None]) -> Iterator[OpenStep]:
    """Give the steps before committees decide; a committee that is named has the bill."""
    referred = _each(line, Column.REFERRED_ON, parse_day, len(committees))
    laid = _each(line, Column.LAID_ON, parse_day, len(committees))
    for name, on in zip(committees, referred, strict=True):
        if name or on:
            yield OpenStep(StepKind.REFERRED, on, name)
    for name, on in zip(committees, laid, strict=True):
        if on:
            yield OpenStep(StepKind.LAID, on, name)


def _decided(
    kind: StepKind, on: date | None, committee: str | None, decision: Decision | None
) -> OpenStep:
    """Return the step of a committee or the plenary; words stay that are no result."""
    if decision is None:
        return OpenStep(kind, on, committee)
    text = None if decision.result else decision.text
    return OpenStep(kind, on, committee, decision.result, text)


def _end(last: Sequence[Decision | None], days: Sequence[date | None]) -> Iterator[OpenStep]:
    """Give the step by which a bill was withdrawn or lapsed before all that had it last."""
    ends = [decision.end for decision in last if decision and decision.end]
    if ends and len(ends) == len(last):
        yield OpenStep(ends[-1], max((day for day in days if day), default=None))


def _each(
    line: Line, column: Column, parse: Callable[[str], Value | None], count: int
) -> list[Value | None]:
    """Return a column's value for each committee: one for all, or as many as there are.

    :raise DataError: a value does not fit
    """
    text = line.text(column)
    parts = BETWEEN.split(text) if count > 1 else [text]
    if len(parts) not in (1, count):
        reason = _(
            "%(found)s values for %(wanted)s committees; give one, or one for each",
            found=len(parts),
            wanted=count,
        )
        raise line.error(column, reason)
    try:
        values = [None if part in _EMPTY else parse(part) for part in parts]
    except ValueError as error:
        raise line.error(column, str(error)) from None
    return values * count if len(values) == 1 else values
