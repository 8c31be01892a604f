"""Forms of opinions: their shape and wording; no database."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from portal.core.forms import Form, trimmed
from portal.feedback.forms import refuse_identity_number, refuse_no_recipient
from portal.hearings.opinion_words import NAME_WORDS, RULE_WORDS
from portal.hearings.rules.opinions import (
    LONGEST_ANSWER,
    LONGEST_NAME,
    LONGEST_OBJECTION,
    LONGEST_TEXT,
    MOST_TOGETHER,
    HouseRule,
    NameShown,
    OpinionState,
    plain_name,
)
from portal.legislation.rules.kinds import Field
from portal.legislation.words import field_label

#: An id and its comma have at most so many signs.
_LONGEST_ID = 11
#: Reasons that the trail keeps.
LONGEST_REASON = 200


def _at_most(letters: int) -> Length:
    return Length(
        max=letters, message=_l("Please write at most %(most)s letters.", most=f"{letters:,}")
    )


class OpinionForm(Form):
    """What somebody says to a hearing.

    :ivar key: made with the form, so that a form sent twice is one opinion
    :ivar field: asked by budget forums only; others delete it
    :ivar website: nobody sees it; who fills it in is no person
    """

    key = HiddenField()
    text = TextAreaField(
        _l("Your opinion"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Write your opinion.")),
            _at_most(LONGEST_TEXT),
            refuse_identity_number,
        ],
    )
    field = SelectField(_l("What part of the budget is it about?"), validate_choice=False)
    name_shown = RadioField(
        _l("How shall your name be shown?"),
        choices=[(shown.value, NAME_WORDS[shown]) for shown in NameShown],
        validators=[InputRequired(_l("Choose how your name is shown."))],
    )
    name = StringField(
        _l("Your name"),
        filters=[trimmed],
        validators=[_at_most(LONGEST_NAME), refuse_identity_number],
        render_kw={"autocomplete": "name"},
    )
    email = EmailField(
        _l("E-mail address for the answer"),
        filters=[trimmed],
        validators=[Length(max=254), refuse_no_recipient],
        render_kw={"autocomplete": "email"},
    )
    agrees = BooleanField(
        _l("I agree that this is kept, and that my opinion is published with my name as I chose."),
        validators=[InputRequired(_l("Without your agreement the opinion can’t be taken in."))],
    )
    agrees_to_views = BooleanField(
        _l(
            "I agree that my opinion is kept and published although it can show my political views."
        ),
        validators=[InputRequired(_l("An opinion can show political views; agree to that, too."))],
    )
    website = StringField(_l("Leave this empty"), filters=[trimmed])
    file = FileField(_l("A file"))

    def offer_fields(self, *, is_asked: bool) -> None:
        """Offer the fields of a budget forum, or ask for none."""
        if is_asked:
            words = [(field.value, field_label(field)) for field in Field]
            self.field.choices = [("", _("Choose one")), *words]
        else:
            del self.field

    def validate_field(self, field: SelectField) -> None:
        """Refuse what is no field.

        :raise ValidationError: nothing fitting was chosen
        """
        if field.data not in {known.value for known in Field}:
            raise ValidationError(_l("Choose what part of the budget it is about."))

    def validate_name(self, field: StringField) -> None:
        """Refuse to show a name that is not there.

        :raise ValidationError: it shall be shown and is empty
        """
        is_shown = self.name_shown.data not in (None, NameShown.NONE.value)
        if is_shown and not plain_name(field.data or ""):
            raise ValidationError(_l("Write your name, or choose that it is not shown."))

    def validate_website(self, field: StringField) -> None:
        """Refuse what a machine filled in; a person whose browser did so loses nothing.

        :raise ValidationError: it is not empty
        """
        if field.data:
            raise ValidationError(_l("Empty the last field and send the form once more."))


class ObjectionForm(Form):
    """Why an opinion should be shown after all."""

    objection = TextAreaField(
        _l("Why should it be shown?"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Write why it should be shown.")),
            _at_most(LONGEST_OBJECTION),
            refuse_identity_number,
        ],
    )


class _TogetherForm(Form):
    """A form that decides opinions of one text together.

    :ivar together: ids of those that the page showed, with commas; others wait on
    """

    together = HiddenField(validators=[Length(max=MOST_TOGETHER * _LONGEST_ID)])

    def ids(self) -> tuple[int, ...]:
        """Return the ids of the opinions that the page showed."""
        parts = (part for part in (self.together.data or "").split(",") if part.isascii())
        return tuple(int(part) for part in parts if part.isdigit() and len(part) < _LONGEST_ID)


class PublishForm(_TogetherForm):
    """What everybody reads, and why something personal in it may stay."""

    public_text = TextAreaField(
        _l("What everybody reads"),
        filters=[trimmed],
        validators=[DataRequired(_l("Write what is published.")), _at_most(LONGEST_TEXT)],
    )
    reason = StringField(
        _l("Why may what looks personal stay, or why is the text changed?"),
        filters=[trimmed],
        validators=[_at_most(LONGEST_REASON)],
    )


class HideForm(_TogetherForm):
    """By which rule opinions are hidden.

    :ivar seen: where the opinion stood on the page that was read
    """

    seen = HiddenField(validators=[AnyOf([state.value for state in OpinionState])])

    because = RadioField(
        _l("By which house rule is it hidden?"),
        choices=[(rule.value, RULE_WORDS[rule]) for rule in HouseRule],
        validators=[DataRequired(_l("Choose a rule; its author is told."))],
    )


class AnswerForm(Form):
    """What the council says to an opinion."""

    answer = TextAreaField(
        _l("The council’s answer, in Korean"),
        filters=[trimmed],
        validators=[DataRequired(_l("Write the answer.")), _at_most(LONGEST_ANSWER)],
    )
    answer_en = TextAreaField(
        _l("The council’s answer, in English"),
        filters=[trimmed],
        validators=[_at_most(LONGEST_ANSWER)],
    )
