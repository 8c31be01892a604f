"""The one place where moderation locks a row, writes its audit lines, and hears a refusal."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask_babel import gettext as _
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.errors import Conflict
from portal.moderation.models import Publishable, kind_of


def lock_row(session: Session, row: Publishable) -> None:
    """Read a row anew and keep others from changing it until the transaction ends.

    Under SQLite the caller began the transaction with ``core.transactions.begin_write``.
    """
    session.flush()
    session.refresh(row, with_for_update=True)


@contextmanager
def telling_refusals() -> Iterator[None]:
    """Tell in a sentence what only the database refused, such as a value that another row took.

    The caller rolls back before the session is used again.

    :raise Conflict: the database refused it
    """
    try:
        yield
    except (IntegrityError, DataError):
        raise Conflict(
            _("It can’t be kept so: something else has the same already. Change it and try again.")
        ) from None


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
