"""Sessions, sittings and other events, as known on a day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.calendar.models import AgendaItem, BusinessItem, CouncilSession, Event, EventChange
from portal.calendar.pages import SessionRow
from portal.calendar.queries.events import published_events
from portal.calendar.queries.sessions import published_sessions
from portal.calendar.words import kind_label, session_title
from portal.hearings.models import Hearing
from portal.search.documents.source import (
    Ids,
    Place,
    Text,
    TextSource,
    ends_of,
    in_both,
    said,
)
from portal.search.rules import Document, DocumentKind


def _sessions(session: Session, today: date, _ids: Ids) -> Iterator[Document]:
    """Give each session with its order of business."""
    ends, business = (
        ends_of(session, CouncilSession),
        _lines(session, BusinessItem, BusinessItem.session_id),
    )
    for row in published_sessions(session, today):
        place = Place(
            kind=DocumentKind.SESSION,
            source=CouncilSession.__tablename__,
            key=str(row.id),
            address=f"/calendar/sessions/{row.number}",
            day=row.starts_on,
            until=ends.get(row.id),
        )
        yield from in_both(place, _title(row), (row.note, row.note_en), *business.get(row.id, ()))


def _title(row: SessionRow) -> Text:
    return said(session_title, row)


def _events(session: Session, today: date, _ids: Ids) -> Iterator[Document]:
    """Give each sitting and event with its agenda; how it ended once it has.

    The event of a hearing is left out: the hearing says the same and more.
    """
    ends, agendas = ends_of(session, Event), _lines(session, AgendaItem, AgendaItem.event_id)
    of_hearings = set(session.scalars(select(Hearing.event_id).where(Hearing.is_shown(today))))
    for row in published_events(session, today):
        if row.id in of_hearings:
            continue
        place = Place(
            kind=DocumentKind.EVENT,
            source=Event.__tablename__,
            key=str(row.id),
            address=f"/calendar/events/{row.slug}",
            day=row.starts_on,
            committee=row.committee_slug,
            until=ends.get(row.id),
        )
        texts = (
            (row.summary, row.summary_en),
            (row.outcome, row.outcome_en),
            *agendas.get(row.id, ()),
            (row.body, row.body_en),
            (row.place, row.place_en),
            (row.host, row.host_en),
            (row.note, row.note_en),
            said(kind_label, row.kind),
        )
        yield from in_both(place, (row.title, row.title_en), *texts)


def _lines(
    session: Session,
    model: type[AgendaItem] | type[BusinessItem],
    owner: InstrumentedAttribute[int],
) -> dict[int, list[Text]]:
    """Return the lines below rows in their order, by the id of the row that owns them."""
    found: dict[int, list[Text]] = defaultdict(list)
    rows = select(owner, model.text, model.text_en).order_by(model.position)
    for owner_id, text, english in session.execute(rows):
        found[owner_id].append((text, english))
    return found


SOURCES = (
    TextSource(
        CouncilSession.__tablename__,
        (CouncilSession.__tablename__, BusinessItem.__tablename__, Event.__tablename__),
        _sessions,
    ),
    TextSource(
        Event.__tablename__,
        (
            Event.__tablename__,
            AgendaItem.__tablename__,
            EventChange.__tablename__,
            Hearing.__tablename__,
        ),
        _events,
    ),
)
