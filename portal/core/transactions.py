"""One commit a deed: views and commands commit once, services only flush."""

import functools
from collections.abc import Callable
from typing import ParamSpec

from flask import make_response
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from portal.extensions import db

P = ParamSpec("P")


def begin_write() -> Connection:
    """Begin a transaction that waits for its turn to write before it reads."""
    return db.session.connection(execution_options={"begin_immediate": True})


def begin_again() -> None:
    """End what a request read so far, as its guard does, and wait for the turn to write.

    A transaction that has read can't wait: SQLite refuses it when somebody wrote meanwhile. Ask
    who acts before: the rows of the session are read anew after it.
    """
    db.session.commit()
    begin_write()


def in_parts(step: Callable[[], int], most: int) -> int:
    """Do a step in transactions of their own until nothing is left of it; return how many rows.

    What the worker does at night may be more than one transaction should hold.

    :param step: does at most ``most`` rows and says how many it did
    """
    done, total = most, 0
    while done == most:
        begin_write()
        done = step()
        db.session.commit()
        total += done
    return total


def begin_read() -> None:
    """Begin a transaction in which every read sees the same moment.

    SQLite does so by itself. PostgreSQL must be asked before the first statement, so what was read
    until now ends here.
    """
    session = db.session()
    if session.get_bind().dialect.name == "postgresql":
        session.rollback()
        session.connection(
            execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )


def commits(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Commit what a view did when it answers below status 400, else undo it."""

    @functools.wraps(view)
    def commit_after(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        response = make_response(view(*args, **kwargs))
        if response.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        return response

    return commit_after
