"""What the search registers when the application starts."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal.accounts.rules import Permission
from portal.core.clock import real_now, today
from portal.core.health import register_word
from portal.core.signals import published, withdrawn
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry
from portal.extensions import db
from portal.moderation.desks import register_desk
from portal.search import choice
from portal.search.documents import sources_of
from portal.search.models import IndexTask
from portal.search.services import refresh
from portal.search.staff import DESK
from portal.search.terms import COUNTER, Counter

#: What waits longer than this for the index shows that the worker can't write it.
LONGEST_WAIT = timedelta(minutes=10)
#: So many changed rows are looked at one by one; of more, all of their kind are.
MOST_ROWS = 100


def init_app(app: Flask) -> None:
    """Choose the engine, listen to what is published, and say how the index is."""
    choice.init_app(app)
    app.extensions[COUNTER] = Counter()
    register_desk(app, DESK)
    register_entry(
        app,
        MenuEntry(
            MenuGroup.RUNNING,
            _l("Search"),
            "search_staff.show_search",
            Permission.CONTENT_READ,
        ),
    )
    published.connect(take_change)
    withdrawn.connect(take_change)
    register_word(app, "search", _word)


def take_change(_sender: Any, *, kind: str, ids: tuple[int, ...]) -> None:
    """Write the documents of rows that came, changed or went; in their transaction."""
    for source in sources_of(kind):
        few = kind == source.tables[0] and len(ids) <= MOST_ROWS
        refresh(
            db.session(),
            source,
            today=today(),
            at=real_now(),
            ids=frozenset(ids) if few else None,
        )


def _word() -> str:
    """Say whether the index keeps up: ``up to date``, ``busy``, or ``behind`` when it can't."""
    oldest = db.session.scalar(select(func.min(IndexTask.queued_at)))
    if oldest is None:
        return "up to date"
    return "behind" if real_now() - oldest > LONGEST_WAIT else "busy"
