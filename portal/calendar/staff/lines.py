"""What the forms of the calendar's desks share: a line of text, and sentences about fields."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form, StringField
from wtforms.validators import ValidationError

from portal.moderation.fields import NEEDED_SOMETIMES
from portal.moderation.forms import EntryForm

#: Far above what any council has, and what each database can keep.
MOST = 9999


class LineForm(EntryForm):
    """A line of an agenda, or of an order of business."""

    text = StringField(
        _l("Text"),
        description=_l("Needed where the line is written in English."),
        validators=[NEEDED_SOMETIMES],
    )
    text_en = StringField(_l("Text in English"))

    def validate_text(self, field: StringField) -> None:
        """Refuse a line in English only.

        :raise ValidationError: the Korean one is missing
        """
        if self.text_en.data and not (field.data or "").strip():
            raise ValidationError(_("Write the line in Korean, too."))


def check_order(form: Form, last: DateField) -> None:
    """Refuse a last day before the first one.

    :param form: has the first day as ``starts_on``
    :raise ValidationError: the days are in the wrong order
    """
    first = form.starts_on.data
    if first and last.data and last.data < first:
        raise ValidationError(_("The last day lies before the first. Choose a later last day."))
