"""Keeping sealed files for a draft, sending them with it, erasing them."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, event, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, SessionTransaction

from portal.core.errors import Conflict, Gone, Invalid
from portal.core.files.sealed import queries
from portal.core.files.sealed.models import SealedFile
from portal.core.files.sealed.rules import (
    DRAFT_LIFE,
    MOST_DRAFT_BYTES,
    MOST_FILES,
    SealedState,
    free_position,
)
from portal.core.files.sealed.store import sealed_store
from portal.core.files.sealed.uploads import Sealed

#: Where a session gathers the files to delete once it has committed, or when it is undone.
_GOING, _COMING = "sealed_going", "sealed_coming"
#: Mark of a session that brought files the scanner has not seen.
NEW_FILES = "sealed_new"
_TOKEN_BYTES = 32


def new_draft() -> str:
    """Return the random token of a new draft; the form carries it, only its hash is kept."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def keep(session: Session, draft: str, sealed: Sealed, *, at: datetime) -> SealedFile:
    """Keep a file for a draft and return its row; two hours later it is erased unless sent.

    The file is written before the row is saved; when the transaction is undone it is deleted.

    :param sealed: from ``uploads.seal_upload``, made before the transaction began
    :raise Invalid: the draft has all the files or bytes it may have; the sentence says what to do
    :raise Conflict: another file of the draft came at the same moment
    """
    position = _find_place(session, queries.hash_of_draft(draft), sealed.size_bytes)
    row = SealedFile(
        draft_hash=queries.hash_of_draft(draft),
        position=position,
        store_key=sealed_store().put(sealed.content),
        kind=sealed.kind,
        display_name=sealed.display_name,
        size_bytes=sealed.size_bytes,
        sha256=sealed.sha256,
        state=SealedState.WAITING,
        found_words=" ".join(sealed.marks_found),
        left_words=" ".join(sealed.marks_left),
        expires_at=at + DRAFT_LIFE,
    )
    session.info.setdefault(_COMING, []).append(row.store_key)
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        raise Conflict(_("Another file came at the same moment. Send this one again.")) from None
    session.info[NEW_FILES] = True
    return row


def remove(session: Session, draft: str, file_id: int, *, at: datetime) -> None:
    """Take a file out of a draft; the file itself goes once that is committed.

    :raise NotFound: the draft has no such file
    """
    _erase(session, [queries.get_file_of_draft(session, draft, file_id, at=at)])


def claim(
    session: Session, draft: str, owner: str, *, file_ids: Iterable[int], at: datetime
) -> list[SealedFile]:
    """Let a draft's files belong to what is sent with them, in the transaction of sending.

    :param owner: such as ``complaint:17``
    :param file_ids: the files that the person saw before sending; a draft without any has none
    :return: the files, in the order of their places
    :raise Gone: one of them was erased meanwhile; the person must be told before anything is sent
    """
    wanted = set(file_ids)
    taken = session.scalars(
        update(SealedFile)
        .where(
            SealedFile.draft_hash == queries.hash_of_draft(draft),
            SealedFile.expires_at > at,
            SealedFile.id.in_(wanted),
        )
        .values(draft_hash=None, expires_at=None, owner=owner)
        .returning(SealedFile.id)
    ).all()
    if set(taken) != wanted:
        raise Gone(_("Files that are not sent within 2 hours are erased. Add the files again."))
    rows = session.scalars(
        select(SealedFile).where(SealedFile.id.in_(taken)).order_by(SealedFile.position),
        execution_options={"populate_existing": True},
    )
    return list(rows)


def erase(session: Session, owner: str) -> int:
    """Erase all files that were sent with something; return how many.

    The files themselves go once that is committed.
    """
    return _erase(session, queries.files_of_owner(session, owner))


def erase_expired(session: Session, *, at: datetime) -> int:
    """Erase files of drafts that were not sent in time; return how many, bounded.

    The statement asks again for each row whether it is a draft's: one that is being sent stays.
    """
    late = select(SealedFile.id).where(SealedFile.expires_at <= at)
    late = late.order_by(SealedFile.id).limit(queries.MOST_AT_ONCE)
    gone = session.scalars(
        delete(SealedFile)
        .where(SealedFile.id.in_(late), SealedFile.expires_at <= at)
        .returning(SealedFile.store_key)
    ).all()
    session.info.setdefault(_GOING, []).extend(gone)
    return len(gone)


def note_verdict(session: Session, file_id: int, state: SealedState) -> None:
    """Note what the scanner said of a file; one that was erased meanwhile is no fault."""
    session.execute(update(SealedFile).where(SealedFile.id == file_id).values(state=state))


def _find_place(session: Session, draft_hash: str, size_bytes: int) -> int:
    """Return the place for one more file; files whose time is up hold theirs until erased.

    :raise Invalid: there is no place or no room
    """
    rows = select(SealedFile.position, SealedFile.size_bytes)
    held = session.execute(rows.where(SealedFile.draft_hash == draft_hash)).all()
    position = free_position(place for place, _size in held)
    if position is None:
        raise Invalid(
            ngettext(
                "You can send %(num)s file. Take out one to add another.",
                "You can send %(num)s files. Take out one to add another.",
                MOST_FILES,
            )
        )
    if sum(size for _place, size in held) + size_bytes > MOST_DRAFT_BYTES:
        most = MOST_DRAFT_BYTES // 1024 // 1024
        raise Invalid(
            _("All files together may have %(most)s MB. Make one smaller or leave it.", most=most)
        )
    return position


def _erase(session: Session, rows: list[SealedFile]) -> int:
    for row in rows:
        session.info.setdefault(_GOING, []).append(row.store_key)
        session.delete(row)
    session.flush()
    return len(rows)


@event.listens_for(Session, "after_commit")
def _delete_erased(session: Session) -> None:
    """Delete the files whose rows are gone for good; a crash before leaves them for the check."""
    if session.in_nested_transaction():
        return
    session.info.pop(_COMING, None)
    for key in session.info.pop(_GOING, ()):
        sealed_store().delete(key)


@event.listens_for(Session, "after_soft_rollback")
def _delete_unsaved(session: Session, undone: SessionTransaction) -> None:
    """Keep the files whose rows came back, and delete those whose rows never were."""
    session.info.pop(_GOING, None)
    if undone.nested:
        # Files from before the savepoint still have their rows; the check finds the others.
        return
    session.info.pop(NEW_FILES, None)
    for key in session.info.pop(_COMING, ()):
        sealed_store().delete(key)
