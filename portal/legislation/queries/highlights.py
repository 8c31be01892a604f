"""Reads about highlights, in the order of their collections."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.core.citations import SOURCE_COLUMNS, source_of
from portal.core.errors import Gone, NotFound
from portal.core.kept import kept
from portal.core.models import Source
from portal.legislation.models import Collection, Highlight, Ordinance
from portal.legislation.pages import CollectionRow, HighlightDetail, HighlightRow, Named
from portal.moderation.queries import attached_files, corrections_of, has_left

#: Far above what editors choose: thirty ordinances and a card for each change of a term.
MOST_HIGHLIGHTS = 500
_SAME_NAMES = "id slug collection_id effect effect_en affected affected_en since".split()


@kept
def published_collections(session: Session) -> tuple[CollectionRow, ...]:
    """Return the public collections, in the editors' order."""
    rows = session.execute(
        select(
            Collection.id,
            Collection.title,
            Collection.title_en,
            Collection.text,
            Collection.text_en,
            Collection.locator,
            Collection.import_key,
            *SOURCE_COLUMNS,
        )
        .outerjoin(Source, Source.id == Collection.source_id)
        .where(Collection.is_published())
        .order_by(Collection.position, Collection.id)
        .limit(MOST_HIGHLIGHTS)
    )
    return tuple(
        CollectionRow(row.id, row.title, row.title_en, row.text, row.text_en, source_of(row))
        for row in rows
    )


@kept
def published_highlights(session: Session, today: date) -> tuple[HighlightRow, ...]:
    """Return the highlights of a day: by collection, then in the editors' order."""
    return _rows(session, Highlight.is_shown(today))


@kept
def get_published_highlight(session: Session, slug: str) -> HighlightDetail:
    """Return a highlight with its pictures and their words.

    :raise NotFound: there is none of this address
    :raise Gone: it was withdrawn
    """
    rows = _rows(session, Highlight.is_published(), Highlight.slug == slug)
    if not rows:
        raise Gone if has_left(session, Highlight, slug) else NotFound
    found = session.execute(
        select(
            Highlight.script,
            Highlight.script_en,
            Highlight.locator,
            Highlight.import_key,
            *SOURCE_COLUMNS,
        )
        .outerjoin(Source, Source.id == Highlight.source_id)
        .where(Highlight.id == rows[0].id)
    ).one()
    kind = Highlight.__tablename__
    return HighlightDetail(
        row=rows[0],
        script=found.script,
        script_en=found.script_en,
        files=attached_files(session, kind, rows[0].id),
        corrections=corrections_of(session, kind, rows[0].id),
        source=source_of(found),
    )


def _rows(session: Session, *conditions: ColumnElement[bool]) -> tuple[HighlightRow, ...]:
    columns: list[Any] = [getattr(Highlight, name) for name in _SAME_NAMES]
    rows = session.execute(
        select(
            *columns,
            Ordinance.slug.label("ordinance_slug"),
            Ordinance.title,
            Ordinance.title_en,
            Ordinance.field,
        )
        .join(Ordinance, Ordinance.id == Highlight.ordinance_id)
        .join(Collection, Collection.id == Highlight.collection_id)
        .where(Ordinance.is_published(), Collection.is_published(), *conditions)
        .order_by(Collection.position, Highlight.position, Highlight.id)
        .limit(MOST_HIGHLIGHTS)
    )
    return tuple(
        HighlightRow(
            **{name: getattr(row, name) for name in _SAME_NAMES},
            ordinance=Named(row.ordinance_slug, row.title, row.title_en),
            field=row.field,
        )
        for row in rows
    )
