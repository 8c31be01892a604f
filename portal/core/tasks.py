"""What the worker does for the house itself."""

import structlog
from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from portal.core.backups import back_up
from portal.core.clock import council_zone, real_now
from portal.core.jobs import every
from portal.core.state import WORKER_SEEN_AT, change_state
from portal.core.transactions import begin_write
from portal.extensions import db


@every(_l("Leaves a sign of life, for which /readyz looks."), minute="*")
def note_worker() -> None:
    """Leave a sign of life each minute; ``/readyz`` looks for it."""
    begin_write()
    change_state(db.session(), WORKER_SEEN_AT, real_now().isoformat())
    db.session.commit()


@every(_l("Lets the database tidy up, at night."), minute="10", hour="18")
def tidy_database() -> None:
    """Let SQLite refresh its statistics and shorten its log, at night in Korea."""
    if db.engine.dialect.name == "sqlite":
        begin_write()
        db.session.execute(text("PRAGMA optimize"))
        db.session.commit()
        db.session.execute(text("PRAGMA wal_checkpoint(PASSIVE)"))
        db.session.rollback()


@every(_l("Keeps a copy of the database, at night."), minute="40", hour="18")
def back_up_database() -> None:
    """Keep a copy of an SQLite database, at night in Korea; a second run replaces the first."""
    folder = current_app.config["INSTANCE_DIR"] / "backups"
    keep = current_app.config["BACKUPS"]
    day = real_now().astimezone(council_zone()).date()
    copy = back_up(db.engine, folder, on=day, keep=keep)
    if copy is not None:
        structlog.get_logger("backups").info("backed up", bytes=copy.stat().st_size)
