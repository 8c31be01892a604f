"""What staff write of members, committees and units."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    SelectField,
    StringField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from portal.core.hangul import initials
from portal.core.partial_dates import first_day, parse_partial_date
from portal.council import words
from portal.council.hours import parse_hours
from portal.council.queries.choices import (
    Choices,
    committee_choices,
    district_choices,
    party_choices,
    term_choices,
    unit_choices,
)
from portal.moderation.fields import (
    PARTIAL_DATE,
    REQUIRED,
    NumberField,
    choices,
    choices_or_none,
    is_partial_date,
    number_or_none,
)
from portal.moderation.forms import DeskForm, LongTextField, PartForm
from portal.moderation.models import Publishable

_POSITION = _l("1 stands first.")


def _one_of(label: Any, **more: Any) -> SelectField:
    """Return a field in which a row may be chosen, or none."""
    return SelectField(label, coerce=number_or_none, **more)


def _word(label: Any, known: Mapping[Any, Any]) -> SelectField:
    """Return a field in which a word may be chosen, or none."""
    return SelectField(label, choices=lambda: choices_or_none(known), default="")


def _day(label: Any) -> DateField:
    return DateField(label, validators=[Optional()])


def _or_none(label: Any, rows: Choices) -> list[tuple[int | str, Any]]:
    return [("", label), *rows]


def _check_span(first: date | None, last: date | None) -> None:
    """Refuse an end before the beginning.

    :raise ValidationError: with what would fit
    """
    if first is not None and last is not None and last < first:
        raise ValidationError(_l("The end lies before the beginning. Choose a later day."))


class AffiliationForm(PartForm):
    """The party in which a member was seen."""

    needed = ("nature",)

    seen_on = StringField(
        _l("Since, or seen on"), description=PARTIAL_DATE, validators=[is_partial_date]
    )
    party_id = _one_of(_l("Party"))
    nature = _word(_l("How it is known"), words.NATURE_WORDS)
    note = StringField(_l("Note"))
    note_en = StringField(_l("Note in English"))
    is_removed = BooleanField(_l("Take it away"))


class MembershipForm(PartForm):
    """A member's seat or office in a committee or another body."""

    needed = ("start_basis", "rank", "role")

    starts_on = StringField(_l("Beginning"), description=PARTIAL_DATE, validators=[is_partial_date])
    start_basis = _word(_l("What is known of the beginning"), words.BASIS_WORDS)
    ends_on = _day(_l("Last day"))
    end_nature = _word(_l("How the end is known"), words.NATURE_WORDS)
    committee_id = _one_of(_l("Committee"))
    body = StringField(
        _l("Another body"),
        description=_l("Leave it and the committee empty for an office of the council itself."),
        validators=[Length(max=160)],
    )
    body_en = StringField(_l("Another body, in English"), validators=[Length(max=160)])
    rank = _word(_l("Rank"), words.RANK_WORDS)
    role = StringField(_l("Role"), validators=[Length(max=160)])
    role_en = StringField(_l("Role in English"), validators=[Length(max=160)])
    note = StringField(_l("Note"))
    note_en = StringField(_l("Note in English"))
    is_removed = BooleanField(_l("Take it away"))

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse an end before the beginning.

        :raise ValidationError: with what would fit
        """
        try:
            starts_on = parse_partial_date((self.starts_on.data or "").strip())
        except ValueError:
            return
        _check_span(first_day(starts_on), field.data)


class MemberForm(DeskForm):
    """What staff write of a member."""

    name = StringField(_l("Name"), validators=[REQUIRED, Length(max=120)])
    name_en = StringField(_l("Name in English"), validators=[Length(max=120)])
    initials = StringField(
        _l("First consonants"),
        description=_l("Left empty, they are taken from the name."),
        validators=[Length(max=120)],
    )
    term_id = SelectField(_l("Term"), coerce=int)
    seat = SelectField(_l("Seat"), choices=lambda: choices(words.SEAT_WORDS))
    district_id = _one_of(_l("Electoral district"))
    note = LongTextField(_l("Note"))
    note_en = LongTextField(_l("Note in English"))
    affiliations = FieldList(FormField(AffiliationForm), _l("Parties"))
    memberships = FieldList(FormField(MembershipForm), _l("Committees and offices"))

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Fill in terms, districts, parties and committees."""
        self.term_id.choices = term_choices(session)
        self.district_id.choices = _or_none(_l("None, or not known"), district_choices(session))
        parties = _or_none(_l("No party"), party_choices(session))
        committees = _or_none(_l("No committee"), committee_choices(session))
        for entry in self.affiliations:
            entry.form.party_id.choices = parties
        for entry in self.memberships:
            entry.form.committee_id.choices = committees

    def values(self) -> dict[str, Any]:
        """Return what was written; first consonants that are left empty are the name's."""
        values = super().values()
        return values | {"initials": values["initials"] or initials(values["name"] or "")}


