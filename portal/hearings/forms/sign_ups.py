"""The form of a sign-up, in three steps; its words travel in the form itself until it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length

from portal.core.forms import Form, trimmed
from portal.feedback.forms import refuse_identity_number, refuse_no_recipient
from portal.hearings.rules.kinds import Way
from portal.hearings.rules.sign_ups import LONGEST_NAME, LONGEST_TEXT

LONGEST_EMAIL = 254
_NEEDS_TOO_LONG = _l("Please write at most %(most)s letters.", most=f"{LONGEST_TEXT:,}")


def refuse_no_address(form: Form, field: StringField) -> None:
    """Refuse what no letter can be sent to, and say of the commonest slip what is missing.

    :raise ValidationError: it is no address
    """
    if field.data and "@" not in field.data:
        raise ValidationError(_l("The address lacks an @. Example: name@example.kr"))
    refuse_no_recipient(form, field)


def email_field(label: LazyString, *more: object) -> EmailField:
    """Return a field for an address to which letters go."""
    return EmailField(
        label,
        filters=[trimmed],
        validators=[
            DataRequired(_l("Write the e-mail address to which the letter goes.")),
            Length(max=LONGEST_EMAIL),
            refuse_no_address,
            *more,
        ],
        render_kw={"autocomplete": "email"},
    )


def text_area(label: LazyString) -> TextAreaField:
    """Return a field for a few sentences that nobody has to write."""
    return TextAreaField(
        label,
        filters=[trimmed],
        validators=[Length(max=LONGEST_TEXT, message=_NEEDS_TOO_LONG), refuse_identity_number],
    )


#: Marks of a review, the best first.
_MARKS = [
    ("5", _l("Very much")),
    ("4", _l("Rather yes")),
    ("3", _l("Half and half")),
    ("2", _l("Rather not")),
    ("1", _l("Not at all")),
]


@dataclass(frozen=True)
class Step:
    """One page of the form.

    :ivar question: its heading
    :ivar fields: names of the fields that it asks for
    """

    key: str
    question: LazyString
    fields: tuple[str, ...]


STEPS = (
    Step("party", _l("How many of you come?"), ("way", "size", "needs")),
    Step("person", _l("Where does the letter go?"), ("name", "email", "question")),
    Step("check", _l("Check what you wrote"), ("consent",)),
)
BY_KEY = {step.key: step for step in STEPS}


class SignUpForm(Form):
    """What somebody gives who signs up.

    :ivar key: made with the form, so that a form sent twice is one request
    :ivar step: key of the step that was shown
    """

    key = HiddenField()
    step = HiddenField()
    way = RadioField(
        _l("How do you take part?"),
        validators=[InputRequired(_l("Choose how you take part."))],
    )
    size = SelectField(_l("How many people, with you?"), coerce=int)
    needs = text_area(_l("What do you need to take part?"))
    name = StringField(
        _l("Name"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Write your name.")),
            Length(max=LONGEST_NAME),
            refuse_identity_number,
        ],
        render_kw={"autocomplete": "name"},
    )
    email = email_field(_l("E-mail address"))
    question = text_area(_l("A question or opinion in advance"))
    consent = BooleanField(
        _l("I agree that this is kept as described"),
        validators=[InputRequired(_l("Tick the box, or leave without sending."))],
    )

    def offer(self, ways: Sequence[tuple[Way, LazyString]], most_party: int) -> None:
        """Fill in what can be chosen; the only way there is needs no choosing."""
        self.way.choices = [(way.value, word) for way, word in ways]
        self.size.choices = [(number, str(number)) for number in range(1, most_party + 1)]
        if len(ways) == 1 and not self.way.data:
            self.way.data = ways[0][0].value

    def fields_of(self, step: Step) -> list[Field]:
        """Return the fields that a step asks for."""
        return [self[name] for name in step.fields]

    def carried(self, step: Step) -> list[tuple[str, str]]:
        """Return names and values of what other steps ask for, which the page takes along."""
        others = [name for other in STEPS if other is not step for name in other.fields]
        return [(name, str(self[name].data)) for name in others if self[name].data]

    def first_wrong(self, upto: Step) -> Step | None:
        """Return the first step up to one that holds an error; errors of later ones are taken back.

        A refused token counts as one of the step that was shown.
        """
        self.validate()
        for step in STEPS[STEPS.index(upto) + 1 :]:
            for field in self.fields_of(step):
                field.errors = []
        for step in STEPS[: STEPS.index(upto) + 1]:
            if any(field.errors for field in self.fields_of(step)):
                return step
        return upto if self.form_errors else None


class AddressForm(Form):
    """An address, to which one letter goes.

    :ivar website: stays empty; what fills every field is no person
    """

    email = email_field(_l("E-mail address"))
    website = StringField(_l("Leave this field empty"))


class ChangeForm(Form):
    """What somebody changes of their sign-up."""

    size = SelectField(_l("How many people, with you?"), coerce=int)
    needs = text_area(_l("What do you need to take part?"))
    question = text_area(_l("A question or opinion in advance"))

    def offer(self, most_party: int) -> None:
        """Fill in what can be chosen."""
        self.size.choices = [(number, str(number)) for number in range(1, most_party + 1)]


class SlipForm(Form):
    """The number and the code of a slip that the staff gave."""

    number = StringField(
        _l("Number"), filters=[trimmed], validators=[DataRequired(_l("Write the number."))]
    )
    code = StringField(
        _l("Code of the slip"), filters=[trimmed], validators=[DataRequired(_l("Write the code."))]
    )


class ReviewForm(Form):
    """Three questions afterwards."""

    content = RadioField(
        _l("Was it worth coming?"),
        choices=_MARKS,
        validators=[InputRequired(_l("Choose one of the five."))],
    )
    access = RadioField(
        _l("Could you follow and take part well?"),
        choices=_MARKS,
        validators=[InputRequired(_l("Choose one of the five."))],
    )
    wish = text_area(_l("What should be better next time?"))
