"""Reads about the secretariat, printed figures and documents."""

from collections import defaultdict
from dataclasses import fields

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.core.citations import SourceLine, cite
from portal.core.errors import Gone, NotFound
from portal.core.kept import kept
from portal.core.models import DataCheck, Source
from portal.council.models import (
    Council,
    Duty,
    StaffCount,
    Unit,
)
from portal.council.pages import (
    CheckRow,
    UnitRow,
)
from portal.council.queries.bounds import MOST_ROWS
from portal.moderation.queries import has_left


@kept
def units(session: Session) -> tuple[UnitRow, ...]:
    """Return the units of the secretariat with duties and latest staff, in their order."""
    latest = _latest_staff(session)
    duties = defaultdict(list)
    for duty in session.scalars(select(Duty).order_by(Duty.unit_id, Duty.position)):
        duties[duty.unit_id].append((duty.text, duty.text_en))
    public = select(Unit).where(Unit.is_published())
    rows = session.scalars(public.order_by(Unit.position, Unit.id).limit(MOST_ROWS))
    return tuple(_unit_row(unit, tuple(duties[unit.id]), latest.get(unit.id)) for unit in rows)


def get_published_unit(session: Session, slug: str) -> UnitRow:
    """Return a unit of the secretariat.

    :raise NotFound: there is no such unit
    :raise Gone: it was withdrawn
    """
    unit = next((unit for unit in units(session) if unit.slug == slug), None)
    if unit is None:
        raise Gone if has_left(session, Unit, slug) else NotFound
    return unit


def own_words(session: Session) -> frozenset[str]:
    """Return the telephones and addresses that the council publishes of itself."""
    of_units = select(Unit.phone, Unit.address, Unit.address_en).where(Unit.is_published())
    of_council = select(Council.phone, Council.address, Council.address_en)
    rows = session.execute(of_units.union_all(of_council))
    return frozenset(word for row in rows for word in row if word)


@kept
def failing_checks(session: Session, *prefixes: str) -> tuple[CheckRow, ...]:
    """Return the printed figures that do not agree with their parts, by the start of their key."""
    columns = (getattr(DataCheck, field.name) for field in fields(CheckRow))
    rows = session.execute(
        select(*columns)
        .where(DataCheck.agrees.is_(False))
        .where(or_(*(DataCheck.key.startswith(prefix) for prefix in prefixes)))
        .order_by(DataCheck.position)
        .limit(MOST_ROWS)
    )
    return tuple(CheckRow(*row) for row in rows)


def source_line(session: Session, source_id: int | None, locator: str | None) -> SourceLine | None:
    """Return the document a row names, or None."""
    return cite(session.get(Source, source_id) if source_id else None, locator)


def _latest_staff(session: Session) -> dict[int, StaffCount]:
    rows = session.scalars(select(StaffCount).order_by(StaffCount.as_of, StaffCount.id))
    return {row.unit_id: row for row in rows}


def _unit_row(
    unit: Unit, duties: tuple[tuple[str, str | None], ...], staff: StaffCount | None
) -> UnitRow:
    return UnitRow(
        id=unit.id,
        slug=unit.slug,
        name=unit.name,
        name_en=unit.name_en,
        kind=unit.kind,
        parent_id=unit.parent_id,
        count=unit.count,
        phone=unit.phone,
        opening_hours=unit.opening_hours,
        address=unit.address,
        address_en=unit.address_en,
        duties=duties,
        quota=staff.quota if staff else None,
        present=staff.present if staff else None,
        staff_as_of=staff.as_of if staff else None,
    )
