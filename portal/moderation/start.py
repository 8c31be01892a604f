"""What moderation registers when the application starts."""

from datetime import datetime

from flask import Flask
from flask_babel import lazy_gettext as _l

from portal.accounts.rules import Permission
from portal.core.clock import to_real
from portal.core.pages import register_horizon
from portal.core.sections import register_section
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry
from portal.extensions import db
from portal.moderation.queries import count_waiting, next_withdrawal
from portal.moderation.waits import find_waits


def init_app(app: Flask) -> None:
    """Let no page be kept beyond the hour at which something public must go; lead to the queue."""
    register_horizon(app, _next_end)
    register_section(app, "staff.home", find_waits)
    register_entry(
        app,
        MenuEntry(
            MenuGroup.MINE,
            _l("Review queue"),
            "moderation.show_queue",
            Permission.CONTENT_READ,
            count=lambda: count_waiting(db.session()),
        ),
    )
    register_entry(
        app,
        MenuEntry(
            MenuGroup.MINE, _l("Deputies"), "moderation.show_deputies", Permission.STAFF_HOME
        ),
    )


def _next_end() -> datetime | None:
    ends_at = next_withdrawal(db.session())
    return None if ends_at is None else to_real(ends_at)
