"""What pages of other features show of applications: the staff's home, the menu, the trail."""

from collections.abc import Collection
from datetime import timedelta

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.rules import Permission
from portal.core.actors import current_actor
from portal.core.addresses import url_for
from portal.core.clock import real_now
from portal.core.permissions import is_allowed
from portal.core.sections import Section, register_section
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry
from portal.core.things import Kind, ThingName, register_kinds
from portal.extensions import db
from portal.hearings import application_words
from portal.hearings.models import Application
from portal.hearings.queries import applications as queries

#: So long an answer stands on the home page of who applied.
ANSWERED_FOR = timedelta(days=14)


def init_app(app: Flask) -> None:
    """Tell the staff what waits, name applications, and lead to their pages."""
    register_section(app, "staff.home", _what_waits)
    register_section(app, "staff.home", _what_was_answered)
    name = Application.__tablename__
    register_kinds(app, lambda: {name: Kind(_l("Applications for hearings"), _find_titles)})
    register_entry(
        app,
        MenuEntry(
            MenuGroup.MINE,
            _l("Apply for a hearing"),
            "applications.show_own",
            Permission.EVENTS_APPLY,
        ),
    )
    register_entry(
        app,
        MenuEntry(
            MenuGroup.COUNTERS,
            _l("Applications for hearings"),
            "applications.show_waiting",
            Permission.EVENTS_MANAGE,
        ),
    )
    register_entry(
        app,
        MenuEntry(
            MenuGroup.COUNTERS,
            _l("Figures of hearings"),
            "applications.show_figures",
            Permission.CONTENT_READ,
        ),
    )


def _what_waits(_account_id: int) -> Section | None:
    """Return how many applications wait, for whoever may decide them."""
    if not is_allowed(Permission.EVENTS_MANAGE):
        return None
    waiting = queries.count_waiting(db.session())
    template = "hearings/applications/_home.html"
    return Section(_("Applications for hearings"), template, waiting) if waiting else None


def _what_was_answered(_account_id: int) -> Section | None:
    """Return what one applied for oneself that was answered lately."""
    if not is_allowed(Permission.EVENTS_APPLY):
        return None
    since = real_now() - ANSWERED_FOR
    rows = queries.answered_since(db.session(), current_actor(), since)
    words = application_words.STATES
    content = [(row, words[row.state]) for row in rows]
    template = "hearings/applications/_answered.html"
    return Section(_("Answers to your applications"), template, content) if rows else None


def _find_titles(ids: Collection[str]) -> dict[str, ThingName]:
    """Return what applications are called by their ids, with their page for who may decide."""
    may_open = is_allowed(Permission.EVENTS_MANAGE)
    rows = queries.titles_of(db.session(), [int(id_) for id_ in ids if id_.isdigit()])
    return {
        str(row_id): ThingName(
            title,
            url_for("applications.review", application_id=row_id) if may_open else None,
        )
        for row_id, title in rows
    }
