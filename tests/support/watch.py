"""Watch the database during a request: how many statements, and whether writes were lost."""

from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from portal.extensions import db

_NOT_COUNTED = ("PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


# Once for all applications of a process: a listener of each would be called by every other one,
# and would keep it.


@event.listens_for(Session, "after_flush")
def _note_flush(session: Session, _context: Any) -> None:
    session.info["flushed"] = True


@event.listens_for(Session, "do_orm_execute")
def _note_write(asked: ORMExecuteState) -> None:
    if asked.is_insert or asked.is_update or asked.is_delete:
        asked.session.info["flushed"] = True


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _note_end(session: Session) -> None:
    session.info.pop("flushed", None)


class Watch:
    """What the database was asked since the last ``start``."""

    def __init__(self, app: Flask) -> None:
        """Begin to watch an application's database."""
        self.statements: list[str] = []
        self.lost: list[str] = []
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._note_statement)
        app.teardown_request(self._note_lost)

    def start(self) -> None:
        """Forget what was asked before."""
        self.statements.clear()
        self.lost.clear()

    def _note_statement(self, _c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.upper().startswith(_NOT_COUNTED):
            self.statements.append(statement)

    def _note_lost(self, _error: BaseException | None) -> None:
        session = db.session()
        unsaved = [*session.new, *session.dirty, *session.deleted]
        if unsaved or session.info.pop("flushed", False):
            self.lost.append(f"a request ended with unsaved changes: {unsaved}")
