"""What hearings register when the application starts."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l

from portal.accounts.rules import Permission
from portal.core.collected import register_collected
from portal.core.signals import published, withdrawn
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry
from portal.core.things import Kind, register_kinds
from portal.extensions import db
from portal.hearings import application_sections, opinion_sections, sections
from portal.hearings.collected import NOTICES, SIGN_UPS
from portal.hearings.models import Hearing
from portal.hearings.services.events import keep_event, leave_event
from portal.hearings.staff import DESKS
from portal.moderation.desks import register_desk


def init_app(app: Flask) -> None:
    """Fill sections of lower pages, open the desks, and keep the calendar's events in step."""
    register_collected(app, SIGN_UPS)
    register_collected(app, NOTICES)
    sections.init_app(app)
    opinion_sections.init_app(app)
    application_sections.init_app(app)
    for desk in DESKS:
        register_desk(app, desk)
    register_kinds(app, lambda: {"sign_ups": Kind(_l("Sign-ups for hearings"))})
    register_entry(
        app,
        MenuEntry(
            MenuGroup.COUNTERS,
            _l("Sign-ups for hearings"),
            "seats.show_hearings",
            Permission.EVENTS_MANAGE,
        ),
    )
    published.connect(keep_events, sender=Hearing.__tablename__)
    withdrawn.connect(leave_events, sender=Hearing.__tablename__)


def keep_events(_sender: Any, *, ids: tuple[int, ...], **_more: Any) -> None:
    """Let the events of hearings that came or changed say the same, in their transaction."""
    for hearing in _hearings(ids):
        keep_event(db.session(), hearing)


def leave_events(_sender: Any, *, ids: tuple[int, ...], **_more: Any) -> None:
    """Take the events of hearings that went from the calendar, in their transaction."""
    for hearing in _hearings(ids):
        leave_event(db.session(), hearing)


def _hearings(ids: tuple[int, ...]) -> list[Hearing]:
    found = (db.session.get(Hearing, hearing_id) for hearing_id in ids)
    return [hearing for hearing in found if hearing is not None]
