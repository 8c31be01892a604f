"""Reads about the budget. Everything is ordered and bounded."""

from datetime import date
from typing import Any

from sqlalchemy import Row, case, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from portal.budget.models import BridgeStep, BudgetLine, Execution, FiscalYear, RevenueItem
from portal.budget.pages import LineRow, Money, RevenueRow, StepRow, YearRow
from portal.budget.rules import LineKind, LineOrder
from portal.core.citations import SOURCE_COLUMNS, cite, source_of
from portal.core.errors import NotFound
from portal.core.kept import kept
from portal.core.models import Source

#: Lists are bounded, far above what a council has.
MOST_LINES = 20_000
MOST_STEPS = 100
MOST_PARTS = 500

_ORDERS: dict[LineOrder, tuple[Any, ...]] = {
    LineOrder.AMOUNT: (Execution.current_won.desc(), BudgetLine.slug),
    LineOrder.RATE: (
        func.coalesce(Execution.spent_won * 1.0 / func.nullif(Execution.current_won, 0), 0),
        BudgetLine.slug,
    ),
    LineOrder.REMAINING: ((Execution.current_won - Execution.spent_won).desc(), BudgetLine.slug),
}

_KINDS = case(
    {LineKind.PROGRAMME: 0, LineKind.GROUP: 1, LineKind.TOTAL: 2}, value=BudgetLine.kind, else_=3
)


@kept
def published_years(session: Session, today: date) -> tuple[YearRow, ...]:
    """Return the fiscal years with execution known by a day, the latest first."""
    rows = session.execute(
        select(FiscalYear, Execution.as_of, Source)
        .join_from(FiscalYear, Execution, Execution.year_id == FiscalYear.id)
        .outerjoin(Source, Source.id == FiscalYear.population_source_id)
        .where(Execution.as_of <= today)
        .group_by(FiscalYear.id, Execution.as_of, Source.id)
        .order_by(FiscalYear.year.desc(), Execution.as_of.desc())
        .limit(MOST_STEPS)
    ).all()
    years = {row[0].id: (row[0], row[2]) for row in rows}
    return tuple(
        YearRow(
            id=year.id,
            year=year.year,
            dates=tuple(as_of for of, as_of, _source in rows if of.id == year.id),
            population=year.population,
            population_on=year.population_on,
            population_source=cite(source),
            note=year.note,
            note_en=year.note_en,
        )
        for year, source in years.values()
    )


def get_published_year(session: Session, year: int, today: date) -> YearRow:
    """Return a fiscal year.

    :raise NotFound: nothing is known of that year
    """
    row = next((row for row in published_years(session, today) if row.year == year), None)
    if row is None:
        raise NotFound
    return row


@kept
def published_lines(session: Session, year_id: int, as_of: date) -> tuple[LineRow, ...]:
    """Return every line of a year with its money at a date, in the order of the source."""
    return _read(session, _lines_at(year_id, as_of).order_by(BudgetLine.position), MOST_LINES)


@kept
def lines_above_projects(
    session: Session, year_id: int, as_of: date, order: LineOrder
) -> tuple[LineRow, ...]:
    """Return the programmes, groups and total of a year, each kind as a reader wants it."""
    lines = _lines_at(year_id, as_of).where(BudgetLine.kind != LineKind.PROJECT)
    return _read(session, lines.order_by(_KINDS, *_ORDERS[order]), MOST_LINES)


@kept
def lines_side_by_side(
    session: Session, points: tuple[tuple[int, date], ...]
) -> tuple[tuple[LineRow, ...], ...]:
    """Return the same for several days of one or more years, in the order of the points.

    :param points: id of a year, and one of its days; no two share a day
    """
    lines = _lines().where(tuple_(Execution.year_id, Execution.as_of).in_(points))
    lines = lines.where(BudgetLine.kind != LineKind.PROJECT).order_by(BudgetLine.position)
    found = _read(session, lines, MOST_LINES)
    return tuple(tuple(line for line in found if line.money.as_of == day) for _id, day in points)


@kept
def count_projects(session: Session, year_id: int, as_of: date) -> int:
    """Return how many projects of a year have figures at a date."""
    query = (
        select(func.count())
        .select_from(Execution)
        .join(BudgetLine, BudgetLine.id == Execution.line_id)
        .where(Execution.year_id == year_id, Execution.as_of == as_of)
        .where(BudgetLine.kind == LineKind.PROJECT)
    )
    return session.scalar(query) or 0


