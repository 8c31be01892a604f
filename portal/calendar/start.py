"""What the calendar registers when the application starts."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from portal.accounts.rules import Permission
from portal.calendar.staff import DESKS
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry
from portal.moderation.desks import register_desk


def init_app(app: Flask) -> None:
    """Open the desks of events, sessions, days off and rooms, and lead to the rooms' week."""
    for desk in DESKS:
        register_desk(app, desk)
    register_entry(
        app,
        MenuEntry(
            MenuGroup.COUNTERS,
            _l("Who has which room"),
            "rooms.show_room_calendar",
            Permission.CONTENT_READ,
        ),
    )
