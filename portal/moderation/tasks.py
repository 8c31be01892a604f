"""What the worker does for moderation: publish and withdraw at the hour that was approved."""

import structlog
from flask_babel import lazy_gettext as _l

from portal.core.clock import business_now, real_now
from portal.core.jobs import every
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.moderation.models import kind_of
from portal.moderation.queries import DueRow, due_rows
from portal.moderation.services import follow_clock, remove_unnamed_files


@every(_l("Publishes what is due and withdraws what is over."), minute="*")
def publish_due() -> None:
    """Publish what is due and withdraw what is over, each in a transaction of its own.

    It may run twice, and on two machines at once. A row that fails does not hold up the others;
    it is tried again by the next run.

    :raise SomeLeft: a row failed, so that the run counts as failed
    """
    due = due_rows(db.session(), business_now())
    db.session.rollback()
    done = [_follow(row) for row in due]
    if not all(done):
        raise SomeLeft


@every(_l("Removes files that nothing written names, at night."), minute="50", hour="18")
def remove_files() -> None:
    """Remove files whose form was never saved and whose draft is gone; a second run finds none."""
    begin_write()
    remove_unnamed_files(db.session(), at=real_now())
    db.session.commit()


class SomeLeft(Exception):
    """Something due could not be published or withdrawn; the log says what."""


def _follow(row: DueRow) -> bool:
    """Publish or withdraw a row, and say whether that worked."""
    try:
        begin_write()
        follow_clock(db.session(), row.model, row.row_id, at=real_now(), now=business_now())
        db.session.commit()
    except Exception:
        db.session.rollback()
        kind = kind_of(row.model)
        structlog.get_logger("moderation").exception("clock failed", kind=kind, id=row.row_id)
        return False
    return True