@kept
def some_projects(
    session: Session, year_id: int, as_of: date, order: LineOrder, skipped: int, most: int
) -> tuple[LineRow, ...]:
    """Return some projects of a year in the order a reader wants.

    :param skipped: how many come before them
    """
    lines = _lines_at(year_id, as_of).where(BudgetLine.kind == LineKind.PROJECT)
    return _read(session, lines.order_by(*_ORDERS[order]).offset(skipped), most)


@kept
def find_line(session: Session, year_id: int, as_of: date, slug: str) -> LineRow | None:
    """Return a line of a year with its money at a date, or None."""
    found = _read(session, _lines_at(year_id, as_of).where(BudgetLine.slug == slug), 1)
    return found[0] if found else None


@kept
def parts_of(session: Session, line_id: int, year_id: int, as_of: date) -> tuple[LineRow, ...]:
    """Return the lines that a line is made of, the largest first."""
    parts = _lines_at(year_id, as_of).where(BudgetLine.parent_id == line_id)
    return _read(session, parts.order_by(*_ORDERS[LineOrder.AMOUNT]), MOST_PARTS)


@kept
def lines_named(
    session: Session, year_id: int, as_of: date, slugs: frozenset[str]
) -> tuple[LineRow, ...]:
    """Return the lines of some slugs, in the order of the source."""
    lines = _lines_at(year_id, as_of).where(BudgetLine.slug.in_(slugs))
    return _read(session, lines.order_by(BudgetLine.position), MOST_PARTS)


@kept
def execution_of(session: Session, line_id: int, year_id: int, today: date) -> tuple[Money, ...]:
    """Return a line's money at each date of a year known by a day, the latest first."""
    rows = session.execute(
        _lines()
        .where(Execution.line_id == line_id, Execution.year_id == year_id)
        .where(Execution.as_of <= today)
        .order_by(Execution.as_of.desc())
        .limit(MOST_STEPS)
    )
    return tuple(_line_row(row).money for row in rows)


@kept
def bridge_of(session: Session, year_id: int) -> tuple[StepRow, ...]:
    """Return the steps from a year's original budget to its current one, in order."""
    rows = session.execute(
        select(BridgeStep.nature, BridgeStep.amount_won, BridgeStep.label, BridgeStep.label_en)
        .where(BridgeStep.year_id == year_id)
        .order_by(BridgeStep.position)
        .limit(MOST_STEPS)
    )
    return tuple(StepRow(*row) for row in rows)


@kept
def revenue_of(session: Session, year_id: int) -> tuple[RevenueRow, ...]:
    """Return what comes in during a year, in the order of the source."""
    rows = session.execute(
        select(RevenueItem.name, RevenueItem.name_en, RevenueItem.amount_won)
        .where(RevenueItem.year_id == year_id)
        .order_by(RevenueItem.position)
        .limit(MOST_STEPS)
    )
    return tuple(RevenueRow(*row) for row in rows)


def _lines_at(year_id: int, as_of: date) -> Any:
    """Return the statement for the lines of a year with their money at a date."""
    return _lines().where(Execution.year_id == year_id, Execution.as_of == as_of)


def _read(session: Session, statement: Any, most: int) -> tuple[LineRow, ...]:
    return tuple(_line_row(row) for row in session.execute(statement.limit(most)))


def _lines() -> Any:
    """Return the statement for lines with their money and document."""
    parent = aliased(BudgetLine)
    return (
        select(
            BudgetLine.id,
            BudgetLine.slug,
            BudgetLine.kind,
            parent.slug.label("parent_slug"),
            BudgetLine.name,
            BudgetLine.name_en,
            BudgetLine.items,
            BudgetLine.items_en,
            Execution.as_of,
            Execution.unit,
            Execution.current_won,
            Execution.committed_won,
            Execution.committed_rate,
            Execution.spent_won,
            Execution.spent_rate,
            Execution.planned_won,
            Execution.planned_rate,
            Execution.planned_is,
            Execution.remaining_won,
            Execution.remaining_reason,
            Execution.remaining_reason_en,
            *SOURCE_COLUMNS,
            Execution.locator,
        )
        .join_from(Execution, BudgetLine, BudgetLine.id == Execution.line_id)
        .outerjoin(parent, parent.id == BudgetLine.parent_id)
        .outerjoin(Source, Source.id == Execution.source_id)
    )


def _line_row(row: Row[Any]) -> LineRow:
    values = tuple(row)
    head: Any = (*values[:8], Money(*values[8:21]), source_of(row))
    return LineRow(*head)
