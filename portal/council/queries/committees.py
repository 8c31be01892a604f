"""Reads about committees: which live on a day, their chairs and remits."""

from datetime import date
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from portal.core.citations import SOURCE_COLUMNS, source_of
from portal.core.errors import Gone, NotFound
from portal.core.kept import kept
from portal.core.models import Source
from portal.council.models import (
    Committee,
    Member,
    Membership,
    Remit,
)
from portal.council.pages import CommitteeDetail, CommitteeRow, Person
from portal.council.queries.bounds import MOST_ROWS, is_live_on
from portal.council.rules import Rank, days_left, is_live
from portal.moderation.queries import has_left


@kept
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
    return tuple(_committee_row(row, chairs.get(row.id), day) for row in rows)


@kept
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


def _committee_row(row: Row[*tuple[Any, ...]], chair: Person | None, day: date) -> CommitteeRow:
    """Return a committee as a row of a list."""
    return CommitteeRow(
        id=row.id,
        slug=row.slug,
        name=row.name,
        name_en=row.name_en,
        kind=row.kind,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        chair=chair,
        is_live=is_live(row.starts_on, row.ends_on, day),
        days_left=days_left(row.ends_on, day),
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


@kept
def get_published_committee(session: Session, slug: str, day: date) -> CommitteeDetail:
    """Return a committee as of a day.

    :raise NotFound: there is no such committee
    :raise Gone: it was withdrawn
    """
    row = session.execute(
        select(Committee.__table__, *SOURCE_COLUMNS)
        .outerjoin_from(Committee, Source, Source.id == Committee.source_id)
        .where(Committee.slug == slug, Committee.is_published())
    ).first()
    if row is None:
        raise Gone if has_left(session, Committee, slug) else NotFound
    return CommitteeDetail(
        id=row.id,
        row=_committee_row(row, _chairs_on(session, day).get(row.id), day),
        is_remit_complete=row.is_remit_complete,
        remit_as_of=row.remit_as_of,
        remit=_remit_of(session, row.id),
        note=row.note,
        note_en=row.note_en,
        source=source_of(row),
    )


def _remit_of(session: Session, committee_id: int) -> tuple[tuple[str, str | None], ...]:
    """Return the offices a committee watches over, in their order."""
    rows = session.execute(
        select(Remit.name, Remit.name_en)
        .where(Remit.committee_id == committee_id)
        .order_by(Remit.position)
        .limit(MOST_ROWS)
    )
    return tuple((name, name_en) for name, name_en in rows)


@kept
def find_committee_slug(session: Session, committee_id: int) -> str | None:
    """Return the address of a committee, or None."""
    return session.scalar(select(Committee.slug).where(Committee.id == committee_id))
