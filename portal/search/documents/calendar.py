"""Sessions, sittings and other events, as known on a day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.calendar.models import AgendaItem, BusinessItem, CouncilSession, Event, EventChange
from portal.calendar.pages import SessionRow
from portal.calendar.queries.events import published_events
from portal.calendar.queries.sessions import published_sessions
from portal.calendar.words import kind_label, session_title
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
    ends, business = ends_of(session, CouncilSession), _business(session)
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
    """Give each sitting and event with its agenda; how it ended once it has."""
    ends, agendas = ends_of(session, Event), _agendas(session)
    for row in published_events(session, today):
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


def _agendas(session: Session) -> dict[int, list[Text]]:
    """Return the items on the agenda of each event, by its id."""
    found: dict[int, list[Text]] = defaultdict(list)
    rows = select(AgendaItem.event_id, AgendaItem.text, AgendaItem.text_en)
    for event_id, text, english in session.execute(rows.order_by(AgendaItem.position)):
        found[event_id].append((text, english))
    return found


def _business(session: Session) -> dict[int, list[Text]]:
    """Return the order of business of each session, by its id."""
    found: dict[int, list[Text]] = defaultdict(list)
    rows = select(BusinessItem.session_id, BusinessItem.text, BusinessItem.text_en)
    for session_id, text, english in session.execute(rows.order_by(BusinessItem.position)):
        found[session_id].append((text, english))
    return found


SOURCES = (
    TextSource(
        CouncilSession.__tablename__,
        (CouncilSession.__tablename__, BusinessItem.__tablename__, Event.__tablename__),
        _sessions,
    ),
    TextSource(
        Event.__tablename__,
        (Event.__tablename__, AgendaItem.__tablename__, EventChange.__tablename__),
        _events,
    ),
)
