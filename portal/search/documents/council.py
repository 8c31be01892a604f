"""Members, committees and units of the secretariat."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from portal.core.hangul import romanise_name
from portal.council.models import Affiliation, Committee, Duty, Member, Membership, Remit, Unit
from portal.council.pages import MemberRow, Role
from portal.council.queries import (
    get_published_committee,
    published_committees,
    published_members,
    roles_on,
    units,
)
from portal.search.documents.source import Ids, Place, Text, TextSource, ends_of, in_both
from portal.search.rules import Document, DocumentKind


def _members(session: Session, today: date, _ids: Ids) -> Iterator[Document]:
    """Give each member with their district, party and roles."""
    for row in published_members(session, today):
        person = row.person
        place = Place(
            kind=DocumentKind.MEMBER,
            source=Member.__tablename__,
            key=person.slug,
            address=f"/council/members/{person.slug}",
        )
        name = (person.name, person.name_en or romanise_name(person.name))
        yield from in_both(place, name, *_texts_of(row))


def _texts_of(row: MemberRow) -> Iterator[Text]:
    """Give where a member was elected, for which party, and what they do."""
    yield row.district, row.district_en or row.district
    if row.party:
        yield row.party.name, row.party.name_en
    for role in row.roles:
        yield _role(role)


def _role(role: Role) -> Text:
    korean = " ".join(filter(None, (role.body, role.role)))
    english = ", ".join(filter(None, (role.role_en, role.body_en)))
    return korean, english


def _committees(session: Session, today: date, _ids: Ids) -> Iterator[Document]:
    """Give each committee with its remit and its members."""
    ends = ends_of(session, Committee)
    for row in published_committees(session, today):
        detail = get_published_committee(session, row.slug, today)
        people = [role.person for role in roles_on(session, today, committee_id=row.id)]
        place = Place(
            kind=DocumentKind.COMMITTEE,
            source=Committee.__tablename__,
            key=str(row.id),
            address=f"/council/committees/{row.slug}",
            committee=row.slug,
            until=ends.get(row.id),
        )
        names = [(p.name, p.name_en or romanise_name(p.name)) for p in people]
        texts = (*detail.remit, (detail.note, detail.note_en), *names)
        yield from in_both(place, (row.name, row.name_en), *texts)


def _units(session: Session, _today: date, _ids: Ids) -> Iterator[Document]:
    """Give each unit with its duties."""
    ends = ends_of(session, Unit)
    for row in units(session):
        place = Place(
            kind=DocumentKind.UNIT,
            source=Unit.__tablename__,
            key=str(row.id),
            address=f"/council/organisation/{row.slug}",
            until=ends.get(row.id),
        )
        yield from in_both(place, (row.name, row.name_en), *row.duties)


SOURCES = (
    TextSource(
        Member.__tablename__,
        (Member.__tablename__, Membership.__tablename__, Affiliation.__tablename__),
        _members,
        is_by_id=False,
    ),
    TextSource(
        Committee.__tablename__,
        (
            Committee.__tablename__,
            Remit.__tablename__,
            Membership.__tablename__,
            Member.__tablename__,
        ),
        _committees,
    ),
    TextSource(Unit.__tablename__, (Unit.__tablename__, Duty.__tablename__), _units),
)
