"""What the audit trail registers when the application starts."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from portal.audit.collected import TRAIL
from portal.audit.services import keep_deed
from portal.core.audit import register_keeper
from portal.core.collected import register_collected
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry


def init_app(app: Flask) -> None:
    """Keep what features record, lead auditors to it, and say what it holds about people."""
    register_collected(app, TRAIL)
    register_keeper(app, keep_deed)
    register_entry(
        app, MenuEntry(MenuGroup.RUNNING, _l("Audit trail"), "audit.show_lines", "audit.read")
    )