class RemitForm(PartForm):
    """An office that a committee watches over."""

    needed = ("name",)

    name = StringField(_l("Office"), validators=[Length(max=160)])
    name_en = StringField(_l("Office in English"), validators=[Length(max=160)])
    is_removed = BooleanField(_l("Take it away"))


class CommitteeForm(DeskForm):
    """What staff write of a committee."""

    position = NumberField(
        _l("Place in lists"), description=_POSITION, validators=[REQUIRED, NumberRange(min=1)]
    )
    name = StringField(_l("Name"), validators=[REQUIRED, Length(max=160)])
    name_en = StringField(_l("Name in English"), validators=[Length(max=160)])
    kind = SelectField(_l("Kind"), choices=lambda: choices(words.COMMITTEE_WORDS))
    starts_on = _day(_l("First day"))
    ends_on = _day(_l("Last day"))
    remits = FieldList(FormField(RemitForm), _l("What it watches over"))
    is_remit_complete = BooleanField(_l("This is the whole list of what it watches over"))
    remit_as_of = StringField(
        _l("The list is of"), description=PARTIAL_DATE, validators=[is_partial_date]
    )
    note = LongTextField(_l("Note"))
    note_en = LongTextField(_l("Note in English"))

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse an end before the beginning.

        :raise ValidationError: with what would fit
        """
        _check_span(self.starts_on.data, field.data)


class DutyForm(PartForm):
    """Something a unit does."""

    needed = ("text",)

    text = StringField(_l("Duty"), validators=[Length(max=600)])
    text_en = StringField(_l("Duty in English"), validators=[Length(max=600)])
    is_removed = BooleanField(_l("Take it away"))


class UnitForm(DeskForm):
    """What staff write of a unit of the secretariat, and how it is reached."""

    name = StringField(_l("Name"), validators=[REQUIRED, Length(max=120)])
    name_en = StringField(_l("Name in English"), validators=[Length(max=120)])
    kind = SelectField(_l("Kind"), choices=lambda: choices(words.UNIT_WORDS))
    parent_id = _one_of(_l("Part of"))
    position = NumberField(
        _l("Place in lists"), description=_POSITION, validators=[REQUIRED, NumberRange(min=1)]
    )
    phone = StringField(_l("Telephone"), validators=[Length(max=40)])
    opening_hours = StringField(
        _l("Hours"),
        description=_l("Such as Mo-Fr 09:00-18:00; Sa 10:00-12:00. Holidays are left out."),
        validators=[Length(max=120)],
    )
    address = StringField(_l("Address"), validators=[Length(max=300)])
    address_en = StringField(_l("Address in English"), validators=[Length(max=300)])
    duties = FieldList(FormField(DutyForm), _l("Duties"))

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Fill in the units that it may be a part of."""
        units = unit_choices(session, but=row.id if row else None)
        self.parent_id.choices = _or_none(_l("No other unit"), units)

    def validate_opening_hours(self, field: StringField) -> None:
        """Refuse hours that the page could not tell open or closed by.

        :raise ValidationError: with what would fit
        """
        if not (field.data or "").strip():
            return
        try:
            parse_hours(field.data.strip())
        except ValueError:
            raise ValidationError(_l("Write hours such as Mo-Fr 09:00-18:00.")) from None
