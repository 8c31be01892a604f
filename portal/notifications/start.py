"""What the outbox adds to the house: its word in ``/readyz``, and its failures at home."""

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core.clock import real_now
from portal.core.collected import register_collected
from portal.core.health import register_word
from portal.core.permissions import is_allowed
from portal.core.sections import Section, register_section
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry
from portal.core.things import Kind, register_kinds
from portal.core.troubles import TROUBLES
from portal.extensions import db
from portal.notifications import queries
from portal.notifications.collected import LETTERS
from portal.notifications.rules import LATE_AFTER


def init_app(app: Flask) -> None:
    """Let ``/readyz`` say how the outbox is, lead staff to letters and what failed of them."""
    register_collected(app, LETTERS)
    register_word(app, "outbox", _outbox_word)
    register_kinds(app, lambda: {"letters": Kind(_l("Letters"))})
    register_section(app, TROUBLES, _failed_letters)
    register_entry(
        app,
        MenuEntry(MenuGroup.RUNNING, _l("Letters"), "letters.show_letters", "letters.read"),
    )


def _failed_letters(_account_id: int) -> Section | None:
    """Return how many letters failed, for whoever may read them."""
    failed = queries.count_failed(db.session()) if is_allowed("letters.read") else 0
    return Section(_("Letters"), "notifications/_failed.html", failed) if failed else None


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
