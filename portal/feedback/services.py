"""Deeds on remarks: each flushes. The audit lines of what is sent and decided hold no words."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.errors import Conflict, Invalid, NotFound
from portal.core.limits import Limit, forget_old_tries
from portal.feedback import emails, queries
from portal.feedback.models import Remark
from portal.feedback.rules import (
    MOST_REMARKS,
    MOVES,
    WINDOW,
    Draft,
    HideReason,
    RemarkMove,
    RemarkState,
    can_move,
)

#: Who sends a remark is nobody the trail knows, and no part of their address is kept in it.
READER = "reader"
PUBLIC_FORM = "public form"

#: So many one network address may send.
ADDRESS_LIMIT = Limit("remark.address", MOST_REMARKS, WINDOW)


def send_remark(session: Session, *, draft: Draft, key: str, at: datetime) -> Remark:
    """Take a remark in, and tell its reader that it has arrived; the same form is taken in once.

    :param key: the form's key; who has it may see how the remark stands
    """
    remark = Remark(
        key_hash=queries.hash_key(key),
        page=draft.page,
        language=draft.language,
        wrong=draft.wrong,
        should_say=draft.should_say or None,
        email=draft.email or None,
        sent_at=at,
        state=RemarkState.OPEN,
    )
    try:
        with session.begin_nested():
            session.add(remark)
    except IntegrityError:
        return get_remark_by_key(session, key)
    audit.record(
        session,
        actor=READER,
        deed="remark.sent",
        kind="remarks",
        row_id=remark.id,
        origin=PUBLIC_FORM,
    )
    emails.write_received(session, remark, key=key, at=at)
    return remark


def answer_remark(
    session: Session, *, remark_id: int, answer: str, actor: str, at: datetime
) -> Remark:
    """Answer a remark; the answer goes out by mail where the reader left an address.

    :raise Conflict: somebody else decided it first, or its words were erased
    :raise Invalid: the answer is empty, or links to another site
    """
    if not answer.strip():
        raise Invalid(_("Write the answer."))
    remark = _move(session, remark_id, RemarkMove.ANSWER, actor, at)
    if remark.erased_at is not None:
        raise Conflict(_("Its words are erased, and nobody can be answered any more. Close it."))
    remark.answer = answer.strip()
    emails.write_answered(session, remark, at=at)
    session.flush()
    return remark


def close_remark(session: Session, *, remark_id: int, actor: str, at: datetime) -> Remark:
    """Close a remark whose reader asked for no answer by mail.

    :raise Conflict: somebody else decided it first, or the reader waits for an answer
    """
    remark = _move(session, remark_id, RemarkMove.CLOSE, actor, at)
    if remark.email is not None:
        raise Conflict(_("Somebody waits for an answer by mail. Answer the remark or hide it."))
    return remark


def hide_remark(
    session: Session, *, remark_id: int, because: HideReason, actor: str, at: datetime
) -> Remark:
    """Hide an abusive or senseless remark, and tell its author why.

    :raise Conflict: somebody else decided it first
    """
    remark = _move(session, remark_id, RemarkMove.HIDE, actor, at, because.value)
    remark.hidden_because = because
    emails.write_hidden(session, remark, at=at)
    session.flush()
    return remark


def reopen_remark(session: Session, *, remark_id: int, actor: str, at: datetime) -> Remark:
    """Take a decided remark up again; it waits as long as it did.

    :raise Conflict: it is open already
    """
    remark = _move(session, remark_id, RemarkMove.REOPEN, actor, at)
    remark.hidden_because = remark.answer = None
    session.flush()
    return remark


def get_remark_by_key(session: Session, key: str) -> Remark:
    """Return the remark of a form's key.

    :raise NotFound: there is none
    """
    remark = queries.find_remark_by_key(session, key)
    if remark is None:
        raise NotFound(_("There is no remark at this address. Check that it was copied whole."))
    return remark


def erase_old_remarks(session: Session, *, at: datetime, days: int) -> int:
    """Erase words, answer and address of remarks that are older; return of how many.

    The row stays without them, so that counts and the trail stay true. One that nobody decided
    goes on waiting, for all to see that it came too late.
    """
    forget_old_tries(session, limit=ADDRESS_LIMIT, at=at)
    remarks = queries.old_remarks(session, at - timedelta(days=days))
    for remark in remarks:
        remark.wrong = remark.should_say = remark.email = remark.answer = None
        remark.erased_at = at
    session.flush()
    return len(remarks)


def _move(
    session: Session,
    remark_id: int,
    move: RemarkMove,
    actor: str,
    at: datetime,
    reason: str | None = None,
) -> Remark:
    """Move a remark to its next state under a lock, and record it; nothing else changes a state.

    :raise NotFound: there is no such remark
    :raise Conflict: the table of moves has no such move from where it stands
    """
    remark = session.scalar(select(Remark).where(Remark.id == remark_id).with_for_update())
    if remark is None:
        raise NotFound(_("There is no such remark."))
    if not can_move(remark.state, move):
        raise Conflict(_("This remark has moved on. Load the page again to see how it stands."))
    before, remark.state = remark.state, MOVES[move].target
    remark.decided_by, remark.decided_at = (
        (None, None) if move is RemarkMove.REOPEN else (actor, at)
    )
    session.flush()
    audit.record(
        session,
        actor=actor,
        deed=f"remark.{remark.state}" if move is not RemarkMove.REOPEN else "remark.reopened",
        kind="remarks",
        row_id=remark.id,
        before={"state": before},
        after={"state": remark.state},
        reason=reason,
    )
    return remark
