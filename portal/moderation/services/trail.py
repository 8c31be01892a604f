"""The one place where moderation locks a row and writes its audit lines."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.core import audit
from portal.moderation.models import Publishable, kind_of


def lock_row(session: Session, row: Publishable) -> None:
    """Read a row anew and keep others from changing it until the transaction ends.

    Under SQLite the caller began the transaction with ``core.transactions.begin_write``.
    """
    session.flush()
    session.refresh(row, with_for_update=True)


def record(
    session: Session,
    actor: str,
    deed: str,
    row: Publishable,
    *,
    before: Mapping[str, str],
    after: Mapping[str, str],
    reason: str | None = None,
) -> None:
    """Write the audit line of a deed."""
    audit.record(
        session,
        actor=actor,
        deed=f"content.{deed}",
        kind=kind_of(type(row)),
        row_id=row.id,
        before=before,
        after=after,
        reason=reason,
    )
