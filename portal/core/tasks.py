"""What the worker does for the house itself."""

from sqlalchemy import text

from portal.core.clock import real_now
from portal.core.jobs import every
from portal.core.state import WORKER_SEEN_AT, change_state
from portal.extensions import db


@every(minute="*")
def note_worker() -> None:
    """Leave a sign of life each minute; ``/readyz`` looks for it."""
    change_state(db.session(), WORKER_SEEN_AT, real_now().isoformat())
    db.session.commit()


@every(minute="10", hour="18")
def tidy_database() -> None:
    """Let SQLite refresh its statistics and shorten its log, at night in Korea."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("PRAGMA optimize"))
        db.session.commit()
        db.session.execute(text("PRAGMA wal_checkpoint(PASSIVE)"))
        db.session.rollback()
