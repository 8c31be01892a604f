"""Reads about the council itself: its name, terms and seats."""

from dataclasses import fields
from datetime import date

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from portal.core.kept import kept
from portal.council.models import (
    Area,
    Council,
    Party,
    PartySeatCount,
    Term,
)
from portal.council.pages import AreaRow, CouncilRow
from portal.council.queries.bounds import MOST_ROWS
from portal.council.rules import Composition, PartySeats


@kept
def find_council(session: Session) -> CouncilRow | None:
    """Return the council of this portal, or None before the first import."""
    columns = (getattr(Council, field.name) for field in fields(CouncilRow))
    row = session.execute(select(*columns).order_by(Council.id).limit(1)).first()
    return CouncilRow(*row) if row else None


def find_term(session: Session, day: date) -> Term | None:
    """Return the term that a day lies in, or None."""
    return session.scalar(
        select(Term).where(Term.starts_on <= day, Term.ends_on >= day).order_by(Term.number)
    )


def composition_of(session: Session, term: Term, day: date) -> Composition:
    """Return the seats of a term by party, as last printed on or before a day.

    ``parties`` is empty and ``as_of`` None when nothing was printed by then.
    """
    latest = (
        select(func.max(PartySeatCount.as_of))
        .where(PartySeatCount.term_id == term.id, PartySeatCount.as_of <= day)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Party.slug, Party.name, Party.name_en, PartySeatCount.seats, PartySeatCount.as_of)
        .join_from(PartySeatCount, Party, Party.id == PartySeatCount.party_id)
        .where(PartySeatCount.term_id == term.id, PartySeatCount.as_of == latest)
        .order_by(PartySeatCount.seats.desc(), PartySeatCount.id)
    ).all()
    return Composition(
        seats=term.district_seats + term.proportional_seats,
        district_seats=term.district_seats,
        proportional_seats=term.proportional_seats,
        parties=tuple(
            PartySeats(row.slug, row.name, row.name_en, row.seats, mark)
            for mark, row in enumerate(rows)
        ),
        as_of=rows[0].as_of if rows else None,
    )


@kept
def count_sitting(session: Session, day: date) -> int | None:
    """Return how many members sat, as last printed on or before a day; None when nothing was."""
    return session.scalar(select(sitting_members(day)))


def sitting_members(day: date) -> ScalarSelect[int | None]:
    """Return the number of members as last printed on or before a day, as part of a statement."""
    latest = (
        select(func.max(PartySeatCount.as_of))
        .join_from(PartySeatCount, Term, Term.id == PartySeatCount.term_id)
        .where(PartySeatCount.as_of <= day, Term.starts_on <= day, Term.ends_on >= day)
        .scalar_subquery()
    )
    query = select(func.sum(PartySeatCount.seats)).where(PartySeatCount.as_of == latest)
    return query.correlate(None).scalar_subquery()


def seats_of_term(day: date) -> ScalarSelect[int | None]:
    """Return the seats of the council on a day, as part of a statement."""
    query = select(Term.district_seats + Term.proportional_seats)
    in_term = query.where(Term.starts_on <= day, Term.ends_on >= day).order_by(Term.number)
    return in_term.limit(1).correlate(None).scalar_subquery()


@kept
def areas(session: Session) -> tuple[AreaRow, ...]:
    """Return the parts of the city, in the order of their file."""
    query = select(Area.slug, Area.name, Area.name_en).order_by(Area.position).limit(MOST_ROWS)
    return tuple(AreaRow(*row) for row in session.execute(query))
