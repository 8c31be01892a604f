"""What sealed files add when the application starts."""

from flask import Flask
from flask_babel import gettext as _

from portal.core import troubles
from portal.core.collected import register_collected
from portal.core.files.scanner import has_scanner
from portal.core.files.sealed.collected import SEALED_FILES
from portal.core.files.sealed.queries import count_waiting
from portal.core.files.sealed.uploads import PortalRequest
from portal.core.permissions import is_allowed
from portal.core.sections import Section, register_section
from portal.extensions import db


def init_app(app: Flask) -> None:
    """Let views ask for uploads in memory, and tell staff of files that can't be scanned."""
    app.request_class = PortalRequest
    register_collected(app, SEALED_FILES)
    register_section(app, troubles.TROUBLES, _unscanned)


def _unscanned(_account_id: int) -> Section | None:
    """Return how many files wait for a scanner where there is none."""
    waiting = count_waiting(db.session()) if is_allowed("tasks.read") and not has_scanner() else 0
    if not waiting:
        return None
    return Section(_("Files that nobody can open"), "core/_unscanned.html", waiting)
