"""The staff's forms of sign-ups: places, windows, callers, guests, messages, attendance."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from portal.core.forms import Form, trimmed
from portal.feedback.forms import refuse_identity_number
from portal.hearings.forms.sign_ups import LONGEST_EMAIL, refuse_no_address, text_area
from portal.hearings.rules.desk import Audience
from portal.hearings.rules.kinds import Way
from portal.hearings.rules.sign_ups import LONGEST_NAME
from portal.hearings.staff_words import AUDIENCE_WORDS
from portal.moderation.fields import NumberField, check_years
from portal.moderation.forms import in_zone, out_of_zone
from portal.places.rules import Terms

#: No room of the council holds more.
MOST_PLACES = 3000
#: Hours of a hold, an offer, or the rest before the beginning: at most four weeks.
MOST_HOURS = 672
LONGEST_SUBJECT = 120
LONGEST_MESSAGE = 4000
LONGEST_REASON = 500
_HOURS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
_NUMBERS = {"inputmode": "numeric"}


def _number(label: LazyString, least: int, most: int, *, is_needed: bool = True) -> NumberField:
    message = _l("Write a number from %(least)s to %(most)s.", least=least, most=most)
    first = InputRequired(message) if is_needed else Optional()
    return NumberField(
        label, validators=[first, NumberRange(least, most, message)], render_kw=_NUMBERS
    )


def _moment(label: LazyString) -> DateTimeLocalField:
    return DateTimeLocalField(label, validators=[Optional(), check_years], format=_HOURS)


def _optional_email() -> StringField:
    return StringField(
        _l("E-mail address"),
        filters=[trimmed],
        validators=[Length(max=LONGEST_EMAIL), refuse_no_address],
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )


def _name(*validators: Any) -> StringField:
    return StringField(
        _l("Name"),
        filters=[trimmed],
        validators=[*validators, Length(max=LONGEST_NAME), refuse_identity_number],
        render_kw={"autocomplete": "off"},
    )


class TermsForm(Form):
    """How the places of one way to take part are given out."""

    capacity = _number(_l("Places in all"), 0, MOST_PLACES, is_needed=False)
    held_back = _number(_l("Of these held back for guests"), 0, MOST_PLACES)
    most_party = _number(_l("Largest party"), 1, 50)
    hold_hours = _number(
        _l("Hours a place is held until the letter’s link is opened"), 1, MOST_HOURS
    )
    offer_hours = _number(_l("Hours an offer stands"), 1, MOST_HOURS)
    rest_hours = _number(
        _l("Hours before the beginning at which holds and offers end"), 0, MOST_HOURS
    )
    most_passes = _number(_l("How often a party may be passed over"), 1, 50)

    def validate_held_back(self, field: Field) -> None:
        """Refuse to hold more back than there is.

        :raise ValidationError: there are fewer places
        """
        capacity = self.capacity.data
        if capacity is not None and field.data is not None and field.data > capacity:
            raise ValidationError(_l("There are fewer places than that."))

    @property
    def terms(self) -> Terms:
        """Return what was written."""
        return Terms(**{name: field.data for name, field in self._fields.items()})


class WindowsForm(Form):
    """When one can sign up and send opinions."""

    sign_up_opens_at = _moment(_l("Sign-up opens at"))
    sign_up_closes_at = _moment(_l("Sign-up closes at"))
    opinions_open_at = _moment(_l("Opinions are taken from"))
    opinions_close_at = _moment(_l("Opinions are taken until"))

    def fill(self, source: object) -> None:
        """Fill in what holds now."""
        for name, field in self._fields.items():
            field.data = out_of_zone(getattr(source, name))

    def moments(self) -> dict[str, datetime | None]:
        """Return what was written, aware, by name."""
        return {name: in_zone(field.data) for name, field in self._fields.items()}


class CallOffForm(Form):
    """Why a hearing does not take place."""

    because = TextAreaField(
        _l("Why does it not take place?"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Write why: everybody who signed up reads it.")),
            Length(max=LONGEST_REASON),
            refuse_identity_number,
        ],
    )


class WalkInForm(Form):
    """Somebody at the door without a sign-up.

    :ivar key: made with the form, so that a form sent twice lets a party in once
    """

    key = HiddenField()
    size = SelectField(_l("How many people are they?"), coerce=int)
    name = _name()

    def offer(self, most_party: int) -> None:
        """Fill in what can be chosen."""
        self.size.choices = [(number, str(number)) for number in range(1, most_party + 1)]


class GuestForm(WalkInForm):
    """A guest of the council, who gets places that are held back."""

    name = _name(DataRequired(_l("Write the name.")))
    email = _optional_email()


class CallerForm(GuestForm):
    """Somebody who calls or stands at the counter."""

    way = RadioField(
        _l("How do they take part?"), validators=[InputRequired(_l("Choose how they take part."))]
    )
    phone = TelField(
        _l("Telephone number"),
        filters=[trimmed],
        validators=[
            Regexp(r"([0-9+() -]{7,20})?\Z", message=_l("Write the number like 02-1234-5678.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    needs = text_area(_l("What do they need to take part?"))
    question = text_area(_l("A question or opinion in advance"))
    consent = BooleanField(
        _l("I read out what is kept, and they agreed"),
        validators=[InputRequired(_l("Read it out first; without consent nothing may be kept."))],
    )

    def offer_ways(self, ways: Sequence[tuple[Way, LazyString]]) -> None:
        """Fill in how one can take part; the only way there is needs no choosing."""
        self.way.choices = [(way.value, word) for way, word in ways]
        if len(ways) == 1:
            self.way.data = ways[0][0].value

    def validate_phone(self, field: Field) -> None:
        """Refuse somebody whom nobody can reach.

        :raise ValidationError: there is neither address nor number
        """
        if not field.data and not self.email.data:
            raise ValidationError(_l("Write an e-mail address or a telephone number."))


class FindForm(Form):
    """What somebody says at the door: their number or their name."""

    wanted = StringField(
        _l("Number or name"),
        filters=[trimmed],
        validators=[DataRequired(_l("Write a number or a name.")), Length(max=LONGEST_NAME)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class MessageForm(Form):
    """One message to many.

    :ivar after: id of the newest message when the form was made
    """

    after = HiddenField(validators=[Regexp(r"[0-9]{1,9}\Z")])
    audience = RadioField(
        _l("Who gets it?"),
        choices=[SelectChoice(each.value, AUDIENCE_WORDS[each]) for each in Audience],
        validators=[InputRequired(_l("Choose who gets it."))],
    )
    subject = StringField(
        _l("Subject"),
        filters=[trimmed],
        validators=[DataRequired(_l("Write the subject.")), Length(max=LONGEST_SUBJECT)],
        render_kw={"autocomplete": "off"},
    )
    text = TextAreaField(
        _l("Text"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Write the text.")),
            Length(max=LONGEST_MESSAGE),
            refuse_identity_number,
        ],
    )


class AttendanceForm(Form):
    """How many people came."""

    attendance = _number(_l("People who came"), 0, 100_000)
