"""Reads for pages that need several features."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from portal.budget import queries as budget_queries
from portal.budget.pages import Money
from portal.budget.rules import LineKind, LineOrder, share_of_year
from portal.calendar.models import CouncilSession
from portal.core.kept import kept
from portal.core.models import Coverage, DataCheck, Source
from portal.council import queries as council_queries
from portal.council.models import Member
from portal.programmes import queries as programme_queries
from portal.programmes.rules import JUDGED, TargetState


@dataclass(frozen=True)
class Share:
    """A figure that is a part of a whole.

    :ivar share: 0 to 1
    """

    part: int
    whole: int

    @property
    def share(self) -> float:
        """Return the part as a share of the whole."""
        return min(1.0, self.part / self.whole) if self.whole else 0.0


@dataclass(frozen=True)
class BudgetFigure:
    """The latest year's budget at its latest day.

    :ivar gone: share of the year gone by then, 0 to 1
    """

    year: int
    money: Money
    gone: float


@dataclass(frozen=True)
class YearFigures:
    """What the home page tells in figures; None where the data are not there."""

    seats: Share | None
    session_days: Share | None
    members: Share | None
    checks: Share | None
    budget: BudgetFigure | None
    targets: Share | None


@kept
def year_figures(session: Session, day: date) -> YearFigures:
    """Return the figures of the home page on a day, in two statements."""
    row = session.execute(
        select(
            council_queries.seats_of_term(day).label("seats"),
            council_queries.sitting_members(day).label("sitting"),
            _known_members().label("known"),
            _checks_agreeing(True).label("agreeing"),
            _checks_agreeing(False).label("differing"),
        )
    ).one()
    return YearFigures(
        seats=Share(row.sitting, row.seats) if row.sitting and row.seats else None,
        session_days=_session_days(session, day),
        members=Share(row.known, row.sitting) if row.sitting else None,
        checks=_share_of_checks(row.agreeing, row.differing),
        budget=_budget_figure(session, day),
        targets=_reached_targets(session, day),
    )


def _budget_figure(session: Session, day: date) -> BudgetFigure | None:
    """Return the whole budget as last known by a day."""
    years = budget_queries.published_years(session, day)
    if not years:
        return None
    as_of = years[0].dates[0]
    lines = budget_queries.lines_above_projects(session, years[0].id, as_of, LineOrder.AMOUNT)
    total = next((line for line in lines if line.kind is LineKind.TOTAL), None)
    return BudgetFigure(years[0].year, total.money, share_of_year(as_of)) if total else None


def _reached_targets(session: Session, day: date) -> Share | None:
    """Return how many of the targets that can be judged are reached."""
    states = [row.progress.state for row in programme_queries.published_targets(session, day)]
    judged = [state for state in states if state in JUDGED]
    return Share(judged.count(TargetState.REACHED), len(judged)) if judged else None


@kept
def checked_figures(session: Session) -> Share | None:
    """Return how many printed figures agree with their parts, of all that can be checked."""
    row = session.execute(select(_checks_agreeing(True), _checks_agreeing(False))).one()
    return _share_of_checks(row[0], row[1])


def _known_members() -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(Member)
        .where(Member.is_published())
        .correlate(None)
        .scalar_subquery()
    )


def _checks_agreeing(agrees: bool) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(DataCheck)
        .where(DataCheck.printed.is_not(None), DataCheck.computed.is_not(None))
        .where(DataCheck.agrees.is_(agrees))
        .correlate(None)
        .scalar_subquery()
    )


def _share_of_checks(agreeing: int, differing: int) -> Share | None:
    return Share(agreeing, agreeing + differing) if agreeing + differing else None


def _session_days(session: Session, day: date) -> Share | None:
    """Return how many of the year's session days are gone, today included."""
    rows = session.execute(
        select(CouncilSession.starts_on, CouncilSession.ends_on, CouncilSession.days)
        .where(CouncilSession.is_published())
        .where(CouncilSession.starts_on.between(date(day.year, 1, 1), date(day.year, 12, 31)))
    ).all()
    if not rows:
        return None
    gone = sum(
        max(0, min((min(row.ends_on, day) - row.starts_on).days + 1, row.days)) for row in rows
    )
    return Share(gone, sum(row.days for row in rows))


def coverages(session: Session) -> tuple[Coverage, ...]:
    """Return what is known of each kind of data, in the order of the file."""
    return tuple(session.scalars(select(Coverage).order_by(Coverage.position)))


def sources(session: Session) -> tuple[Source, ...]:
    """Return every document, by kind and title."""
    return tuple(session.scalars(select(Source).order_by(Source.kind.desc(), Source.title)))


def differing_checks(session: Session) -> tuple[DataCheck, ...]:
    """Return the printed figures that do not agree with their parts."""
    rows = session.scalars(
        select(DataCheck).where(DataCheck.agrees.is_(False)).order_by(DataCheck.position)
    )
    return tuple(rows)
