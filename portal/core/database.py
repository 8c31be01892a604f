"""How the portal speaks to SQLite: write-ahead log, foreign keys, and real transactions."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

BUSY_TIMEOUT_SECONDS = 10


def set_up_engine(engine: Engine) -> None:
    """Make an SQLite engine safe for several processes; leave others as they are.

    The driver's own transactions begin at the first write only. The portal begins each one itself,
    so that all reads of a page see one state. A writer asks for ``begin_immediate`` to wait for
    its turn before it reads.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_connection)
        event.listen(engine, "begin", _begin)


def write_row(
    session: Session,
    model: type[Any],
    *,
    key: str | tuple[str, ...],
    values: dict[str, Any],
    again: dict[str, Any],
) -> None:
    """Write a row in one statement, whoever else writes it at the same moment.

    :param key: name of the primary key, or the names of its columns
    :param values: the whole row, when there is none yet
    :param again: what changes of a row that is there; may name its columns
    """
    row = _insert(session, model).values(**values)
    keys = (key,) if isinstance(key, str) else key
    written = row.on_conflict_do_update(index_elements=keys, set_=again).returning(model)
    # A row the session has read already is brought up to date.
    session.execute(written, execution_options={"populate_existing": True}).all()


def add_row_once(session: Session, model: type[Any], **values: Any) -> bool:
    """Add a row unless its key is taken, and say whether it was added, whoever else adds it."""
    added = _insert(session, model).values(**values).on_conflict_do_nothing().returning(model)
    return session.execute(added).first() is not None


def _insert(session: Session, model: type[Any]) -> Any:
    """Return an insert that may say what happens when the key is taken."""
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[session.get_bind().dialect.name]
    return dialect.insert(model)


def _prepare_connection(connection: sqlite3.Connection, _record: Any) -> None:
    """Set one new connection up."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Begin a transaction; an immediate one when the writer asked for it."""
    immediate = connection.get_execution_options().get("begin_immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def reason_of(error: SQLAlchemyError) -> str:
    """Return the first line of why the database refused, in its own words."""
    return str(getattr(error, "orig", None) or error).splitlines()[0]
