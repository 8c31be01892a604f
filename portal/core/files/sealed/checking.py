"""Comparing the table of sealed files and their store both ways, and mending what differs."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.core.files.sealed import queries
from portal.core.files.sealed.models import SealedFile
from portal.core.files.sealed.rules import GRACE
from portal.core.files.sealed.store import sealed_store


@dataclass(frozen=True)
class SealedCheck:
    """What does not fit between the table and the store.

    :ivar without_file: ids of rows whose file is missing
    :ivar without_row: keys of files that no row names
    """

    without_file: tuple[int, ...]
    without_row: tuple[str, ...]


def check_store(session: Session, *, at: datetime) -> SealedCheck:
    """Compare both ways; files younger than an hour may be under way and are left out.

    The files are listed before the rows are read: one that is erased in between is missed, and one
    whose row is being saved is too young to be listed.
    """
    store = sealed_store()
    old = tuple(dict.fromkeys(store.keys_before(at - GRACE)))
    rows = queries.known_keys(session)
    missing = tuple(file_id for key, file_id in rows.items() if not store.exists(key))
    return SealedCheck(missing, tuple(key for key in old if key not in rows))


def repair_store(session: Session, check: SealedCheck) -> None:
    """Delete files that no row names, and rows whose file is gone; say so without a name."""
    for key in check.without_row:
        sealed_store().delete(key)
    if check.without_file:
        session.execute(delete(SealedFile).where(SealedFile.id.in_(check.without_file)))
    if check.without_row or check.without_file:
        structlog.get_logger("files").warning(
            "sealed store repaired",
            files=len(check.without_row),
            rows=list(check.without_file),
        )


def hide_times(session: Session) -> None:
    """Give every file the times all have: its own is hidden already, this hides when it came."""
    for key in queries.known_keys(session):
        sealed_store().hide_time(key)
