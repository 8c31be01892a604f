"""Reads about revisions and published corrections."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, String, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from portal.core.clock import today
from portal.core.errors import NotFound
from portal.core.kept import kept
from portal.moderation.models import (
    Correction,
    Publishable,
    Revision,
    kind_of,
    publishable_classes,
)

#: A list of revisions or corrections ends after so many.
MOST_ROWS = 200


@dataclass(frozen=True)
class CorrectionLine:
    """One published correction: of what, when, why, and which fields changed."""

    id: int
    kind: str
    row_id: int
    title: str
    title_en: str | None
    on: date
    because: str
    because_en: str | None
    fields: tuple[str, ...]


def newest_revision(session: Session, row: Publishable) -> Revision | None:
    """Return the newest revision of a row, None when it has none; autosaves do not count."""
    return session.scalar(_numbered(row).order_by(Revision.number.desc()).limit(1))


def find_revision(session: Session, row: Publishable, number: int) -> Revision | None:
    """Return one revision of a row, or None."""
    return session.scalar(_numbered(row).where(Revision.number == number))


def get_revision(session: Session, row: Publishable, number: int) -> Revision:
    """Return one revision of a row.

    :raise NotFound: it has no revision of this number
    """
    revision = find_revision(session, row, number)
    if revision is None:
        raise NotFound
    return revision


def revisions_of(session: Session, row: Publishable) -> tuple[Revision, ...]:
    """Return the revisions of a row, the newest first, without autosaves."""
    found = _numbered(row).order_by(Revision.number.desc()).limit(MOST_ROWS)
    return tuple(session.scalars(found))


def autosave_of(session: Session, row: Publishable, author: str) -> Revision | None:
    """Return what was saved by itself while somebody wrote and did not save, or None."""
    return session.scalar(
        _of(row)
        .where(Revision.number.is_(None), Revision.actor == author)
        .order_by(Revision.id.desc())
        .limit(1)
    )


def writers_since(session: Session, row: Publishable, after: int, last: int) -> frozenset[str]:
    """Return who wrote the revisions behind one number, up to another one."""
    written = _numbered(row).where(Revision.number > after, Revision.number <= last)
    return frozenset(session.scalars(written.with_only_columns(Revision.actor)))


def corrections_of(session: Session, kind: str, row_id: int) -> tuple[CorrectionLine, ...]:
    """Return the corrections of one public row, the latest first."""
    return _corrections_of(session, today(), kind, row_id)


@kept
def _corrections_of(
    session: Session, day: date, kind: str, row_id: int
) -> tuple[CorrectionLine, ...]:
    """Return the corrections of one row shown on a day; its page is made in each language."""
    of_row = (Correction.kind == kind, Correction.row_id == row_id)
    return _lines(session, _corrections(day, kind).where(*of_row).limit(MOST_ROWS))


def recent_corrections(session: Session, limit: int = MOST_ROWS) -> tuple[CorrectionLine, ...]:
    """Return the corrections of everything public, the latest first."""
    return _recent_corrections(session, today(), limit)


@kept
def _recent_corrections(session: Session, day: date, limit: int) -> tuple[CorrectionLine, ...]:
    """Return the latest corrections of all rows shown on a day; pages share them."""
    return _lines(session, _corrections(day).limit(limit))


def _lines(session: Session, corrections: Select[*tuple[Any, ...]]) -> tuple[CorrectionLine, ...]:
    return tuple(
        CorrectionLine(
            id=row.id,
            kind=row.kind,
            row_id=row.row_id,
            title=title,
            title_en=title_en,
            on=row.corrected_on,
            because=row.because,
            because_en=row.because_en,
            fields=tuple(row.fields),
        )
        for row, title, title_en in session.execute(corrections)
    )


def _corrections(day: date, kind: str | None = None) -> Select[*tuple[Any, ...]]:
    """Return the statement for corrections of what is shown on a day, the latest first."""
    models = [model for model in publishable_classes() if kind in (None, kind_of(model))]
    titles = union_all(*(_titles(model, day) for model in models)).subquery()
    return (
        select(Correction, titles.c.title, titles.c.title_en)
        .join(titles, (titles.c.kind == Correction.kind) & (titles.c.row_id == Correction.row_id))
        .order_by(Correction.corrected_on.desc(), Correction.id.desc())
    )


def _titles(model: type[Publishable], day: date) -> Select[*tuple[Any, ...]]:
    """Return the statement for the titles of a class's rows that are shown on a day."""
    title = getattr(model, model.title_field)
    title_en = getattr(model, f"{model.title_field}_en", null())
    return select(
        literal(kind_of(model)).label("kind"),
        model.id.label("row_id"),
        cast(title, String).label("title"),
        cast(title_en, String).label("title_en"),
    ).where(model.is_shown(day))


def _of(row: Publishable) -> Select[Revision]:
    return select(Revision).where(Revision.kind == kind_of(type(row)), Revision.row_id == row.id)


def _numbered(row: Publishable) -> Select[Revision]:
    return _of(row).where(Revision.number.is_not(None))
