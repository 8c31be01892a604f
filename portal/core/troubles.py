"""What went wrong, on the staff's home: one section, which features fill.

A feature registers a provider for ``TROUBLES`` that gives a section while something of its own
needs a person, and None to whoever may not see it or when all is well.
"""

from flask import Flask
from flask_babel import gettext as _

from portal.core.sections import Section, register_section, sections_of

#: The place that features fill; providers get the account's id.
TROUBLES = "staff.troubles"


def init_app(app: Flask) -> None:
    """Let the staff's home begin with what went wrong."""
    register_section(app, "staff.home", _what_went_wrong)


def _what_went_wrong(account_id: int) -> Section | None:
    """Return all troubles under one heading, or None when there is none."""
    troubles = sections_of(TROUBLES, account_id)
    return Section(_("What went wrong"), "core/_troubles.html", troubles) if troubles else None
