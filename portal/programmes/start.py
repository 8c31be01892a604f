"""What work programmes add to pages below them: targets beside the money that pays for them."""

from flask import Flask
from flask_babel import gettext as _

from portal.core import clock
from portal.core.sections import Section, register_section
from portal.extensions import db
from portal.programmes import queries


def init_app(app: Flask) -> None:
    """Register the section of a budget line."""
    register_section(app, "budget.line", _targets_of_line)


def _targets_of_line(line_id: int) -> Section | None:
    """Return the targets of the programmes that a budget line pays for."""
    session = db.session()
    ids = queries.programmes_of_line(session, line_id)
    targets = queries.published_targets(session, clock.today())
    found = [target for target in targets if target.programme.id in ids]
    if not found:
        return None
    return Section(_("Targets and results"), "programmes/_line_section.html", found)
