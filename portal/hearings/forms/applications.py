"""Forms of applications: their shape and wording; no database."""

from collections.abc import Sequence
from datetime import date, datetime, time

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import Length, NumberRange, Optional

from portal.core.clock import council_zone
from portal.core.forms import Form, trimmed
from portal.hearings import words
from portal.hearings.rules.applications import SUPPORT, Draft, Support
from portal.hearings.rules.kinds import HearingKind
from portal.moderation.fields import (
    REQUIRED,
    REQUIRED_TEXT,
    NumberField,
    WonField,
    check_years,
    number_or_none,
)

LONGEST_TEXT = 3000
_TEXT = Length(max=LONGEST_TEXT, message=_l("Please write at most 3,000 letters."))
_NOT_BELOW_NONE = NumberRange(min=0, message=_l("Write 0 or more."))
#: Values of a choice and what they are called.
Choices = Sequence[tuple[str, str]]


class ApplicationForm(Form):
    """What an office asks for; the limits are checked by the rules."""

    whose = SelectField(_l("Whose hearing it is"), validators=[REQUIRED])
    kind = SelectField(_l("Kind"), validators=[REQUIRED])
    title = StringField(_l("Title"), validators=[REQUIRED_TEXT, Length(max=300)])
    topic = TextAreaField(
        _l("What it is about, and why people should come"), validators=[REQUIRED_TEXT, _TEXT]
    )
    bill = SelectField(_l("Bill it is about"), coerce=number_or_none)
    room = SelectField(_l("Room"), coerce=number_or_none, validators=[REQUIRED])
    day = DateField(_l("Date"), validators=[REQUIRED, check_years])
    starts_time = TimeField(_l("Begins at"), validators=[REQUIRED])
    ends_time = TimeField(_l("Ends at"), validators=[REQUIRED])
    people = NumberField(
        _l("How many people you expect"), validators=[Optional(), NumberRange(min=1, max=99_999)]
    )
    wanted = WonField(
        _l("Support you ask for, in won"),
        description=_l("With the business expenses. Example: 3,000,000"),
        validators=[REQUIRED, _NOT_BELOW_NONE],
    )
    wanted_business = WonField(
        _l("Of this for business expenses, in won"),
        description=_l("Write 0 if there are none."),
        validators=[REQUIRED, _NOT_BELOW_NONE],
    )
    plenary_because = TextAreaField(
        _l("Why it must be on a day of a plenary sitting"),
        description=_l("Only where the whole council sits on that day."),
        validators=[_TEXT],
    )

    def offer(self, *, places: Choices, rooms: Choices, bills: Choices) -> None:
        """Offer whose it may be, the kinds with support, the rooms and the bills.

        :param places: committees and members for which this person applies
        """
        kinds = [(kind.value, words.KINDS[kind]) for kind in SUPPORT]
        self.whose.choices = list(places) if len(places) == 1 else [("", ""), *places]
        self.kind.choices = [("", ""), *kinds]
        self.room.choices = [("", ""), *rooms]
        self.bill.choices = [("", _l("None")), *bills]

    def draft(self, committee_id: int | None, member_id: int | None) -> Draft:
        """Return what a form that fits asks for."""
        return Draft(
            kind=HearingKind(self.kind.data),
            title=trimmed(self.title.data),
            topic=trimmed(self.topic.data),
            committee_id=committee_id,
            member_id=member_id,
            bill_id=self.bill.data,
            room_id=int(self.room.data),
            starts_at=_instant(self.day.data, self.starts_time.data),
            ends_at=_instant(self.day.data, self.ends_time.data),
            people=self.people.data,
            wanted=Support(self.wanted.data, self.wanted_business.data),
            plenary_because=trimmed(self.plenary_because.data),
        )


class GrantForm(Form):
    """What is granted, and a word to the office."""

    granted = WonField(_l("Granted, in won"), validators=[REQUIRED, _NOT_BELOW_NONE])
    granted_business = WonField(
        _l("Of this for business expenses, in won"), validators=[REQUIRED, _NOT_BELOW_NONE]
    )
    answer = TextAreaField(_l("A word to the office"), validators=[_TEXT])


class RefuseForm(Form):
    """Why an application is refused."""

    refused_because = TextAreaField(
        _l("Why is it refused?"),
        description=_l("It goes out to the office."),
        validators=[REQUIRED_TEXT, _TEXT],
    )


class SettleForm(Form):
    """What it cost in the end."""

    spent = WonField(_l("Spent, in won"), validators=[REQUIRED, _NOT_BELOW_NONE])
    spent_business = WonField(
        _l("Of this for business expenses, in won"), validators=[REQUIRED, _NOT_BELOW_NONE]
    )


class WithdrawForm(Form):
    """Why an application is taken back."""

    because = TextAreaField(_l("Why does it not take place?"), validators=[_TEXT])


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, council_zone())
