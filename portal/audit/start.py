"""What the audit trail registers when the application starts."""

from flask import Flask
from flask_babel import gettext as _

from portal.audit.collected import TRAIL
from portal.audit.services import keep_deed
from portal.core.audit import register_keeper
from portal.core.collected import register_collected
from portal.core.permissions import is_allowed
from portal.core.sections import Section, register_section


def init_app(app: Flask) -> None:
    """Keep what features record, lead auditors to it, and say what it holds about people."""
    register_collected(app, TRAIL)
    register_keeper(app, keep_deed)
    register_section(app, "staff.home", _trail_for_auditors)


def _trail_for_auditors(_account_id: int) -> Section | None:
    """Return the way to the trail, for whoever may read it."""
    if not is_allowed("audit.read"):
        return None
    return Section(_("Audit trail"), "audit/_home.html", None)
