"""Words for what a file tells."""

from flask_babel import gettext as _

from portal.core.files.rules import Mark


def mark_name(mark: Mark) -> str:
    """Return a mark's name for the person who sends or publishes the file."""
    names: dict[Mark, str] = {
        Mark.AUTHOR: _("names of its authors"),
        Mark.ORGANISATION: _("name of an organisation"),
        Mark.PLACE: _("the place where it was made"),
        Mark.CAMERA: _("notes of the camera"),
        Mark.COMMENTS: _("comments"),
        Mark.CHANGES: _("tracked changes with names"),
        Mark.EMBEDDED: _("other files inside"),
        Mark.SOFTWARE: _("the software it was made with"),
    }
    return names[mark]
