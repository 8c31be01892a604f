"""Reads about committees: which live on a day, their chairs and remits."""

from datetime import date
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from portal.core.errors import NotFound
from portal.council.models import (
    Committee,
    Member,
    Membership,
    Remit,
)
from portal.council.pages import (
    CommitteeRow,
    Person,
)
from portal.council.queries.bounds import MOST_ROWS, is_live_on
from portal.council.rules import Rank, days_left, is_live


def published_committees(session: Session, day: date) -> tuple[CommitteeRow, ...]:
    """Return the committees that exist or existed by a day, in the order of their file."""
    rows = session.execute(
        select(
            Committee.id,
            Committee.slug,
            Committee.name,
            Committee.name_en,
            Committee.kind,
            Committee.starts_on,
            Committee.ends_on,
        )
        .where(Committee.is_published())
        .where(or_(Committee.starts_on.is_(None), Committee.starts_on <= day))
        .order_by(Committee.position)
        .limit(MOST_ROWS)
    ).all()
    chairs = _chairs_on(session, day)
    return tuple(committee_row(row, chairs.get(row.id), day) for row in rows)


def live_committees(session: Session, day: date) -> tuple[tuple[str, str, str | None], ...]:
    """Return address, name and English name of the committees that live on a day."""
    rows = session.execute(
        select(Committee.slug, Committee.name, Committee.name_en)
        .where(Committee.is_published())
        .where(is_live_on(day, Committee.starts_on, Committee.ends_on))
        .order_by(Committee.position)
        .limit(MOST_ROWS)
    )
    return tuple((slug, name, name_en) for slug, name, name_en in rows)


def committee_row(
    committee: Committee | Row[*tuple[Any, ...]], chair: Person | None, day: date
) -> CommitteeRow:
    """Return a committee as a row of a list."""
    return CommitteeRow(
        slug=committee.slug,
        name=committee.name,
        name_en=committee.name_en,
        kind=committee.kind,
        starts_on=committee.starts_on,
        ends_on=committee.ends_on,
        chair=chair,
        is_live=is_live(committee.starts_on, committee.ends_on, day),
        days_left=days_left(committee.ends_on, day),
    )


def _chairs_on(session: Session, day: date) -> dict[int, Person]:
    """Return the chair of each committee on a day, by the committee's id."""
    rows = session.execute(
        select(Membership.committee_id, Member.slug, Member.name, Member.name_en)
        .join_from(Membership, Member, Member.id == Membership.member_id)
        .where(Membership.rank == Rank.CHAIR, Membership.committee_id.is_not(None))
        .where(is_live_on(day, Membership.first_on, Membership.ends_on))
        .where(Member.is_published())
        .order_by(Membership.first_on, Membership.id)
    )
    return {
        row.committee_id: Person(row.slug, row.name, row.name_en)
        for row in rows
        if row.committee_id is not None
    }


def get_published_committee(session: Session, slug: str) -> Committee:
    """Return a committee.

    :raise NotFound: there is no such committee
    """
    committee = session.scalar(
        select(Committee).where(Committee.slug == slug, Committee.is_published())
    )
    if committee is None:
        raise NotFound
    return committee


def remit_of(session: Session, committee_id: int) -> tuple[Remit, ...]:
    """Return the offices a committee watches over, in their order."""
    return tuple(
        session.scalars(
            select(Remit).where(Remit.committee_id == committee_id).order_by(Remit.position)
        )
    )
