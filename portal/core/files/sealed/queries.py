"""Reads of sealed files."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.core.crypto import blind_index
from portal.core.errors import NotFound
from portal.core.files.sealed.models import SealedFile
from portal.core.files.sealed.rules import SealedState

#: Files that one run of the worker scans or erases in a transaction.
MOST_AT_ONCE = 100


def hash_of_draft(draft: str) -> str:
    """Return the keyed hash under which a draft's files are found."""
    return blind_index("sealed.draft", draft)


def files_of(session: Session, draft: str, *, at: datetime) -> list[SealedFile]:
    """Return the files of a draft in the order of their places, without those whose time is up."""
    return list(session.scalars(_of_draft(draft, at)))


def files_of_owner(session: Session, owner: str) -> list[SealedFile]:
    """Return the files that were sent with something, in the order of their arrival."""
    rows = select(SealedFile).where(SealedFile.owner == owner)
    return list(session.scalars(rows.order_by(SealedFile.id)))


def get_file_of_draft(session: Session, draft: str, file_id: int, *, at: datetime) -> SealedFile:
    """Return one file of a draft.

    :raise NotFound: the draft has no such file, or its time is up
    """
    found = session.scalar(_of_draft(draft, at).where(SealedFile.id == file_id))
    if found is None:
        raise NotFound()
    return found


def get_file_of_owner(session: Session, owner: str, file_id: int) -> SealedFile:
    """Return one file that was sent with something.

    :raise NotFound: nothing of this id was sent with it
    """
    rows = select(SealedFile).where(SealedFile.owner == owner, SealedFile.id == file_id)
    found = session.scalar(rows)
    if found is None:
        raise NotFound()
    return found


def waiting_files(session: Session, *, after: int = 0) -> list[tuple[int, str]]:
    """Return id and store key of files the scanner has not seen, in order of id, bounded.

    :param after: only those with a larger id
    """
    rows = select(SealedFile.id, SealedFile.store_key).where(
        SealedFile.state == SealedState.WAITING, SealedFile.id > after
    )
    found = session.execute(rows.order_by(SealedFile.id).limit(MOST_AT_ONCE))
    return [(file_id, key) for file_id, key in found]


def count_waiting(session: Session) -> int:
    """Return how many files the scanner has not seen."""
    rows = select(func.count()).where(SealedFile.state == SealedState.WAITING)
    return session.scalars(rows).one()


def known_keys(session: Session) -> dict[str, int]:
    """Return the id of every file by its key in the store, for the check of the whole store."""
    rows = session.execute(select(SealedFile.store_key, SealedFile.id).order_by(SealedFile.id))
    return {key: file_id for key, file_id in rows}


def _of_draft(draft: str, at: datetime) -> Select[SealedFile]:
    rows = select(SealedFile).where(
        SealedFile.draft_hash == hash_of_draft(draft), SealedFile.expires_at > at
    )
    return rows.order_by(SealedFile.position)
