"""What the outbox adds to the house: its word in ``/readyz``, and what it keeps about people."""

from flask import Flask

from portal.core.clock import real_now
from portal.core.collected import register_collected
from portal.core.health import register_word
from portal.extensions import db
from portal.notifications import queries
from portal.notifications.collected import LETTERS
from portal.notifications.rules import LATE_AFTER


def init_app(app: Flask) -> None:
    """Let ``/readyz`` say how the outbox is, and the privacy page what it keeps."""
    register_collected(app, LETTERS)
    register_word(app, "outbox", _outbox_word)


def _outbox_word() -> str:
    """Say how long the oldest letter has been waiting.

    A late outbox is no reason to send readers away, so it changes the word, not the status.
    """
    now = real_now()
    since = queries.waiting_since(db.session(), now)
    if since is None:
        return "empty"
    minutes = int((now - since).total_seconds() // 60)
    word = "late" if now - since > LATE_AFTER else "on time"
    return f"{word}, the oldest letter waits {minutes} min"
