"""Reads about members: who they are, their parties and roles on a day."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session

from portal.core.errors import Gone, NotFound
from portal.core.kept import kept
from portal.core.models import Source
from portal.council.models import (
    Affiliation,
    Area,
    Committee,
    District,
    Member,
    Membership,
    Party,
)
from portal.council.pages import (
    MemberRow,
    PartySeen,
    Person,
    Role,
)
from portal.council.queries.bounds import MOST_ROWS, is_live_on
from portal.council.rules import Rank
from portal.council.search import MemberCounts, count_members
from portal.moderation.queries import has_left

_RANKS = {rank: place for place, rank in enumerate(Rank)}


@kept
def published_members(session: Session, day: date) -> tuple[MemberRow, ...]:
    """Return every known member with party and roles as of a day, by name."""
    rows = session.execute(
        select(
            Member.id,
            Member.slug,
            Member.name,
            Member.name_en,
            Member.seat,
            District.number.label("district_number"),
            District.name.label("district"),
            District.name_en.label("district_en"),
            Area.slug.label("area_slug"),
        )
        .outerjoin_from(Member, District, District.id == Member.district_id)
        .outerjoin(Area, Area.id == District.area_id)
        .where(Member.is_published())
        .order_by(Member.name, Member.slug)
        .limit(MOST_ROWS)
    ).all()
    parties = _parties_seen(session, day)
    roles = _roles_by_member(roles_on(session, day))
    return tuple(
        MemberRow(
            person=Person(row.slug, row.name, row.name_en),
            seat=row.seat,
            area_slug=row.area_slug,
            district_number=row.district_number,
            district=row.district,
            district_en=row.district_en,
            party=parties.get(row.id),
            roles=roles.get(row.slug, ()),
        )
        for row in rows
    )


@kept
def member_counts(session: Session, day: date) -> MemberCounts:
    """Return how the known members are spread as of a day."""
    return count_members(published_members(session, day))


def get_published_member(session: Session, slug: str) -> tuple[Member, District | None]:
    """Return a member and their district.

    :raise NotFound: there is no such member
    :raise Gone: it was withdrawn
    """
    row = session.execute(
        select(Member, District)
        .outerjoin_from(Member, District, District.id == Member.district_id)
        .where(Member.slug == slug, Member.is_published())
    ).first()
    if row is None:
        raise Gone if has_left(session, Member, slug) else NotFound
    return row[0], row[1]


@kept
def roles_on(
    session: Session,
    day: date,
    *,
    member_id: int | None = None,
    committee_id: int | None = None,
    only_live: bool = True,
) -> tuple[Role, ...]:
    """Return the roles known on a day, the highest first, then by name.

    :param only_live: leave out the roles that ended before the day
    """
    query = _roles_query().where(or_(Membership.first_on.is_(None), Membership.first_on <= day))
    if only_live:
        query = query.where(is_live_on(day, Membership.first_on, Membership.ends_on))
    if member_id is not None:
        query = query.where(Membership.member_id == member_id)
    if committee_id is not None:
        query = query.where(Membership.committee_id == committee_id)
    roles = [_role(row) for row in session.execute(query).all()]
    return tuple(sorted(roles, key=lambda role: (_RANKS[role.rank], role.person.name)))


@kept
def parties_of(session: Session, member_id: int, day: date) -> tuple[PartySeen, ...]:
    """Return the parties a member was seen in by a day, the latest first."""
    rows = session.execute(_affiliations(day).where(Affiliation.member_id == member_id)).all()
    return tuple(PartySeen(*row[1:]) for row in reversed(rows))


def _roles_query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Member.slug,
            Member.name,
            Member.name_en,
            Membership.rank,
            Membership.role,
            Membership.role_en,
            func.coalesce(Committee.name, Membership.body).label("body"),
            func.coalesce(Committee.name_en, Membership.body_en).label("body_en"),
            Committee.slug.label("committee_slug"),
            Membership.starts_on,
            Membership.start_basis,
            Membership.ends_on,
            Membership.note,
            Membership.note_en,
            Source.title.label("source_title"),
            Source.title_en.label("source_title_en"),
            Source.address.label("source_address"),
        )
        .join_from(Membership, Member, Member.id == Membership.member_id)
        .outerjoin(Committee, Committee.id == Membership.committee_id)
        .outerjoin(Source, Source.id == Membership.source_id)
        .where(Member.is_published())
        .where(or_(Membership.committee_id.is_(None), Committee.is_published()))
        .order_by(Membership.first_on, Membership.id)
        .limit(MOST_ROWS)
    )


def _role(row: Row[*tuple[Any, ...]]) -> Role:
    values = tuple(row)
    return Role(Person(*values[:3]), *values[3:])


def _roles_by_member(roles: tuple[Role, ...]) -> dict[str, tuple[Role, ...]]:
    found: dict[str, tuple[Role, ...]] = defaultdict(tuple)
    for role in roles:
        found[role.person.slug] += (role,)
    return found


def _affiliations(day: date) -> Select[*tuple[Any, ...]]:
    """Return the affiliations seen by a day, the earliest first."""
    return (
        select(
            Affiliation.member_id,
            Party.slug,
            Party.name,
            Party.name_en,
            Affiliation.seen_on,
            Affiliation.nature,
        )
        .outerjoin_from(Affiliation, Party, Party.id == Affiliation.party_id)
        .where(or_(Affiliation.seen_on.is_(None), Affiliation.seen_on <= day.isoformat()))
        .order_by(Affiliation.seen_on.is_not(None), Affiliation.seen_on, Affiliation.id)
    )


def _parties_seen(session: Session, day: date) -> dict[int, PartySeen]:
    """Return the party each member was last seen in by a day."""
    return {row[0]: PartySeen(*row[1:]) for row in session.execute(_affiliations(day))}


@kept
def find_member_slug(session: Session, member_id: int) -> str | None:
    """Return the address of a member, or None."""
    return session.scalar(select(Member.slug).where(Member.id == member_id))
