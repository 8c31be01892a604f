"""The parts of a hearing's form: lines of its running order, and who speaks."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, SelectField, StringField, TimeField
from wtforms.validators import Length, NumberRange, Optional

from portal.council.member_entries import MemberEntry
from portal.hearings import words
from portal.moderation.fields import NEEDED_SOMETIMES, NumberField, choices, number_or_none
from portal.moderation.forms import PartForm, entries_of

_MOST_LINES = 200


class OrderForm(PartForm):
    """A line of the running order."""

    needed = ("title",)

    starts_time = TimeField(
        _l("Begins at"), description=_l("Empty: not known."), validators=[Optional()]
    )
    title = StringField(_l("What happens"), validators=[Length(max=300)])
    title_en = StringField(_l("What happens, in English"), validators=[Length(max=300)])
    is_removed = BooleanField(_l("Take it away"))


class SpeakerForm(MemberEntry):
    """Somebody who presents, discusses or chairs."""

    needed = ("role",)

    role = SelectField(
        _l("What they do"), choices=lambda: [("", ""), *choices(words.ROLES)], default=""
    )
    item = NumberField(
        _l("In which line of the running order"),
        description=_l("Its number from 1. Empty: in the whole."),
        validators=[Optional(), NumberRange(min=1, max=_MOST_LINES)],
    )
    member_id = SelectField(_l("Member"), coerce=number_or_none)
    name = StringField(
        _l("Name"),
        description=_l("Only for somebody who is not among the members."),
        validators=[NEEDED_SOMETIMES, Length(max=80)],
    )
    name_en = StringField(_l("Name in English"), validators=[Length(max=80)])
    affiliation = StringField(_l("Where they come from"), validators=[Length(max=160)])
    affiliation_en = StringField(
        _l("Where they come from, in English"), validators=[Length(max=160)]
    )
    is_removed = BooleanField(_l("Take it away"))


def check_lines(running_order: FieldList, speakers: FieldList) -> None:
    """Refuse a speaker of a line that the running order does not have, at that speaker."""
    lines = [entry for entry in entries_of(running_order) if any(entry.values())]
    for entry in speakers:
        item = entry.form.item
        if item.data and item.data > len(lines) and not entry.form.is_removed.data:
            item.errors = [*item.errors, _("The running order has no such line.")]
            speakers.errors = [each.errors for each in speakers]
