"""Public pages of work programmes: the scoreboard, a programme, the whole as one document."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Response, request

from portal.budget import queries as budget_queries
from portal.budget.pages import LineRow
from portal.core import clock, downloads
from portal.core.addresses import url_for
from portal.core.pages import public_page
from portal.core.params import read_choice
from portal.core.sections import sections_of
from portal.core.templates import render
from portal.council.queries import failing_checks
from portal.extensions import db
from portal.programmes import queries
from portal.programmes.downloads import target_table
from portal.programmes.pages import LinkRow, ProgrammeRow, TargetRow
from portal.programmes.rules import JUDGED, LinkKind, TargetState

programmes = Blueprint("programmes", __name__, url_prefix="/programmes")


@dataclass(frozen=True)
class Wanted:
    """What the reader narrows the scoreboard to; empty narrows nothing."""

    state: str
    chapter: str
    unit: str

    def fits(self, row: TargetRow) -> bool:
        """Say whether a target stays."""
        unit = row.programme.unit.slug if row.programme.unit else "none"
        return (
            self.state in ("", row.progress.state.value)
            and self.chapter in ("", str(row.programme.chapter.number))
            and self.unit in ("", unit)
        )

    def address(self, **changes: str | None) -> str:
        """Return the address of the scoreboard with some choices changed."""
        values = {name: value or None for name, value in vars(self).items()}
        return url_for("programmes.show_start", **{**values, **changes})


@programmes.get("")
@public_page(params=("state", "chapter", "unit"))
def show_start() -> str:
    """Show every target with its result, and which are on time."""
    session = db.session()
    rows = queries.published_programmes(session)
    targets = queries.published_targets(session, clock.today())
    wanted = _wanted(rows)
    shown = [row for row in targets if wanted.fits(row)]
    counts = Counter(row.progress.state for row in targets)
    return render(
        "programmes/show_start.html",
        wanted=wanted,
        chapters=[
            (chapter, list(of_chapter))
            for chapter, of_chapter in groupby(shown, key=lambda row: row.programme.chapter)
        ],
        all_chapters=tuple(dict.fromkeys(row.chapter for row in rows)),
        units=tuple(dict.fromkeys(row.unit for row in rows if row.unit)),
        counts={state.value: counts[state] for state in TargetState},
        judged=sum(counts[state] for state in JUDGED),
        total=len(targets),
        shown=len(shown),
        as_of=max((row.as_of for row in targets), default=None),
        without=[row for row in rows if not any(t.programme.id == row.id for t in targets)],
        programmes=rows,
    )


@programmes.get("/report")
@public_page()
def show_report() -> str:
    """Show all programmes as one document, in the order of the report."""
    session, today = db.session(), clock.today()
    texts = queries.texts_of(session, today)
    targets = queries.published_targets(session, today)
    rows = queries.published_programmes(session)
    return render(
        "programmes/show_report.html",
        chapters=[
            (chapter, [(row, texts[row.id], _targets_of(row, targets)) for row in of_chapter])
            for chapter, of_chapter in groupby(rows, key=lambda row: row.chapter)
        ],
    )


@programmes.get("/targets.csv")
@public_page(params=("bom",))
def download_csv() -> Response:
    """Give all targets as a file for spreadsheets."""
    return downloads.as_csv(_table(), with_mark=request.args.get("bom") != "no")


@programmes.get("/targets.json")
@public_page()
def download_json() -> Response:
    """Give all targets as JSON, with the meaning of each column."""
    return downloads.as_json(_table())


@programmes.get("/targets.xlsx")
@public_page()
def download_xlsx() -> Response:
    """Give all targets as a workbook, with the meaning of each column."""
    return downloads.as_xlsx(_table())


@programmes.get("/<slug>")
@public_page()
def show_programme(slug: str) -> str:
    """Show one programme: what it is for, its targets, money, plan, results and dates."""
    session, today = db.session(), clock.today()
    row = queries.get_published_programme(session, slug)
    rows = queries.published_programmes(session)
    place = rows.index(row)
    money_year, money = _money_of(row)
    return render(
        "programmes/show_programme.html",
        row=row,
        text=queries.texts_of(session, today)[row.id],
        targets=_targets_of(row, queries.published_targets(session, today)),
        money_year=money_year,
        money=money,
        links=[(link, _address_of(link)) for link in queries.links_of(session, row.id, today)],
        checks=failing_checks(session, f"{row.slug}-"),
        sections=sections_of("programmes.programme", row.id),
        before=rows[place - 1] if place else None,
        after=rows[place + 1] if place + 1 < len(rows) else None,
    )


def _wanted(rows: Iterable[ProgrammeRow]) -> Wanted:
    """Return what the query asks for.

    :raise BadAddress: a value can't be one
    """
    args = request.args
    chapters = sorted({str(row.chapter.number) for row in rows})
    units = sorted({row.unit.slug for row in rows if row.unit})
    return Wanted(
        state=read_choice(args.get("state"), ["", *(state.value for state in TargetState)]),
        chapter=read_choice(args.get("chapter"), ["", *chapters]),
        unit=read_choice(args.get("unit"), ["", *units]),
    )


def _table() -> downloads.Table:
    return target_table(queries.published_targets(db.session(), clock.today()))


def _targets_of(row: ProgrammeRow, targets: Sequence[TargetRow]) -> list[TargetRow]:
    return [target for target in targets if target.programme.id == row.id]


def _money_of(row: ProgrammeRow) -> tuple[int, tuple[LineRow, ...]]:
    """Return the latest year with figures, and the budget lines that pay for a programme."""
    session, slugs = db.session(), queries.lines_of(db.session(), row.id)
    years = budget_queries.published_years(session, clock.today())
    if not years or not slugs:
        return 0, ()
    lines = budget_queries.lines_named(session, years[0].id, years[0].dates[0], slugs)
    return years[0].year, lines


def _address_of(link: LinkRow) -> str:
    """Return the address of a related page."""
    if link.kind is LinkKind.SESSION:
        return url_for("calendar.show_session", number=link.key)
    endpoints = {
        LinkKind.EVENT: "calendar.show_event",
        LinkKind.COMMITTEE: "council.show_committee",
        LinkKind.UNIT: "council.show_unit",
    }
    return url_for(endpoints[link.kind], slug=link.key)


blueprints = (programmes,)
