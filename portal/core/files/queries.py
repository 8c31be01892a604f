"""Reads of files."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.errors import NotFound
from portal.core.files.models import StoredFile
from portal.core.files.rules import FileState

#: Files that one run of the worker hands on.
MOST_WAITING = 100


def get_file(session: Session, file_id: int) -> StoredFile:
    """Return a file's row.

    :raise NotFound: there is none
    """
    found = session.get(StoredFile, file_id)
    if found is None:
        raise NotFound()
    return found


def files_by_id(session: Session, ids: Iterable[int]) -> Mapping[int, StoredFile]:
    """Return the rows of files by their ids; unknown ids are left out."""
    wanted = tuple(ids)
    rows = session.scalars(select(StoredFile).where(StoredFile.id.in_(wanted))) if wanted else ()
    return {row.id: row for row in rows}


def waiting_files(session: Session) -> list[int]:
    """Return the ids of files whose text is not read yet, the oldest first, bounded."""
    rows = select(StoredFile.id).where(StoredFile.state == FileState.WAITING)
    return list(session.scalars(rows.order_by(StoredFile.id).limit(MOST_WAITING)))


def known_keys(session: Session) -> dict[str, StoredFile]:
    """Return every file's row by its key in the store, for the check of the whole store."""
    rows = session.scalars(select(StoredFile).order_by(StoredFile.id))
    return {row.store_key: row for row in rows}
