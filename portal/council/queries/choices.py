"""What staff choose from when they write of members, committees and units."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.council.models import Area, Committee, District, Party, Term, Unit
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
    ordered = select(Committee.id, Committee.name).order_by(Committee.position, Committee.id)
    return [(row_id, name) for row_id, name in session.execute(ordered.limit(MOST_ROWS))]


def unit_choices(session: Session, but: int | None) -> Choices:
    """Return all units but one."""
    ordered = select(Unit.id, Unit.name).order_by(Unit.position, Unit.id).limit(MOST_ROWS)
    return [(row_id, name) for row_id, name in session.execute(ordered) if row_id != but]
