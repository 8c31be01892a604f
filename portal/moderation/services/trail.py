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


def record(actor: str, deed: str, row: Publishable, changed: Mapping[str, str]) -> None:
    """Write the audit line of a deed."""
    audit.record(actor, deed, kind_of(type(row)), row.id, changed)
