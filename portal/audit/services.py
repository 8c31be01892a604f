"""Keep audit lines: gathered while a transaction works, chained right before it commits.

The head of the chain is the one row that every recording transaction writes. It is locked last, so
that a long transaction makes nobody wait while it works, and two of them never wait for each other
in a circle. On both databases the second transaction waits at the head until the first has ended.
"""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import event, insert, update
from sqlalchemy.orm import Session, SessionTransaction

from portal.audit.models import AuditHead, AuditLine
from portal.audit.pages import Wanted
from portal.audit.rules import Content, Head, canonical_values, hash_of
from portal.core import audit
from portal.core.actors import current_origin
from portal.core.audit import Deed

#: Where a session gathers its deeds, each with its origin and the savepoint it belongs to.
_GATHERED = "audit_gathered"
Gathered = tuple[SessionTransaction, Deed, str]


def keep_deed(session: Session, deed: Deed) -> None:
    """Keep a deed: its line is written when the session's transaction commits, or not at all."""
    transaction = session.get_nested_transaction() or session.get_transaction() or session.begin()
    origin = deed.origin or current_origin()
    session.info.setdefault(_GATHERED, []).append((transaction, deed, origin))


def note_export(session: Session, *, actor: str, wanted: Wanted) -> None:
    """Record that somebody took the lines that fit some filters as a file."""
    names = {"first_on": "from", "last_on": "to"}
    audit.record(
        session,
        actor=actor,
        deed="audit.exported",
        kind=AuditLine.__tablename__,
        row_id="all",
        after={names.get(name, name): str(value) for name, value in vars(wanted).items() if value},
    )


@event.listens_for(Session, "before_commit")
def _chain_gathered(session: Session) -> None:
    """Write the gathered lines as the last thing of a transaction; a savepoint's end is none."""
    if session.in_nested_transaction():
        return
    gathered: Sequence[Gathered] = session.info.get(_GATHERED, ())
    if gathered:
        session.flush()
        _append(session, gathered)


@event.listens_for(Session, "after_soft_rollback")
def _forget_undone(session: Session, undone: SessionTransaction) -> None:
    """Forget what was gathered within a transaction or savepoint that was undone."""
    gathered: list[Gathered] = session.info.get(_GATHERED, [])
    gathered[:] = [item for item in gathered if not _is_within(item[0], undone)]


@event.listens_for(Session, "after_transaction_end")
def _forget_all(session: Session, ended: SessionTransaction) -> None:
    """Forget everything at the end of the whole transaction, whichever end it was."""
    if ended.parent is None:
        session.info.pop(_GATHERED, None)


def _is_within(transaction: SessionTransaction | None, outer: SessionTransaction) -> bool:
    while transaction is not None and transaction is not outer:
        transaction = transaction.parent
    return transaction is outer


def _append(session: Session, gathered: Sequence[Gathered]) -> None:
    """Lock the head, add the lines behind it and move it to the last of them."""
    locked = session.execute(
        update(AuditHead)
        .values(number=AuditHead.number + len(gathered))
        .returning(AuditHead.number, AuditHead.hash),
        execution_options={"synchronize_session": False},
    ).one()
    last = Head(locked.number - len(gathered), locked.hash)
    rows = []
    for _transaction, deed, origin in gathered:
        content = _content(deed, origin, last)
        last = Head(content.number, hash_of(content))
        rows.append({**asdict(content), "hash": last.hash})
    session.execute(insert(AuditLine), rows)
    session.execute(
        update(AuditHead).values(hash=last.hash), execution_options={"synchronize_session": False}
    )


def _content(deed: Deed, origin: str, last: Head) -> Content:
    """Return a deed as the line that follows the last one."""
    return Content(
        number=last.number + 1,
        at=deed.at,
        actor=deed.actor,
        origin=origin,
        deed=deed.deed,
        kind=deed.kind,
        row_id=deed.row_id,
        before=canonical_values(deed.before),
        after=canonical_values(deed.after),
        reason=deed.reason,
        previous_hash=last.hash,
    )
