"""Reads about the council, as of a day. Everything is ordered, and bounded by its seats."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import Session

from portal.core.errors import NotFound
from portal.core.models import DataCheck, Source
from portal.council.models import (
    Affiliation,
    Area,
    Committee,
    Council,
    District,
    Duty,
    Member,
    Membership,
    Party,
    PartySeatCount,
    Remit,
    StaffCount,
    Term,
    Unit,
)
from portal.council.pages import (
    CommitteeRow,
    MemberRow,
    PartySeen,
    Person,
    Role,
    SourceLine,
    UnitRow,
)
from portal.council.rules import Composition, PartySeats, Rank, days_left, is_live

_RANKS = {rank: place for place, rank in enumerate(Rank)}
#: Lists are bounded; no council has more members, committees or units.
MOST_ROWS = 2000


def find_council(session: Session) -> Council | None:
    """Return the council of this portal, or None before the first import."""
    return session.scalar(select(Council).order_by(Council.id).limit(1))


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


def get_published_member(session: Session, slug: str) -> tuple[Member, District | None]:
    """Return a member and their district.

    :raise NotFound: there is no such member
    """
    row = session.execute(
        select(Member, District)
        .outerjoin_from(Member, District, District.id == Member.district_id)
        .where(Member.slug == slug, Member.is_published())
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


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
        query = query.where(or_(Membership.ends_on.is_(None), Membership.ends_on >= day))
    if member_id is not None:
        query = query.where(Membership.member_id == member_id)
    if committee_id is not None:
        query = query.where(Membership.committee_id == committee_id)
    roles = [_role(row) for row in session.execute(query).all()]
    return tuple(sorted(roles, key=lambda role: (_RANKS[role.rank], role.person.name)))


def parties_of(session: Session, member_id: int, day: date) -> tuple[PartySeen, ...]:
    """Return the parties a member was seen in by a day, the latest first."""
    rows = session.execute(_affiliations(day).where(Affiliation.member_id == member_id)).all()
    return tuple(PartySeen(*row[1:]) for row in reversed(rows))


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
        .where(or_(Committee.starts_on.is_(None), Committee.starts_on <= day))
        .where(or_(Committee.ends_on.is_(None), Committee.ends_on >= day))
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
        .where(or_(Membership.first_on.is_(None), Membership.first_on <= day))
        .where(or_(Membership.ends_on.is_(None), Membership.ends_on >= day))
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


def areas(session: Session) -> tuple[Area, ...]:
    """Return the parts of the city, in the order of their file."""
    return tuple(session.scalars(select(Area).order_by(Area.position).limit(MOST_ROWS)))


def units(session: Session) -> tuple[UnitRow, ...]:
    """Return the units of the secretariat with duties and latest staff, in their order."""
    latest = _latest_staff(session)
    duties = defaultdict(list)
    for duty in session.scalars(select(Duty).order_by(Duty.unit_id, Duty.position)):
        duties[duty.unit_id].append((duty.text, duty.text_en))
    rows = session.scalars(select(Unit).order_by(Unit.position).limit(MOST_ROWS))
    return tuple(_unit_row(unit, tuple(duties[unit.id]), latest.get(unit.id)) for unit in rows)


def failing_checks(session: Session, *prefixes: str) -> tuple[DataCheck, ...]:
    """Return the printed figures that do not agree with their parts, by the start of their key."""
    return tuple(
        session.scalars(
            select(DataCheck)
            .where(DataCheck.agrees.is_(False))
            .where(or_(*(DataCheck.key.startswith(prefix) for prefix in prefixes)))
            .order_by(DataCheck.position)
        )
    )


def source_line(session: Session, source_id: int | None, locator: str | None) -> SourceLine | None:
    """Return the document a row names, or None."""
    source = session.get(Source, source_id) if source_id else None
    if source is None:
        return None
    return SourceLine(source.title, source.title_en, source.address, locator)


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
