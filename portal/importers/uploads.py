"""Reads about uploaded figures."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.models import ImportedFile
from portal.importers.models import FigureUpload
from portal.importers.tables import read_text


def newest_day(session: Session, upload: FigureUpload) -> date | None:
    """Return the newest day of which other figures were published for an upload's file."""
    return session.scalar(
        select(func.max(FigureUpload.as_of)).where(
            FigureUpload.path == upload.path,
            FigureUpload.id != upload.id,
            FigureUpload.taken_at.is_not(None),
        )
    )


def current_text(session: Session, folder: Path, path: str) -> str:
    """Return a table as it was taken last, by an upload or from the folder.

    :raise DataErrors: the folder has not the file
    """
    newest = session.scalar(
        select(FigureUpload.content)
        .join(ImportedFile, ImportedFile.path == FigureUpload.path)
        .where(FigureUpload.path == path)
        .where(FigureUpload.taken_at > ImportedFile.imported_at)
        .order_by(FigureUpload.taken_at.desc())
        .limit(1)
    )
    return newest or read_text(folder, path)


def replaced_uploads(session: Session, paths: Iterable[str]) -> list[str]:
    """Return a sentence for each file of a folder that comes after figures staff published.

    :param paths: of the files that are imported now
    """
    newer = (
        select(FigureUpload.path, func.max(FigureUpload.as_of))
        .join(ImportedFile, ImportedFile.path == FigureUpload.path)
        .where(FigureUpload.path.in_(list(paths)))
        .where(FigureUpload.taken_at > ImportedFile.imported_at)
        .group_by(FigureUpload.path)
        .order_by(FigureUpload.path)
    )
    return [
        f"{path}: the file replaced figures as of {as_of} that staff had published"
        for path, as_of in session.execute(newer)
    ]
