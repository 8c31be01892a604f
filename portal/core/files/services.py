"""Taking files in, taking them out, keeping what was read of them, checking the store."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from portal.core import audit
from portal.core.errors import Invalid
from portal.core.files import queries
from portal.core.files.checks import check_content
from portal.core.files.models import StoredFile
from portal.core.files.rules import (
    MOST_ALT_LETTERS,
    PICTURES,
    READABLE,
    Checked,
    FileState,
    clean_name,
)
from portal.core.files.scanner import scan
from portal.core.files.store import file_store

#: A file whose row is not there yet may be under way this long.
GRACE = timedelta(hours=24)
#: Where a session gathers the files to delete once it has committed.
_GOING = "files_going"


@dataclass(frozen=True)
class StoreCheck:
    """What does not fit between the table and the store.

    :ivar without_file: ids of rows whose file is missing; refused ones are not served anyway
    :ivar without_row: keys of files that no row names
    """

    without_file: tuple[int, ...]
    without_row: tuple[str, ...]


def keep_file(
    session: Session,
    *,
    stream: BinaryIO,
    purpose: str,
    display_name: str,
    actor: str,
    at: datetime,
    alt: str | None = None,
    alt_en: str | None = None,
) -> StoredFile:
    """Check, scan, clean and keep a file, and return its row.

    A document waits until the worker has read its text; other kinds are ready at once. Call it
    before the transaction writes anything: checking takes seconds, and a database waits.

    :param purpose: for what, in a word; those who may see other files of the purpose may see it
    :param display_name: as the sender called it; it is cleaned and given the right ending
    :param alt: what a picture shows, in Korean; required for pictures, ignored for others
    :raise Invalid: the file is not taken; the sentence says what to do
    """
    content = _read(stream)
    scan(content)
    checked = check_content(content)
    words = _alt_words(checked, alt, alt_en)
    row = StoredFile(
        purpose=purpose,
        store_key=file_store().put(checked.content),
        kind=checked.kind,
        display_name=clean_name(display_name, checked.kind),
        size_bytes=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        alt=words[0],
        alt_en=words[1],
        state=FileState.WAITING if checked.kind in READABLE else FileState.READY,
        found_words=" ".join(checked.marks_found),
        left_words=" ".join(checked.marks_left),
        created_at=at,
        created_by=actor,
    )
    session.add(row)
    session.flush()
    after = {"kind": row.kind.value}
    _record(session, actor, "file.keep", row.id, after)
    return row


def _record(session: Session, actor: str, deed: str, row_id: int, after: Mapping[str, str]) -> None:
    kind = StoredFile.__tablename__
    audit.record(session, actor=actor, deed=deed, kind=kind, row_id=row_id, after=after)


def remove_file(session: Session, stored: StoredFile, *, actor: str) -> None:
    """Delete a file's row, and the file itself once that is committed."""
    key = stored.store_key
    session.delete(stored)
    session.flush()
    _record(session, actor, "file.remove", stored.id, {})
    # A crash between commit and deletion leaves a file for the store's check.
    session.info.setdefault(_GOING, []).append(key)


@event.listens_for(Session, "after_commit")
def _delete_files(session: Session) -> None:
    """Delete the files whose rows are gone for good."""
    if session.in_nested_transaction():
        return
    for key in session.info.pop(_GOING, ()):
        file_store().delete(key)


@event.listens_for(Session, "after_soft_rollback")
def _keep_files(session: Session, _undone: SessionTransaction) -> None:
    """Keep the files whose rows came back."""
    session.info.pop(_GOING, None)


def keep_text(stored: StoredFile, *, text: str | None, at: datetime) -> None:
    """Keep what was read of a file, which is then ready.

    :param text: None when there is nothing to read
    """
    stored.text, stored.text_read_at, stored.state = text, at, FileState.READY


def refuse_file(stored: StoredFile, *, at: datetime) -> None:
    """Refuse a file whose reading broke a limit; it is never served."""
    stored.text, stored.text_read_at, stored.state = None, at, FileState.REFUSED


def check_store(session: Session, *, at: datetime) -> StoreCheck:
    """Compare the table and the store both ways; files younger than a day are left out."""
    store, rows = file_store(), queries.known_keys(session)
    served = {key: row for key, row in rows.items() if row.state is not FileState.REFUSED}
    missing = tuple(row.id for key, row in served.items() if not store.exists(key))
    strays = tuple(dict.fromkeys(key for key in store.keys_before(at - GRACE) if key not in rows))
    return StoreCheck(missing, strays)


def repair_store(session: Session, check: StoreCheck, *, at: datetime) -> None:
    """Delete files that no row names; refuse rows whose file is gone, so that none serves them."""
    for key in check.without_row:
        file_store().delete(key)
    for file_id in check.without_file:
        refuse_file(queries.get_file(session, file_id), at=at)
    session.flush()


def _read(stream: BinaryIO) -> bytes:
    """Return a stream's content.

    :raise Invalid: it is larger than the setting allows
    """
    most = int(current_app.config["MAX_FILE_BYTES"])
    content = stream.read(most + 1)
    if len(content) > most:
        raise Invalid(
            _(
                "The file is larger than %(most)s MB. Make it smaller or split it.",
                most=most // 1024 // 1024,
            )
        )
    return content


def _alt_words(checked: Checked, alt: str | None, alt_en: str | None) -> tuple[str | None, ...]:
    """Return a picture's description in both languages; other kinds have none.

    :raise Invalid: a picture has no Korean one, or one is too long
    """
    if checked.kind not in PICTURES:
        return None, None
    words = tuple((word or "").strip() or None for word in (alt, alt_en))
    if words[0] is None:
        raise Invalid(_("Describe what the picture shows, for people who can't see it."))
    if any(len(word or "") > MOST_ALT_LETTERS for word in words):
        raise Invalid(_("Describe the picture in at most %(most)s letters.", most=MOST_ALT_LETTERS))
    return words
