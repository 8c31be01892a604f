"""Figures that staff bring as a table: tried out while they are written, taken when published.

Both are the import of one file, so that what a second reader was shown is what is published.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.clock import real_now, today
from portal.core.database import reason_of
from portal.core.errors import Invalid
from portal.core.imports import Outcome
from portal.extensions import db
from portal.importers.dataset import FILES, finish, import_text
from portal.importers.files import DataFile
from portal.importers.models import FigureUpload
from portal.importers.reports import Report
from portal.importers.tables import DataError, DataErrors, say_errors
from portal.importers.words import FILE_WORDS
from portal.moderation.models import Correction
from portal.moderation.queries import newest_revision

#: Files that staff may bring; each is one table in CSV.
FIGURE_FILES = {f.path: f for f in FILES if f.path in FILE_WORDS}


@dataclass(frozen=True)
class Sum:
    """What all rows of a table give together in one column, and how many rows there are.

    :ivar name: of the field; empty for the rows themselves
    """

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Trial:
    """What an import would do.

    :ivar sums: empty where it would be refused
    :ivar errors: why it would be refused; empty: it would not
    """

    report: Report
    sums: tuple[Sum, ...]
    errors: tuple[DataError, ...]


def try_figures(session: Session, path: str, text: str, *, at: datetime) -> Trial:
    """Import a table and undo it, within a transaction that may write.

    :param path: the file of the data set that the table would replace
    """
    report = Report()
    before, after = _sums(session, FIGURE_FILES[path]), {}
    savepoint = session.begin_nested()
    try:
        errors = _import(session, path, text, report, at)
        if not errors:
            after = _sums(session, FIGURE_FILES[path])
    finally:
        savepoint.rollback()
    sums = tuple(Sum(name, before[name], number) for name, number in after.items())
    return Trial(report, sums, errors)


def take_figures(session: Session, upload: FigureUpload, *, at: datetime) -> None:
    """Import the table of an upload in the caller's transaction.

    The folder's file stays known as it was read last: while it is unchanged, no later import
    brings its figures back, and a changed one replaces these.

    :raise Invalid: it does not fit any more; nothing must be committed then
    """
    report = Report()
    errors = _import(session, upload.path, upload.content, report, at, is_meant=True)
    if errors:
        why = " ".join(say_errors(errors))
        raise Invalid(_("It can’t be handed in or published: %(why)s", why=why))
    if upload.taken_at is None and _changes_public_figures(report):
        _correct(session, upload)
    upload.taken_at = at
    upload.counts = {str(outcome): number for outcome, number in report.totals.items()}
    audit.record(
        session,
        actor="import",
        deed="data.imported",
        kind=FigureUpload.__tablename__,
        row_id=upload.id,
        after={"file": upload.path} | {name: str(n) for name, n in upload.counts.items()},
    )


def _changes_public_figures(report: Report) -> bool:
    """Say whether an import changed or took away figures that were public."""
    return any(report.totals[outcome] for outcome in (Outcome.CHANGED, Outcome.GONE))


def _correct(session: Session, upload: FigureUpload) -> None:
    """Tell the public that figures changed, with the author's words as the reason.

    A later change of the upload itself is told by moderation, as of every row.
    """
    revision = newest_revision(session, upload)
    session.add(
        Correction(
            kind=FigureUpload.__tablename__,
            row_id=upload.id,
            corrected_on=today(),
            because=(revision.note if revision else None) or upload.title,
            because_en=None,
            fields=["content"],
        )
    )


def take_published(_sender: str, *, kind: str, ids: Iterable[int]) -> None:
    """Import the tables of uploads that became public; it is told by the signal ``published``."""
    session = db.session()
    for upload in session.scalars(select(FigureUpload).where(FigureUpload.id.in_(tuple(ids)))):
        take_figures(session, upload, at=real_now())


def _import(
    session: Session,
    path: str,
    text: str,
    report: Report,
    at: datetime,
    *,
    is_meant: bool = False,
) -> tuple[DataError, ...]:
    """Import a table and return why it can't be; what was written until then is the caller's."""
    folder = current_app.config["DATA_DIR"]
    try:
        import_text(session, folder, path, text, report, at=at)
        if is_meant:
            finish(session, folder, report)
    except DataErrors as error:
        return tuple(error.errors)
    except SQLAlchemyError as error:
        reason = reason_of(error)
        words = _("it does not fit to the other files: %(reason)s", reason=reason)
        return (DataError(path, 0, 0, words),)
    return ()


def _sums(session: Session, data_file: DataFile) -> dict[str, int]:
    """Return how many rows a table has, and what its amounts give together."""
    columns = data_file.model.__table__.columns
    names = [column.name for column in columns if column.name.endswith("_won")]
    sums: list[Any] = [func.coalesce(func.sum(columns[name]), 0) for name in names]
    row = session.execute(select(func.count(columns["id"]), *sums)).one()
    return dict(zip(("", *names), map(int, row), strict=True))
