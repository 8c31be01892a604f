"""News and publications, with the text of their files."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.files.models import StoredFile
from portal.core.partial_dates import first_day
from portal.core.rich_text import plain_text
from portal.moderation.models import Attachment
from portal.publications.models import Edition, Publication
from portal.publications.queries import published_publications
from portal.publications.words import kind_label
from portal.search.documents.source import Ids, Place, Text, TextSource, ends_of, in_both, said
from portal.search.rules import Document, DocumentKind

#: So much of a file's text is looked up.
MOST_OF_FILE = 200_000


def _publications(session: Session, today: date, ids: Ids) -> Iterator[Document]:
    """Give each publication with its text and the text of its files."""
    ends = ends_of(session, Publication)
    rows = published_publications(session, today)
    wanted = [row for row in rows if ids is None or row.id in ids]
    bodies = _bodies(session, ids)
    files = _files(session, ids)
    for row in wanted:
        place = Place(
            kind=DocumentKind.PUBLICATION,
            source=Publication.__tablename__,
            key=str(row.id),
            address=f"/news/{row.slug}",
            day=first_day(row.issued) if row.issued else None,
            committee=row.committee,
            until=ends.get(row.id),
        )
        texts = (
            (row.summary, row.summary_en),
            bodies.get(row.id, (None, None)),
            *files.get(row.id, ()),
            said(kind_label, row.kind),
        )
        yield from in_both(place, (row.title, row.title_en), *texts)


def _bodies(session: Session, ids: Ids) -> dict[int, Text]:
    """Return the texts of publications without their marks, by id."""
    rows = select(Publication.id, Publication.body, Publication.body_en)
    if ids is not None:
        rows = rows.where(Publication.id.in_(ids))
    return {
        row_id: (plain_text(body), plain_text(english))
        for row_id, body, english in session.execute(rows)
    }


def _files(session: Session, ids: Ids) -> dict[int, list[Text]]:
    """Return names and texts of the files of publications, by id of the publication."""
    rows = (
        select(
            Attachment.row_id,
            Attachment.title,
            Attachment.title_en,
            StoredFile.alt,
            StoredFile.alt_en,
            StoredFile.text,
        )
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .where(Attachment.kind == Publication.__tablename__)
        .order_by(Attachment.position)
    )
    if ids is not None:
        rows = rows.where(Attachment.row_id.in_(ids))
    found: dict[int, list[Text]] = defaultdict(list)
    for row_id, title, title_en, alt, alt_en, text in session.execute(rows):
        read = plain_text(text[:MOST_OF_FILE]) if text else None
        found[row_id] += [(title, title_en), (alt, alt_en), (read, None)]
    return found


SOURCES = (
    TextSource(
        Publication.__tablename__,
        (Publication.__tablename__, Edition.__tablename__),
        _publications,
    ),
)
