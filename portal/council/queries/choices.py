"""What staff choose from when they write of members, committees and units."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.hangul import romanise_name
from portal.core.i18n import plain
from portal.core.scopes import ScopeChoice
from portal.council.models import Area, Committee, District, Member, Party, Term, Unit
from portal.council.queries.bounds import MOST_ROWS

#: Id and name of each row that can be chosen.
Choices = list[tuple[int, str]]


def term_choices(session: Session) -> Choices:
    """Return the terms, the latest first."""
    rows = session.execute(select(Term.id, Term.name).order_by(Term.number.desc()).limit(MOST_ROWS))
    return [(row_id, name) for row_id, name in rows]


def district_choices(session: Session) -> Choices:
    """Return the districts in the order of the city's parts."""
    rows = session.execute(
        select(District.id, District.name)
        .join(Area, Area.id == District.area_id)
        .order_by(Area.position, District.number)
        .limit(MOST_ROWS)
    )
    return [(row_id, name) for row_id, name in rows]


def party_choices(session: Session) -> Choices:
    """Return the parties in the order of their file; a renamed one is another row."""
    rows = session.execute(select(Party.id, Party.name).order_by(Party.id).limit(MOST_ROWS))
    return [(row_id, name) for row_id, name in rows]


def committee_choices(session: Session) -> Choices:
    """Return all committees, also those that are not public yet or any more."""
    columns = select(Committee.id, Committee.name, Committee.name_en)
    ordered = columns.order_by(Committee.position, Committee.id)
    rows = session.execute(ordered.limit(MOST_ROWS))
    return [(row_id, plain(name, name_en)) for row_id, name, name_en in rows]


def member_choices(session: Session) -> Choices:
    """Return all members by name with what tells namesakes apart, also those not public yet."""
    rows = session.execute(
        select(Member.id, Member.name, Member.name_en, District.name, District.name_en)
        .outerjoin(District, District.id == Member.district_id)
        .order_by(Member.name, Member.id)
        .limit(MOST_ROWS)
    )
    return [
        (row_id, _with_district(plain(name, name_en or romanise_name(name)), plain(*where)))
        for row_id, name, name_en, *where in rows
    ]


def unit_choices(session: Session, but: int | None) -> Choices:
    """Return all units but one and those below it: nothing is a part of itself."""
    ordered = select(Unit.id, Unit.name, Unit.parent_id).order_by(Unit.position, Unit.id)
    rows = session.execute(ordered.limit(MOST_ROWS)).all()
    parents = {row.id: row.parent_id for row in rows}
    return [(row.id, row.name) for row in rows if but not in _way_up(row.id, parents)]


def committee_scopes(session: Session) -> tuple[ScopeChoice, ...]:
    """Return the public committees, for roles that are given for one."""
    columns = select(Committee.slug, Committee.name, Committee.name_en)
    ordered = columns.where(Committee.is_published()).order_by(Committee.position, Committee.id)
    return tuple(ScopeChoice(*row) for row in session.execute(ordered.limit(MOST_ROWS)))


def member_scopes(session: Session) -> tuple[ScopeChoice, ...]:
    """Return the public members by name, for roles that are given for one."""
    columns = select(Member.slug, Member.name, Member.name_en)
    ordered = columns.where(Member.is_published()).order_by(Member.name, Member.id)
    return tuple(
        ScopeChoice(slug, name, name_en or romanise_name(name))
        for slug, name, name_en in session.execute(ordered.limit(MOST_ROWS))
    )


def unit_scopes(session: Session) -> tuple[ScopeChoice, ...]:
    """Return the public units, for roles that are given for one."""
    columns = select(Unit.slug, Unit.name, Unit.name_en)
    ordered = columns.where(Unit.is_published()).order_by(Unit.position, Unit.id)
    return tuple(ScopeChoice(*row) for row in session.execute(ordered.limit(MOST_ROWS)))


def _with_district(name: str, district: str) -> str:
    return f"{name} ({district})" if district else name


def _way_up(unit: int, parents: Mapping[int, int | None]) -> list[int]:
    """Return a unit and all that it is a part of, also where that goes round in a circle."""
    way, above = [unit], parents.get(unit)
    while above is not None and above not in way:
        way.append(above)
        above = parents.get(above)
    return way
