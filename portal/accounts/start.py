"""What the accounts register when the application starts."""

from collections.abc import Collection
from typing import Any

from flask import Flask, current_app, request
from flask_babel import lazy_gettext as _l

from portal.accounts import guard
from portal.accounts.collected import ACCOUNTS, TRIES
from portal.accounts.queries import names_of
from portal.accounts.rules import Permission
from portal.accounts.security import extension
from portal.core.addresses import url_for
from portal.core.collected import register_collected
from portal.core.filters import as_written
from portal.core.permissions import is_allowed
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry, staff_menu
from portal.core.things import ACCOUNT, Kind, ThingName, register_kinds
from portal.extensions import db

_ENTRIES = (
    MenuEntry(MenuGroup.MINE, _l("Today"), "accounts.show_home", Permission.STAFF_OWN),
    MenuEntry(MenuGroup.MINE, _l("My account"), "accounts.show_own_account", Permission.STAFF_OWN),
    MenuEntry(
        MenuGroup.RUNNING,
        _l("Accounts of the staff"),
        "accounts.show_accounts",
        Permission.ACCOUNTS_MANAGE,
    ),
)


def init_app(app: Flask) -> None:
    """Guard the staff's pages, let them sign in, and give them their menu."""
    guard.init_app(app)
    extension.init_app(app)
    register_collected(app, ACCOUNTS)
    register_collected(app, TRIES)
    register_kinds(app, lambda: {ACCOUNT: Kind(_l("Accounts of the staff"), _find_names)})
    app.context_processor(_staff_context)
    for entry in _ENTRIES:
        register_entry(app, entry)


def _find_names(ids: Collection[str]) -> dict[str, ThingName]:
    """Return the names of accounts by their ids, with their page for who may open it."""
    names = names_of(db.session(), [f"staff:{id_}" for id_ in ids])
    may_open = is_allowed(Permission.ACCOUNTS_MANAGE)
    return {
        (id_ := key.partition(":")[2]): ThingName(
            as_written(name),
            url_for("accounts.show_account", account_id=int(id_)) if may_open else None,
        )
        for key, name in names.items()
    }


def _staff_context() -> dict[str, Any]:
    """Return what the frame of a staff page shows to who is signed in."""
    if not guard.is_staff_request():
        return {}
    return {
        "staff_menu": staff_menu(),
        "staff_here": request.script_root + request.path,
        "staff_idle_minutes": current_app.config["STAFF_IDLE_MINUTES"],
    }
