"""Ordinances with what was decided about them and their text, bills with their way, highlights."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.core.partial_dates import first_day
from portal.core.rich_text import plain_text
from portal.council.models import Committee
from portal.legislation.models import (
    Bill,
    BillSponsor,
    BillStep,
    Collection,
    Enactment,
    EnactmentSponsor,
    Highlight,
    Ordinance,
    OrdinanceVersion,
)
from portal.legislation.queries.highlights import published_highlights
from portal.legislation.queries.matters import last_step
from portal.legislation.queries.ordinances import DECIDED_ON, NEWEST_FIRST
from portal.legislation.rules.storage import from_plain
from portal.legislation.rules.text import plain_text as text_of
from portal.legislation.words import bill_label, enactment_label, field_label
from portal.search.documents.source import Ids, Place, Text, TextSource, ends_of, in_both, said
from portal.search.rules import Document, DocumentKind

#: So much of an ordinance's text is looked up.
MOST_OF_TEXT = 200_000


def _ordinances(session: Session, today: date, ids: Ids) -> Iterator[Document]:
    """Give each ordinance with the summaries of what was decided about it, and its text."""
    ends, decided = ends_of(session, Ordinance), _enactments(session, ids)
    rows = select(Ordinance).where(Ordinance.is_shown(today), _is_among(Ordinance.id, ids))
    for row in session.scalars(rows):
        enactments = decided.get(row.id, [])
        place = Place(
            kind=DocumentKind.ORDINANCE,
            source=Ordinance.__tablename__,
            key=str(row.id),
            address=f"/legislation/ordinances/{row.slug}",
            day=next((day for day, _text in enactments), None),
            until=ends.get(row.id),
        )
        texts = (
            (row.plain_title, row.plain_title_en),
            said(field_label, row.field),
            *(text for _day, text in enactments),
            (row.note, row.note_en),
            (_text(session, row.id), None),
        )
        yield from in_both(place, (row.title, row.title_en), *texts)


def _enactments(session: Session, ids: Ids) -> dict[int, list[tuple[date | None, Text]]]:
    """Return day and words of what was decided, the newest first, by id of the ordinance."""
    found: dict[int, list[tuple[date | None, Text]]] = defaultdict(list)
    rows = session.execute(
        select(
            Enactment.ordinance_id,
            DECIDED_ON,
            Enactment.summary,
            Enactment.summary_en,
            Enactment.kind,
        )
        .where(Enactment.is_published(), _is_among(Enactment.ordinance_id, ids))
        .order_by(*NEWEST_FIRST)
    )
    for ordinance_id, day, summary, english, kind in rows:
        found[ordinance_id] += [(day, (summary, english)), (day, said(enactment_label, kind))]
    return found


def _text(session: Session, ordinance_id: int) -> str | None:
    """Return the newest text of an ordinance, as far as it is looked up."""
    content = session.scalar(
        select(OrdinanceVersion.content)
        .where(OrdinanceVersion.ordinance_id == ordinance_id)
        .order_by(OrdinanceVersion.promulgated_on.desc(), OrdinanceVersion.id.desc())
        .limit(1)
    )
    return text_of(from_plain(content))[:MOST_OF_TEXT] if content else None


def _bills(session: Session, today: date, ids: Ids) -> Iterator[Document]:
    """Give each bill with who brought it in, on the day and in the committee of its last step."""
    ends = ends_of(session, Bill)
    committee = last_step(Committee.slug, today)
    rows = session.execute(
        select(Bill, last_step(BillStep.on, today), committee).where(
            Bill.is_published(), _is_among(Bill.id, ids)
        )
    )
    for bill, day, slug in rows:
        place = Place(
            kind=DocumentKind.BILL,
            source=Bill.__tablename__,
            key=str(bill.id),
            address=f"/legislation/bills/{bill.slug}",
            day=day,
            committee=slug,
            until=ends.get(bill.id),
        )
        number = (str(bill.number), str(bill.number)) if bill.number else (None, None)
        texts = (
            (bill.summary, bill.summary_en),
            (bill.proposer, bill.proposer_en),
            said(bill_label, bill.kind),
            number,
            (bill.note, bill.note_en),
        )
        yield from in_both(place, (bill.title, bill.title_en), *texts)


def _is_among(column: InstrumentedAttribute[int], ids: Ids) -> ColumnElement[bool]:
    """Return the condition that a row is one of those that are asked for."""
    return true() if ids is None else column.in_(ids)


def _highlights(session: Session, today: date, _ids: Ids) -> Iterator[Document]:
    """Give each highlight with the words of its pictures."""
    ends = ends_of(session, Highlight)
    scripts = {
        row_id: (plain_text(script), plain_text(english))
        for row_id, script, english in session.execute(
            select(Highlight.id, Highlight.script, Highlight.script_en)
        )
    }
    for row in published_highlights(session, today):
        place = Place(
            kind=DocumentKind.ORDINANCE,
            source=Highlight.__tablename__,
            key=str(row.id),
            address=f"/legislation/highlights/{row.slug}",
            day=first_day(row.since) if row.since else None,
            until=ends.get(row.id),
        )
        texts = (
            (row.affected, row.affected_en),
            (row.ordinance.name, row.ordinance.name_en),
            scripts[row.id],
        )
        yield from in_both(place, (row.effect, row.effect_en), *texts)


SOURCES = (
    TextSource(
        Ordinance.__tablename__,
        (
            Ordinance.__tablename__,
            Enactment.__tablename__,
            EnactmentSponsor.__tablename__,
            OrdinanceVersion.__tablename__,
        ),
        _ordinances,
    ),
    TextSource(
        Bill.__tablename__,
        (Bill.__tablename__, BillStep.__tablename__, BillSponsor.__tablename__),
        _bills,
    ),
    TextSource(
        Highlight.__tablename__,
        (Highlight.__tablename__, Collection.__tablename__, Ordinance.__tablename__),
        _highlights,
    ),
)
