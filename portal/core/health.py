"""``/healthz`` says that the process is up; ``/readyz`` checks what a page needs."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from flask import Flask, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.core.clock import real_now
from portal.core.state import WORKER_SEEN_AT, find_state
from portal.extensions import db

#: The worker leaves a sign of life each minute; after this long it is missing.
WORKER_SILENCE = timedelta(minutes=3)

#: Says in words how a feature's part is; it may ask the database.
Word = Callable[[], str]


def init_app(app: Flask) -> None:
    """Add the two addresses."""
    app.add_url_rule("/healthz", "show_health", show_health)
    app.add_url_rule("/readyz", "show_readiness", show_readiness)


def show_health() -> Response:
    """Answer that the process is up."""
    return _answer({"process": "up"}, 200)


def show_readiness() -> Response:
    """Answer whether the database and its tables are there, and when the worker was seen."""
    try:
        db.session.execute(text("SELECT 1 FROM content_versions LIMIT 1"))
        seen = find_state(db.session(), WORKER_SEEN_AT)
        further = {name: word() for name, word in _further_words().items()}
    except SQLAlchemyError:
        return _answer({"database": "down"}, 503)
    worker = _worker_word(seen)
    words = {"database": "up", "worker": worker, **further}
    return _answer(words, 503 if worker == "silent" else 200)


def register_word(app: Flask, name: str, word: Word) -> None:
    """Let a feature say how its part is; a bad word warns, it does not take the site down."""
    app.extensions.setdefault("portal_health", {})[name] = word


def _further_words() -> Mapping[str, Word]:
    """Return what features registered."""
    words: Mapping[str, Word] = current_app.extensions.get("portal_health", {})
    return words


def _worker_word(seen: str | None) -> str:
    """Say how the worker is: ``up``, ``silent``, or ``not seen yet`` in a new instance."""
    if seen is None:
        return "not seen yet"
    return "up" if real_now() - datetime.fromisoformat(seen) < WORKER_SILENCE else "silent"


def _answer(words: dict[str, str], status: int) -> Response:
    response = jsonify(words)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
