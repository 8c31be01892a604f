"""What moderation registers when the application starts."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from flask import Flask
from flask_babel import lazy_gettext as _l

from portal.accounts.rules import Permission
from portal.core.addresses import url_for
from portal.core.clock import to_real
from portal.core.pages import register_horizon
from portal.core.permissions import is_allowed
from portal.core.sections import register_section
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry
from portal.core.things import Kind, ThingName, register_kinds
from portal.extensions import db
from portal.moderation.desks import Desk, desks
from portal.moderation.models import Deputy
from portal.moderation.queries import count_waiting, next_withdrawal, rows_by_id
from portal.moderation.waits import find_waits
from portal.moderation.words import title_of


def init_app(app: Flask) -> None:
    """Let no page be kept beyond the hour at which something public must go; lead to the queue."""
    register_horizon(app, _next_end)
    register_section(app, "staff.home", find_waits)
    register_kinds(app, _kinds)
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


def _kinds() -> dict[str, Kind]:
    """Return what the trail calls the rows of all desks, and deputies."""
    named = {kind: Kind(desk.label, partial(_find_titles, desk)) for kind, desk in desks().items()}
    return {**named, Deputy.__tablename__: Kind(_l("Deputies"))}


def _find_titles(desk: Desk, ids: Collection[str]) -> dict[str, ThingName]:
    """Return the titles of a desk's rows by their ids, with their page for who may open it."""
    numbers = [int(id_) for id_ in ids if id_.isdigit()]
    may_open = is_allowed(Permission.CONTENT_READ)
    return {
        str(row.id): ThingName(
            title_of(row),
            url_for("moderation.show_row", kind=desk.kind, row_id=row.id) if may_open else None,
        )
        for row in rows_by_id(db.session(), desk.model, numbers)
    }


def _next_end() -> datetime | None:
    ends_at = next_withdrawal(db.session())
    return None if ends_at is None else to_real(ends_at)
