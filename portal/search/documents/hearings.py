"""Hearings and discussions with their programme and who speaks, as known on a day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from portal.council.models import Committee, Member
from portal.hearings.models import Hearing, OrderItem, Speaker
from portal.hearings.words import kind_label
from portal.search.documents.source import Ids, Place, Text, TextSource, ends_of, in_both, said
from portal.search.rules import Document, DocumentKind


def _hearings(session: Session, today: date, ids: Ids) -> Iterator[Document]:
    """Give each hearing; what came of it once its day is over."""
    ends, order, speakers = ends_of(session, Hearing), _order(session), _speakers(session)
    wanted = true() if ids is None else Hearing.id.in_(ids)
    rows = session.execute(
        select(Hearing, Committee.slug)
        .outerjoin(Committee, Committee.id == Hearing.committee_id)
        .where(Hearing.is_shown(today), wanted)
        .order_by(Hearing.id)
    )
    for row, committee in rows:
        place = Place(
            kind=DocumentKind.HEARING,
            source=Hearing.__tablename__,
            key=str(row.id),
            address=f"/hearings/{row.slug}",
            day=row.starts_on,
            committee=committee,
            until=ends.get(row.id),
        )
        told = (row.outcome, row.outcome_en), (row.response, row.response_en)
        texts = (
            (row.topic, row.topic_en),
            *(told if row.starts_on < today else ()),
            *order[row.id],
            *speakers[row.id],
            (row.host, row.host_en),
            (row.place, row.place_en),
            (row.note, row.note_en),
            said(kind_label, row.kind),
        )
        yield from in_both(place, (row.title, row.title_en), *texts)


def _order(session: Session) -> dict[int, list[Text]]:
    """Return the lines of running orders, by the id of the hearing."""
    found: dict[int, list[Text]] = defaultdict(list)
    lines = select(OrderItem.hearing_id, OrderItem.title, OrderItem.title_en)
    for hearing_id, title, title_en in session.execute(lines.order_by(OrderItem.position)):
        found[hearing_id].append((title, title_en))
    return found


def _speakers(session: Session) -> dict[int, list[Text]]:
    """Return who speaks and where they come from, by the id of the hearing."""
    found: dict[int, list[Text]] = defaultdict(list)
    rows = session.execute(
        select(Speaker, Member.name, Member.name_en)
        .outerjoin(Member, Member.id == Speaker.member_id)
        .order_by(Speaker.position)
    )
    for row, name, name_en in rows:
        person = (name, name_en) if name else (row.name, row.name_en)
        found[row.hearing_id] += [person, (row.affiliation, row.affiliation_en)]
    return found


SOURCES = (
    TextSource(
        Hearing.__tablename__,
        (Hearing.__tablename__, OrderItem.__tablename__, Speaker.__tablename__),
        _hearings,
    ),
)
