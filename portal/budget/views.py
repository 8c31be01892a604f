"""Public pages of the budget: a year, a line, and the same figures as files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from portal.budget import queries
from portal.budget.downloads import COLUMNS, budget_table
from portal.budget.pages import LineRow, Money, YearRow
from portal.budget.rules import LineKind, LineOrder, ShownUnit, per_person, share_of_year
from portal.budget.treemap import build_treemap
from portal.budget.waterfall import build_waterfall
from portal.calendar.addresses import read_year
from portal.core import clock, downloads
from portal.core.addresses import url_for
from portal.core.errors import BadAddress, NotFound
from portal.core.pages import public_page
from portal.core.pagination import Page, part_of
from portal.core.params import read_choice, read_day, read_number
from portal.core.sections import sections_of
from portal.core.templates import render
from portal.council.queries import failing_checks
from portal.extensions import db

budget = Blueprint("budget", __name__, url_prefix="/budget")

MOST_PAGES = 1000
ROWS_A_PAGE = 50
TREEMAP_SIZE = (1200.0, 520.0)
VIEWS = ("programmes", "projects", "map", "compare")
#: So many days stand side by side.
MOST_COMPARED = 4
PARAMS = ("on", "view", "order", "unit", "page")


@dataclass(frozen=True)
class Wanted:
    """What the reader chose.

    :ivar on: day of the figures; None: the latest
    """

    on: date | None
    view: str
    order: LineOrder
    unit: ShownUnit

    def address(self, year: int, **changes: object) -> str:
        """Return the address of the page with some choices changed; defaults are left out."""
        values: dict[str, object] = {
            "on": self.on.isoformat() if self.on else None,
            "view": self.view if self.view != VIEWS[0] else None,
            "order": self.order.value if self.order is not LineOrder.AMOUNT else None,
            "unit": self.unit.value if self.unit is not ShownUnit.MILLION else None,
        }
        return url_for("budget.show_year", year=year, **{**values, **changes})


@budget.get("")
@public_page(params=PARAMS)
def show_start() -> str:
    """Show the latest year, or that nothing is known."""
    years = queries.published_years(db.session(), clock.today())
    if not years:
        return render("budget/show_nothing.html")
    return _year_page(years[0], years)


@budget.get("/<year>")
@public_page(params=PARAMS)
def show_year(year: str) -> str:
    """Show a year: what there was, what was spent, by programme, and why it changed."""
    today = clock.today()
    row = queries.get_published_year(db.session(), read_year(year), today)
    return _year_page(row, queries.published_years(db.session(), today))


@budget.get("/<year>/<slug>")
@public_page(params=("on", "unit"))
def show_line(year: str, slug: str) -> str:
    """Show a programme or project: its parts, its money at each date, what it is for."""
    session, today = db.session(), clock.today()
    row = queries.get_published_year(session, read_year(year), today)
    wanted = _wanted(row)
    as_of = wanted.on or row.dates[0]
    line = queries.find_line(session, row.id, as_of, slug)
    if line is None:
        raise NotFound
    if not request.args.get("unit"):
        wanted = replace(wanted, unit=ShownUnit(line.money.unit.value))
    parent = line.parent_slug and queries.find_line(session, row.id, as_of, line.parent_slug)
    execution = queries.execution_of(session, line.id, row.id, today)
    return render(
        "budget/show_line.html",
        year=row,
        line=line,
        wanted=wanted,
        as_of=as_of,
        gone=share_of_year(as_of),
        parent=parent,
        parts=queries.parts_of(session, line.id, row.id, as_of),
        execution=execution,
        points=[(share_of_year(at.as_of), at.spent_share or 0.0) for at in reversed(execution)],
        checks=failing_checks(session, f"budget-{line.slug}-"),
        sections=sections_of("budget.line", line.id),
    )


@budget.get("/words")
@public_page()
def show_words() -> str:
    """Say what the words of the budget mean."""
    return render("budget/show_words.html")


@budget.get("/<year>.csv")
@public_page(params=("on", "bom"))
def download_csv(year: str) -> Response:
    """Give the lines of a year as a file for spreadsheets."""
    return downloads.as_csv(_table_of(year), with_mark=request.args.get("bom") != "no")


@budget.get("/<year>.json")
@public_page(params=("on",))
def download_json(year: str) -> Response:
    """Give the lines of a year as JSON, with the meaning of each column."""
    return downloads.as_json(_table_of(year))


@budget.get("/<year>.xlsx")
@public_page(params=("on",))
def download_xlsx(year: str) -> Response:
    """Give the lines of a year as a workbook, with the meaning of each column."""
    return downloads.as_xlsx(_table_of(year))


@budget.get("/columns.csv")
@public_page()
def download_columns() -> Response:
    """Give the data dictionary: what each column of the files means."""
    return downloads.columns_as_csv("budget-columns", COLUMNS)


def _year_page(row: YearRow, years: Sequence[YearRow]) -> str:
    """Show one year as the query says."""
    session, wanted = db.session(), _wanted(row)
    as_of = wanted.on or row.dates[0]
    lines = queries.lines_above_projects(session, row.id, as_of, wanted.order)
    number = read_number(request.args.get("page"), 1, least=1, most=MOST_PAGES)
    total = next((line for line in lines if line.kind is LineKind.TOTAL), None)
    points = _points(row, years)
    return render(
        "budget/show_year.html",
        year=row,
        years=years,
        wanted=wanted,
        as_of=as_of,
        gone=share_of_year(as_of),
        total=total,
        sums=tuple(line for line in lines if line.kind is not LineKind.PROGRAMME),
        programmes=_programmes(lines),
        page=_projects(row, as_of, wanted, number),
        points=points,
        compared=_compare(points) if wanted.view == "compare" else (),
        areas=_areas(row, as_of) if wanted.view == "map" else (),
        waterfall=build_waterfall(queries.bridge_of(session, row.id)),
        revenue=queries.revenue_of(session, row.id),
        each=per_person(total.money.current, row.population) if total else None,
        checks=failing_checks(session, "budget-"),
        sections=sections_of("budget.year", row.year),
    )


def _projects(row: YearRow, as_of: date, wanted: Wanted, number: int) -> Page[LineRow]:
    """Return a page of the year's projects; its rows are read only where they are shown."""
    session = db.session()
    page = part_of(queries.count_projects(session, row.id, as_of), number, ROWS_A_PAGE)
    if wanted.view != "projects" or not page.total:
        return page
    skipped = page.first - 1
    rows = queries.some_projects(session, row.id, as_of, wanted.order, skipped, ROWS_A_PAGE)
    return replace(page, rows=rows)


