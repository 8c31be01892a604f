"""What the imported rows give: the measures that ``identities.csv`` can name."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.budget.models import BridgeStep, BudgetLine, Execution, FiscalYear, RevenueItem
from portal.budget.rules import normalise_plan, permille_of
from portal.calendar.models import CouncilSession, SessionSpan
from portal.calendar.rules import DaySpan, count_days, days_between, tick_days
from portal.core.holidays import is_weekend
from portal.core.models import Source
from portal.council.holidays import holidays_between
from portal.council.models import Committee, Duty, Party, PartySeatCount, StaffCount, Term, Unit
from portal.hearings.models import HearingFigure

Measures = Iterator[tuple[str, int]]


def measure_everything(session: Session, country: str) -> dict[str, int]:
    """Return every measure by its name."""
    return {
        **dict(_seats(session)),
        **dict(_committees(session)),
        **dict(_secretariat(session)),
        **dict(_sessions(session)),
        **dict(_session_days(session, country)),
        **dict(_budget(session)),
        **dict(_hearings(session)),
    }


def measure_documents(session: Session) -> dict[str, dict[str, int]]:
    """Return the measures of budget lines as each document gives them, by its key.

    A figure that a document prints is compared with the rows of that document, so that it stays
    true when figures of a later day come from another one.
    """
    rows = session.execute(
        select(Source.key, BudgetLine.slug, Execution)
        .join_from(Execution, BudgetLine, BudgetLine.id == Execution.line_id)
        .join(Source, Source.id == Execution.source_id)
        .order_by(Execution.as_of)
    )
    found: dict[str, dict[str, int]] = {}
    for key, slug, row in rows:
        found.setdefault(key, {}).update(_line_measures(slug, row))
    return found


def _seats(session: Session) -> Measures:
    term = session.scalar(select(Term).order_by(Term.number.desc()))
    if term:
        yield "terms.district_seats", term.district_seats
        yield "terms.proportional_seats", term.proportional_seats
        yield "terms.seats", term.district_seats + term.proportional_seats
    latest = select(func.max(PartySeatCount.as_of)).scalar_subquery()
    rows = session.execute(
        select(Party.slug, PartySeatCount.seats)
        .join_from(PartySeatCount, Party, Party.id == PartySeatCount.party_id)
        .where(PartySeatCount.as_of == latest)
    ).all()
    for slug, seats in rows:
        yield f"party_seats.{slug}", seats
    yield "party_seats.total", sum(seats for _slug, seats in rows)


def _committees(session: Session) -> Measures:
    counted = select(Committee.kind, func.count()).where(Committee.is_published())
    rows = session.execute(counted.group_by(Committee.kind)).all()
    for kind, count in rows:
        yield f"committees.{kind}", count
    yield "committees.special", sum(count for kind, count in rows if kind != "standing")


def _secretariat(session: Session) -> Measures:
    duties = select(func.count(Duty.id)).join(Unit, Unit.id == Duty.unit_id)
    yield "duties.count", session.scalar(duties.where(Unit.is_published())) or 0
    rows = session.execute(
        select(Unit.slug, StaffCount.quota, StaffCount.present)
        .join_from(StaffCount, Unit, Unit.id == StaffCount.unit_id)
        .order_by(StaffCount.as_of)
    )
    for slug, quota, present in rows:
        yield f"staffing.{slug}.quota", quota
        yield f"staffing.{slug}.present", present


def _sessions(session: Session) -> Measures:
    rows = session.scalars(select(CouncilSession).where(CouncilSession.is_published())).all()
    yield "sessions.count", len(rows)
    yield "sessions.days", sum(row.days for row in rows)
    for kind in ("regular", "extraordinary"):
        of_kind = [row for row in rows if row.kind == kind]
        yield f"sessions.{kind}.count", len(of_kind)
        yield f"sessions.{kind}.days", sum(row.days for row in of_kind)
    for row in rows:
        name = f"session.{row.number}"
        yield f"{name}.days", row.days
        yield f"{name}.plenary", row.plenary_days
        yield f"{name}.committee", row.committee_days
        yield f"{name}.audit", row.audit_days
        yield f"{name}.off", row.off_days
        yield f"{name}.calendar_days", (row.ends_on - row.starts_on).days + 1


def _session_days(session: Session, country: str) -> Measures:
    """Count the days of each session from its spans and the calendar of holidays."""
    for row in session.scalars(select(CouncilSession)):
        days_off = _days_off(session, row.starts_on, row.ends_on, country)
        spans = session.scalars(select(SessionSpan).where(SessionSpan.session_id == row.id)).all()
        days = tick_days(
            row.starts_on,
            row.ends_on,
            [DaySpan(s.starts_on, s.ends_on, s.kind) for s in spans],
            days_off,
            row.starts_on,
        )
        mix = count_days(days or ())
        name = f"session.{row.number}.counted"
        yield f"{name}_plenary", mix.plenary
        yield f"{name}_committee", mix.committee
        yield f"{name}_audit", mix.audit
        yield f"{name}_off", mix.off


def _hearings(session: Session) -> Measures:
    """Give the printed numbers of hearings of each year."""
    for row in session.scalars(select(HearingFigure).order_by(HearingFigure.year)):
        yield f"hearings.{row.year}.{row.measure}", row.held


def _budget(session: Session) -> Measures:
    """Give the amounts of each line in the unit they are printed in, and the rates they give."""
    rows = session.execute(
        select(BudgetLine.slug, Execution)
        .join_from(Execution, BudgetLine, BudgetLine.id == Execution.line_id)
        .order_by(Execution.as_of)
    )
    for slug, row in rows:
        yield from _line_measures(slug, row)
    for year, step in session.execute(_of_year(BridgeStep)):
        yield f"bridge.{year}.{step.position}", step.amount_won // step.unit.won
    for year, item in session.execute(_of_year(RevenueItem)):
        yield f"revenue.{year}.{item.position}", item.amount_won // item.unit.won


def _line_measures(slug: str, row: Execution) -> Measures:
    for name in ("current", "committed", "spent", "planned", "remaining"):
        won = getattr(row, f"{name}_won")
        if won is not None:
            yield f"budget.{slug}.{name}", won // row.unit.won
    yield from _budget_rates(f"budget.{slug}", row)


def _budget_rates(name: str, row: Execution) -> Measures:
    """Give the rates that a line's amounts give, in tenths of a percent."""
    plan = normalise_plan(row.current_won, row.spent_won, row.planned_won, row.planned_is)
    parts = {"committed": row.committed_won, "spent": row.spent_won}
    if plan and plan.additional is not None:
        parts["planned"] = plan.spent + plan.additional
    for part, won in parts.items():
        permille = permille_of(won, row.current_won) if won is not None else None
        if permille is not None:
            yield f"{name}.{part}_permille", permille


def _of_year(model: Any) -> Select[Any]:
    """Return the statement for rows of a table with their fiscal year."""
    rows: Select[Any] = select(FiscalYear.year, model)
    return rows.join_from(model, FiscalYear, FiscalYear.id == model.year_id)


def _days_off(session: Session, first: date, last: date, country: str) -> frozenset[date]:
    named = holidays_between(session, first, last, country, "ko")
    weekends = (day for day in days_between(first, last) if is_weekend(day))
    return frozenset(named) | frozenset(weekends)
