"""Reads about publications. Everything is ordered and bounded."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.citations import SOURCE_COLUMNS, source_of
from portal.core.errors import Gone, NotFound
from portal.core.kept import kept
from portal.core.models import Source
from portal.moderation.queries import attached_files, corrections_of, has_left
from portal.publications.models import Edition, Publication
from portal.publications.pages import EditionRow, PublicationDetail, PublicationRow

#: Lists are bounded, far above what a council publishes in the time a site lives.
MOST_ROWS = 5000
MOST_EDITIONS = 20
_COLUMNS = (
    Publication.id,
    Publication.slug,
    Publication.kind,
    Publication.title,
    Publication.title_en,
    Publication.summary,
    Publication.summary_en,
    Publication.issued,
    Publication.is_planned,
    Publication.programme,
    Publication.committee,
    Publication.published_at,
)


@kept
def published_publications(session: Session, today: date) -> tuple[PublicationRow, ...]:
    """Return what is published or announced by a day, the newest first, the undated last."""
    rows = session.execute(
        select(*_COLUMNS)
        .where(Publication.is_shown(today))
        .order_by(Publication.issued.desc().nulls_last(), Publication.id)
        .limit(MOST_ROWS)
    )
    return tuple(PublicationRow(*tuple(row)) for row in rows)


def publications_of(session: Session, programme: str, today: date) -> tuple[PublicationRow, ...]:
    """Return what is published under a work programme, the newest first."""
    rows = published_publications(session, today)
    return tuple(row for row in rows if row.programme == programme)


def publications_about(session: Session, committee: str, today: date) -> tuple[PublicationRow, ...]:
    """Return what is published about a committee, the newest first."""
    rows = published_publications(session, today)
    return tuple(row for row in rows if row.committee == committee)


@kept
def get_published_publication(session: Session, slug: str, today: date) -> PublicationDetail:
    """Return a publication with its text and editions.

    :raise NotFound: there is no such publication, or it is not known by the day
    :raise Gone: it was withdrawn
    """
    known = published_publications(session, today)
    row = next((row for row in known if row.slug == slug), None)
    if row is None:
        raise Gone if has_left(session, Publication, slug) else NotFound
    found = session.execute(
        select(
            Publication.body,
            Publication.body_en,
            Publication.locator,
            Publication.import_key,
            *SOURCE_COLUMNS,
        )
        .outerjoin(Source, Source.id == Publication.source_id)
        .where(Publication.id == row.id)
    ).one()
    kind = Publication.__tablename__
    return PublicationDetail(
        row=row,
        body=found.body,
        body_en=found.body_en,
        editions=_editions(session, row.id),
        files=attached_files(session, kind, row.id),
        corrections=corrections_of(session, kind, row.id),
        source=source_of(found),
    )


def _editions(session: Session, publication_id: int) -> tuple[EditionRow, ...]:
    rows = session.execute(
        select(Edition.format, Edition.copies, Edition.unit, Edition.unit_en, Edition.address)
        .where(Edition.publication_id == publication_id)
        .order_by(Edition.id)
        .limit(MOST_EDITIONS)
    )
    return tuple(EditionRow(*row) for row in rows)