def _points(row: YearRow, years: Sequence[YearRow]) -> list[tuple[YearRow, date]]:
    """Return the days that can stand side by side: the year's own, then each other year's latest.

    There is nothing to compare with fewer than two.
    """
    own = [(row, day) for day in row.dates]
    others = [(year, year.dates[0]) for year in years if year.id != row.id]
    points = (own[: MOST_COMPARED - len(others[:1])] + others)[:MOST_COMPARED]
    return points if len(points) > 1 else []


def _compare(points: Sequence[tuple[YearRow, date]]) -> list[tuple[LineRow, list[Money | None]]]:
    """Return the programmes and sums with their money at each point."""
    keys = tuple((year.id, day) for year, day in points)
    columns = queries.lines_side_by_side(db.session(), keys) if keys else ()
    found = [{line.slug: line.money for line in lines} for lines in columns]
    lines = {line.slug: line for column in reversed(columns) for line in column}
    return [(line, [money.get(slug) for money in found]) for slug, line in lines.items()]


def _programmes(lines: Iterable[LineRow]) -> tuple[LineRow, ...]:
    return tuple(line for line in lines if line.kind is LineKind.PROGRAMME)


def _areas(row: YearRow, as_of: date) -> list[tuple[LineRow, object]]:
    """Return the areas of the treemap with their programmes, the largest first."""
    found = queries.lines_above_projects(db.session(), row.id, as_of, LineOrder.AMOUNT)
    lines = _programmes(found)
    areas = build_treemap([line.money.current for line in lines], *TREEMAP_SIZE)
    return [(lines[area.index], area) for area in areas]


def _wanted(row: YearRow) -> Wanted:
    """Return what the query asks for.

    :raise BadAddress: a value can't be one, or no figures are known for the day
    """
    args = request.args
    on = read_day(args["on"], row.dates[0]) if args.get("on") else None
    if on is not None and on not in row.dates:
        days = ", ".join(day.isoformat() for day in row.dates)
        raise BadAddress(_("No figures of that day are known. Known are: %(days)s.", days=days))
    return Wanted(
        on=on,
        view=read_choice(args.get("view"), VIEWS),
        order=LineOrder(read_choice(args.get("order"), [order.value for order in LineOrder])),
        unit=ShownUnit(read_choice(args.get("unit"), [unit.value for unit in ShownUnit])),
    )


def _table_of(year: str) -> downloads.Table:
    """Return the lines of a year at the day the query asks for, as a table."""
    row = queries.get_published_year(db.session(), read_year(year), clock.today())
    as_of = _wanted(row).on or row.dates[0]
    return budget_table(row.year, queries.published_lines(db.session(), row.id, as_of))


blueprints = (budget,)
