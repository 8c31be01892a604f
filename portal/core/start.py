"""What the house itself registers when the application starts."""

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import pdf, troubles
from portal.core.permissions import is_allowed
from portal.core.refusals import find_refusal
from portal.core.runs import count_failing
from portal.core.sections import Section, register_section
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry
from portal.extensions import db


def init_app(app: Flask) -> None:
    """Tell staff at home what went wrong, lead to scheduled work, let print pages ask for PDFs."""
    pdf.init_app(app)
    troubles.init_app(app)
    register_section(app, troubles.TROUBLES, _failing_tasks)
    register_section(app, troubles.TROUBLES, _last_refusal)
    register_section(app, troubles.TROUBLES, _missing_pdf)
    register_entry(
        app,
        MenuEntry(MenuGroup.RUNNING, _l("Scheduled work"), "tasks.show_tasks", "tasks.read"),
    )


def _failing_tasks(_account_id: int) -> Section | None:
    """Return how many tasks failed, for whoever may read about them."""
    failing = count_failing(db.session()) if is_allowed("tasks.read") else 0
    return Section(_("Scheduled work"), "core/_failing.html", failing) if failing else None


def _last_refusal(_account_id: int) -> Section | None:
    """Return why the last import was refused, for whoever keeps the figures or the house."""
    may_see = is_allowed("figures.write") or is_allowed("tasks.read")
    refusal = find_refusal(db.session()) if may_see else None
    if refusal is None:
        return None
    return Section(_("The last import was refused"), "core/_refusal.html", refusal)


def _missing_pdf(_account_id: int) -> Section | None:
    """Return what to install for PDFs where they can't be made, for whoever keeps the house."""
    if not is_allowed("tasks.read") or pdf.is_pdf_possible():
        return None
    return Section(_("PDFs"), "core/_no_pdf.html", pdf.PACKAGES)
