"""The desk of figures: a table in CSV with the day on which it was true."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from markupsafe import Markup
from sqlalchemy.orm import Session
from wtforms import DateField, Field, HiddenField, SelectField, TextAreaField
from wtforms.validators import ValidationError

from portal.core.clock import real_now
from portal.core.i18n import in_language, write_day
from portal.importers.figures import FIGURE_FILES, try_figures
from portal.importers.models import FigureUpload
from portal.importers.tables import DataErrors, decode, say_errors
from portal.importers.words import FILE_WORDS
from portal.moderation.desks import Desk, PageAddress
from portal.moderation.fields import NEEDED_SOMETIMES, REQUIRED
from portal.moderation.forms import DeskForm
from portal.moderation.models import Kept, Publishable

#: Room for the other fields of the form is left in the largest body of a request.
MOST_BYTES = 1_000_000


class FigureForm(DeskForm):
    """What the budget office brings: a file, or what was copied out of one."""

    path = SelectField(_l("Which table"), choices=lambda: list(FILE_WORDS.items()))
    as_of = DateField(_l("True on which day"), validators=[REQUIRED])
    file = FileField(
        _l("File (CSV UTF-8)"),
        description=_l(
            "A file or a table below is needed. It replaces the whole table: bring all rows, the "
            "unchanged ones too."
        ),
        validators=[NEEDED_SOMETIMES],
    )
    content = TextAreaField(
        _l("Table"),
        description=_l("Filled from the file. You can correct it here, or paste a table."),
        validators=[NEEDED_SOMETIMES],
    )
    title = HiddenField(_l("Title"))
    title_en = HiddenField(_l("Title in English"))

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Lead to the tables as they are now."""
        link = Markup('<a href="{}">{}</a>')
        self.path.description = link.format(
            url_for("importers.show_tables"), _("The tables as they are now, to start from")
        )

    def validate_file(self, field: FileField) -> None:
        """Put the text of the file into the table's field.

        :raise ValidationError: it is too large or not UTF-8
        """
        if not field.data:
            return
        try:
            self.content.data = decode(field.data.read(MOST_BYTES + 1), self.path.data)
        except DataErrors as error:
            line = error.errors[0].line
            raise ValidationError(
                _("Line %(line)s is not UTF-8. In a spreadsheet, save it as CSV UTF-8.", line=line)
            ) from None

    def validate_content(self, field: Field) -> None:
        """Refuse an empty table and one that is too large; a file that was refused says why.

        :raise ValidationError: with what would fit
        """
        if self.file.errors:
            return
        if not (field.data or "").strip():
            raise ValidationError(_("Choose a file, or paste a table."))
        if len(field.data.encode()) > MOST_BYTES:
            raise ValidationError(_("The table is larger than 1 MB."))

    def values(self) -> dict[str, Any]:
        """Return what was written; the title says which table it is and of which day."""
        values = super().values()
        del values["file"]
        for language, name in (("ko", "title"), ("en", "title_en")):
            with in_language(language):
                words = str(FILE_WORDS.get(values["path"], values["path"]))
                day = write_day(values["as_of"], language, weekday=False) if values["as_of"] else ""
                values[name] = f"{words}, {day}"
        return values


def create_upload(session: Session, values: Mapping[str, Any]) -> FigureUpload:
    """Make a draft of a table."""
    row = FigureUpload(**values)
    session.add(row)
    session.flush()
    return row


def preview_page(row: FigureUpload, number: int) -> PageAddress:
    """Return where it is shown what a revision of an upload would change."""
    return "importers.show_figures", {"upload_id": row.id, "number": number}


def find_problems(session: Session, fields: Mapping[str, Kept]) -> tuple[str, ...]:
    """Return what is wrong with a table, as ``say_errors`` tells it."""
    path, text = str(fields["path"]), str(fields["content"])
    if path not in FIGURE_FILES:
        return (path,)
    trial = try_figures(session, path, text, at=real_now())
    return say_errors(trial.errors)


DESK = Desk(
    model=FigureUpload,
    label=_l("Figures of budget and programmes"),
    form=FigureForm,
    order=("-id",),
    create=create_upload,
    add_label=_l("Bring a table"),
    preview=preview_page,
    problems=find_problems,
)
