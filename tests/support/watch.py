"""Watch the database during a request: how many statements, and whether writes were lost."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from portal.core.kept import _ABSENT, MOST_RESULTS, ResultShelf
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


class WatchedShelf(ResultShelf):
    """What a process keeps, with an eye on the reads that are behind every page.

    :ivar shared: these reads, once it is known which they are
    """

    shared: set[Hashable] | None = None

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(MOST_RESULTS)
        self._under_way: list[Hashable] = []

    @property
    def reads_shared(self) -> bool:
        """Say whether what is asked now is asked for every page."""
        return bool(self._under_way)

    def find(self, key: Any) -> Any:
        """Return a result, or note that it will be read now."""
        result = super().find(key)
        if result is _ABSENT and self._is_shared(key):
            self._under_way.append(key)
        return result

    def put(self, key: Any, result: Any) -> None:
        """Keep a result."""
        super().put(key, result)
        if self._under_way[-1:] == [key]:
            self._under_way.pop()

    def keep_shared_only(self) -> None:
        """Forget what is not behind every page, or a page seems to ask less the more were seen."""
        self._under_way.clear()
        every: list[tuple[Any, Any]] = list(self._results.items())
        mine = ((key, kept) for key, kept in every if self._is_shared(key))
        self._results = OrderedDict(mine)

    def all_are_shared(self) -> None:
        """Take what is kept now, after a page that has nothing of its own, as what is shared."""
        every: list[Any] = list(self._results)
        WatchedShelf.shared = {key[0] for key in every}

    def _is_shared(self, key: Any) -> bool:
        return self.shared is not None and key[0] in self.shared


class Watch:
    """What the database was asked since the last ``start``, but for what every page needs.

    Every process soon has that.
    """

    def __init__(self, app: Flask) -> None:
        """Begin to watch an application's database."""
        self.statements: list[str] = []
        self.lost: list[str] = []
        self.shelf = app.extensions["portal_kept"] = WatchedShelf()
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._note_statement)
        app.teardown_request(self._note_lost)

    def start(self) -> None:
        """Forget what was asked before."""
        self.statements.clear()
        self.lost.clear()

    def _note_statement(self, _c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not self.shelf.reads_shared and not statement.upper().startswith(_NOT_COUNTED):
            self.statements.append(statement)

    def _note_lost(self, _error: BaseException | None) -> None:
        session = db.session()
        unsaved = [*session.new, *session.dirty, *session.deleted]
        if unsaved or session.info.pop("flushed", False):
            self.lost.append(f"a request ended with unsaved changes: {unsaved}")
