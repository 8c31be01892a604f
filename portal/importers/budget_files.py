"""The files under ``data/budget/``: one dataclass a file, in the order of its columns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.budget.models import BridgeStep, BudgetLine, Execution, FiscalYear, RevenueItem
from portal.budget.rules import LineKind, PlannedMeaning, StepNature, Unit
from portal.core.models import Source
from portal.importers.files import DataFile, Lookup, line_as_position
from portal.importers.tables import Amount, Percent, Placed

SOURCE = {"source": ("source_id", Source)}
YEAR = {"year": ("year_id", FiscalYear)}


@dataclass(frozen=True)
class YearRow:
    """A fiscal year."""

    year: int
    population: Amount | None
    population_on: date | None
    population_source: str | None
    note: str | None
    note_en: str | None
    source: str | None
    locator: str | None


@dataclass(frozen=True)
class LineRow:
    """A budget line; its parent stands above it in the file."""

    slug: str
    kind: LineKind
    parent: str | None
    name: str
    name_en: str | None
    items: str | None
    items_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class ExecutionRow:
    """What a line had, committed and spent at a date, as printed."""

    line: str
    year: int
    as_of: date
    unit: Unit
    current: Amount
    committed: Amount | None
    committed_percent: Percent | None
    spent: Amount
    spent_percent: Percent | None
    planned: Amount | None
    planned_percent: Percent | None
    planned_is: PlannedMeaning | None
    remaining: Amount | None
    remaining_reason: str | None
    remaining_reason_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class BridgeRow:
    """A step from the original to the current budget; what takes away is negative."""

    year: int
    position: int
    nature: StepNature
    number: int | None
    amount: Amount
    unit: Unit
    label: str
    label_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class RevenueRow:
    """What the council takes in."""

    year: int
    position: int
    name: str
    name_en: str | None
    amount: Amount
    unit: Unit
    source: str
    locator: str | None


#: A database adds up numbers below 9.2 * 10^18; a thousand such amounts stay below that.
_MOST_WON = 10**15


def _in_won(*columns: str) -> Callable[[Placed[Any], Lookup], dict[str, object]]:
    """Return what turns printed amounts into won."""

    def turn(placed: Placed[Any], _lookup: Lookup) -> dict[str, object]:
        found = ((column, getattr(placed.row, column)) for column in columns)
        unit_won = placed.row.unit.won
        won = {name: None if value is None else value * unit_won for name, value in found}
        for column, amount in won.items():
            if abs(amount or 0) > _MOST_WON:
                raise placed.error(column, _("the amount is too large"))
        return {f"{name}_won": amount for name, amount in won.items()}

    return turn


def _check_execution(row: ExecutionRow) -> tuple[str, str] | None:
    """Refuse a row that can't be so: negative amounts, more than there is, half a plan."""
    for column in ("current", "committed", "spent", "planned", "remaining"):
        value = getattr(row, column)
        if value is not None and value < 0:
            return column, _(
                "%(value)s is below zero; only steps of the bridge may be", value=f"{value:,}"
            )
    if row.spent > row.current:
        return "spent", _(
            "%(spent)s is more than the current budget, %(current)s",
            spent=f"{row.spent:,}",
            current=f"{row.current:,}",
        )
    if (row.planned is None) != (row.planned_is is None):
        return "planned_is", _("say what planned counts: additional, cumulative or unclear")
    return None


_MONEY = ("current", "committed", "spent", "planned", "remaining")
_RATES = ("committed", "spent", "planned")

FILES: tuple[DataFile, ...] = (
    DataFile(
        "budget/years.csv",
        YearRow,
        FiscalYear,
        ("year",),
        SOURCE | {"population_source": ("population_source_id", Source)},
    ),
    DataFile(
        "budget/lines.csv",
        LineRow,
        BudgetLine,
        ("slug",),
        SOURCE | {"parent": ("parent_id", BudgetLine)},
        further=line_as_position,
    ),
    DataFile(
        "budget/execution.csv",
        ExecutionRow,
        Execution,
        ("line", "year", "as_of"),
        SOURCE | YEAR | {"line": ("line_id", BudgetLine)},
        renames={f"{name}_percent": f"{name}_rate" for name in _RATES},
        left_out=frozenset(_MONEY),
        further=_in_won(*_MONEY),
        check=_check_execution,
    ),
    DataFile(
        "budget/bridge.csv",
        BridgeRow,
        BridgeStep,
        ("year", "position"),
        SOURCE | YEAR,
        left_out=frozenset(("amount",)),
        further=_in_won("amount"),
    ),
    DataFile(
        "budget/revenue.csv",
        RevenueRow,
        RevenueItem,
        ("year", "position"),
        SOURCE | YEAR,
        left_out=frozenset(("amount",)),
        further=_in_won("amount"),
    ),
)
