"""The form by which staff note letters that came back; no database."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import TextAreaField

from portal.notifications.rules import read_bounces

#: So many lines a page takes at once; the command takes any number.
MOST_LINES = 1000


class BouncesForm(FlaskForm):
    """Letters that came back: typed, as a file, or both."""

    names = TextAreaField(
        _l("Letters that came back"),
        description=_l("A Message-ID or an address in each line."),
    )
    file = FileField(_l("The same as a text file"))

    def read(self) -> list[str]:
        """Return what was named; an empty list leaves a message at the field it belongs to."""
        try:
            uploaded = self.file.data.read().decode("utf-8-sig") if self.file.data else ""
        except UnicodeDecodeError:
            self.file.errors = [_l("Save the file as plain text in UTF-8.")]
            return []
        names = read_bounces(f"{self.names.data or ''}\n{uploaded}")
        if not names:
            self.names.errors = [_l("Write at least one Message-ID or address.")]
        elif len(names) > MOST_LINES:
            self.names.errors = [_l("Give at most 1,000 lines here; the command takes more.")]
            return []
        return names
