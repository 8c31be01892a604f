"""Forms of remarks: their shape and wording; no database."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from portal.core.forms import Form, trimmed
from portal.core.personal_data import find_personal
from portal.core.personal_rules import PersonalKind
from portal.feedback.rules import LONGEST_TEXT, HideReason
from portal.feedback.words import HIDE_WORDS
from portal.notifications.rules import Channel, normal_recipient

_IDENTITY_NUMBERS = frozenset(
    (
        PersonalKind.RESIDENT_NUMBER,
        PersonalKind.FOREIGNER_NUMBER,
        PersonalKind.PASSPORT,
        PersonalKind.DRIVER_LICENCE,
    )
)
_TOO_LONG = _l("Please write at most %(most)s letters.", most=f"{LONGEST_TEXT:,}")


def refuse_identity_number(_form: Form, field: StringField) -> None:
    """Refuse a text with a number that no law lets this form take (개인정보 보호법 24, 24-2).

    :raise ValidationError: it holds one
    """
    if any(found.kind in _IDENTITY_NUMBERS for found in find_personal(field.data or "")):
        raise ValidationError(_l("Please leave the resident registration number out."))


def refuse_no_recipient(_form: Form, field: StringField) -> None:
    """Refuse an address to which no letter can be sent; none at all is one's choice.

    :raise ValidationError: it is no address
    """
    if field.data and normal_recipient(Channel.EMAIL, field.data) is None:
        raise ValidationError(_l("Write the e-mail address like name@example.kr."))


class RemarkForm(Form):
    """What is wrong on a page.

    :ivar page: path of the page; the address of the form brings it along
    :ivar key: made with the form, so that a form sent twice is one remark
    """

    page = HiddenField()
    key = HiddenField()
    wrong = TextAreaField(
        _l("What is wrong?"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Write what is wrong on the page.")),
            Length(max=LONGEST_TEXT, message=_TOO_LONG),
            refuse_identity_number,
        ],
    )
    should_say = TextAreaField(
        _l("What would be right, or how do you know?"),
        filters=[trimmed],
        validators=[Length(max=LONGEST_TEXT, message=_TOO_LONG), refuse_identity_number],
    )
    email = EmailField(
        _l("E-mail address for the answer"),
        filters=[trimmed],
        validators=[Length(max=254), refuse_no_recipient],
        render_kw={"autocomplete": "email"},
    )


class AnswerForm(Form):
    """The answer of the staff."""

    answer = TextAreaField(
        _l("Answer"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Write the answer.")),
            Length(max=LONGEST_TEXT, message=_TOO_LONG),
        ],
    )


class HideForm(Form):
    """Why a remark is hidden."""

    because = RadioField(
        _l("Why is it hidden?"),
        choices=[(reason.value, HIDE_WORDS[reason]) for reason in HideReason],
        validators=[DataRequired(_l("Choose a reason; its author is told."))],
    )
