"""What the feature adds to pages below it: the staff's home, the review queue, the privacy page."""

from collections.abc import Collection

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.rules import Permission
from portal.core.addresses import url_for
from portal.core.clock import real_now
from portal.core.collected import register_collected
from portal.core.permissions import is_allowed
from portal.core.sections import Section, register_section
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry
from portal.core.things import Kind, ThingName, register_kinds
from portal.extensions import db
from portal.feedback import queries
from portal.feedback.collected import REMARKS


def init_app(app: Flask) -> None:
    """Tell the staff what waits, and readers what is kept."""
    register_collected(app, REMARKS)
    register_section(app, "staff.home", _what_waits)
    register_kinds(app, lambda: {"remarks": Kind(_l("Remarks of readers"), _find_numbers)})
    register_section(app, "staff.queue", _waiting_list)
    register_entry(
        app,
        MenuEntry(
            MenuGroup.COUNTERS,
            _l("Remarks of readers"),
            "remarks.show_remarks",
            Permission.CONTENT_READ,
        ),
    )


def _find_numbers(ids: Collection[str]) -> dict[str, ThingName]:
    """Return what remarks are called by their ids, with their page for who may open it."""
    may_open = is_allowed(Permission.CONTENT_READ)
    return {
        id_: ThingName(
            _("Remark no. %(number)s", number=id_),
            url_for("remarks.show_remark", remark_id=int(id_)) if may_open else None,
        )
        for id_ in ids
        if id_.isdigit()
    }


def _what_waits(_account_id: int) -> Section | None:
    """Return how many remarks wait, for whoever may decide them."""
    if not is_allowed(Permission.CONTENT_REVIEW):
        return None
    waiting = queries.count_waiting(db.session(), at=real_now())
    return Section(_("Remarks of readers"), "feedback/_home.html", waiting) if waiting else None


def _waiting_list(_row_id: int) -> Section | None:
    """Return the remarks that wait, for the review queue."""
    rows = queries.waiting_remarks(db.session(), at=real_now())
    return Section(_("Remarks of readers"), "feedback/_queue.html", rows) if rows else None
