"""The desk of hearings: what citizens read of one; sign-ups have a board of their own."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    SelectField,
    StringField,
    TimeField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from portal.accounts.rules import Place
from portal.core.clock import real_now, today
from portal.core.params import FIRST_YEAR, LAST_YEAR
from portal.core.slugs import free_slug
from portal.council.desk_places import committee_place, member_place
from portal.council.member_entries import offer_members
from portal.council.queries.choices import committee_choices, member_choices
from portal.hearings import words
from portal.hearings.models import Hearing
from portal.hearings.queries.choices import bill_choices, programme_choices
from portal.hearings.rules.kinds import HearingKind
from portal.hearings.staff.lines import OrderForm, SpeakerForm, check_lines
from portal.legislation.queries.choices import ordinance_choices
from portal.moderation.desks import Desk, PageAddress
from portal.moderation.fields import (
    REQUIRED,
    REQUIRED_TEXT,
    WEB_ADDRESS,
    NumberField,
    check_years,
    choices,
    number_or_none,
)
from portal.moderation.forms import FilesForm, LongTextField
from portal.moderation.models import Publishable

_NAME = (Length(max=200),)
_MOST_PEOPLE = 99_999


class HearingForm(FilesForm):
    """What staff write of a hearing."""

    kind = SelectField(
        _l("Kind"),
        choices=lambda: [("", ""), *choices(words.KINDS)],
        default="",
        validators=[REQUIRED],
    )
    title = StringField(_l("Title"), validators=[REQUIRED_TEXT, Length(max=300)])
    title_en = StringField(_l("Title in English"), validators=[Length(max=300)])
    topic = LongTextField(_l("What it is about, and why people should come"))
    topic_en = LongTextField(_l("What it is about, in English"))
    is_own = BooleanField(
        _l("The council holds it"),
        description=_l("Left out: others hold it, and a member takes part."),
        default=True,
    )
    host = StringField(_l("Host, as announced"), validators=_NAME)
    host_en = StringField(_l("Host in English"), validators=_NAME)
    committee_id = SelectField(_l("Committee that holds it"), coerce=number_or_none)
    member_id = SelectField(_l("Member who holds it, or takes part"), coerce=number_or_none)
    bill_id = SelectField(_l("Bill it is about"), coerce=number_or_none)
    ordinance_id = SelectField(_l("Ordinance it is about"), coerce=number_or_none)
    fiscal_year = NumberField(
        _l("Year of the budget or accounts it is about"),
        validators=[Optional(), NumberRange(min=FIRST_YEAR, max=LAST_YEAR)],
    )
    programme_id = SelectField(_l("Work programme"), coerce=number_or_none)
    starts_on = DateField(_l("Day"), validators=[REQUIRED, check_years])
    starts_time = TimeField(
        _l("Begins at"), description=_l("Empty: not known."), validators=[Optional()]
    )
    ends_time = TimeField(
        _l("Ends at"), description=_l("Empty: not known."), validators=[Optional()]
    )
    place = StringField(_l("Venue"), validators=_NAME)
    place_en = StringField(_l("Venue in English"), validators=_NAME)
    directions = LongTextField(_l("Way to the room"))
    directions_en = LongTextField(_l("Way to the room, in English"))
    online_url = StringField(_l("Web address to take part online"), validators=WEB_ADDRESS)
    has_sign_language = BooleanField(_l("With sign language"))
    has_captions = BooleanField(_l("With captions"))
    wheelchair_places = NumberField(
        _l("Places for wheelchairs"),
        description=_l("Empty: not known."),
        validators=[Optional(), NumberRange(min=0, max=_MOST_PEOPLE)],
    )
    accessibility = LongTextField(_l("What else people with disabilities find"))
    accessibility_en = LongTextField(_l("What else they find, in English"))
    outcome = LongTextField(
        _l("What became of it"), description=_l("It is shown only after the day.")
    )
    outcome_en = LongTextField(_l("What became of it, in English"))
    response = LongTextField(
        _l("What the council did with what was said"),
        description=_l("It is shown only after the day."),
    )
    response_en = LongTextField(_l("What the council did, in English"))
    attendance = NumberField(
        _l("People who came"), validators=[Optional(), NumberRange(min=0, max=_MOST_PEOPLE)]
    )
    video_url = StringField(_l("Web address of the video"), validators=WEB_ADDRESS)
    minutes_url = StringField(_l("Web address of the minutes"), validators=WEB_ADDRESS)
    papers_url = StringField(_l("Web address of the papers"), validators=WEB_ADDRESS)
    announced_on = DateField(
        _l("Announced on"),
        description=_l("From this day on the public sees it. Empty: only from its own day."),
        default=today,
        validators=[Optional(), check_years],
    )
    note = LongTextField(_l("Remark that everybody reads"))
    note_en = LongTextField(_l("Remark in English"))
    running_order = FieldList(FormField(OrderForm), _l("Running order"))
    speakers = FieldList(FormField(SpeakerForm), _l("Who speaks"))

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Fill in committees, members, bills, ordinances and work programmes."""
        own = row if isinstance(row, Hearing) else None
        members = member_choices(session)
        none = ("", _("None"))
        self.committee_id.choices = [none, *committee_choices(session)]
        self.member_id.choices = [none, *members]
        self.bill_id.choices = [none, *bill_choices(session, own.bill_id if own else None)]
        of_hearing = own.ordinance_id if own else None
        self.ordinance_id.choices = [none, *ordinance_choices(session, of_hearing)]
        programme = own.programme_id if own else None
        self.programme_id.choices = [none, *programme_choices(session, programme)]
        offer_members(self.speakers, members)

    def validate_ends_time(self, field: TimeField) -> None:
        """Refuse an end without, or before, the beginning.

        :raise ValidationError: with what to do
        """
        begin = self.starts_time.data
        if field.data and begin is None:
            raise ValidationError(_("Write when it begins, too."))
        if field.data and field.data <= begin:
            raise ValidationError(_("It ends before it begins. Choose a later end."))

    def validate_member_id(self, field: SelectField) -> None:
        """Refuse a host that is a committee and a member at once.

        :raise ValidationError: both were chosen
        """
        if field.data and self.committee_id.data:
            raise ValidationError(_("Choose the committee or the member; not both."))

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Say whether all fields fit, and each speaker's line is there."""
        is_fine = super().validate(extra_validators)
        check_lines(self.running_order, self.speakers)
        return is_fine and not self.speakers.errors


def create_hearing(session: Session, values: Mapping[str, Any]) -> Hearing:
    """Make a draft whose address is its kind, its day, and a number where that is taken."""
    kind, day = HearingKind(values["kind"]), values["starts_on"]
    stem = f"{kind.value.replace('_', '-')}-{day:%Y-%m-%d}"
    row = Hearing(
        slug=free_slug(session, Hearing, stem),
        kind=kind,
        title=values["title"],
        starts_on=day,
        changed_at=real_now(),
    )
    session.add(row)
    session.flush()
    return row


def page_of_hearing(row: Hearing) -> PageAddress:
    """Return where a hearing is shown."""
    return "hearings.show_hearing", {"slug": row.slug}


def place_of_hearing(
    session: Session, row: Hearing | None, written: Mapping[str, Any]
) -> Place | None:
    """Return the committee or member whose hearing it is, None when it is the whole council's."""
    return committee_place(session, row, written) or member_place(session, row, written)


DESK = Desk(
    model=Hearing,
    label=_l("Hearings and discussions"),
    form=HearingForm,
    order=("-starts_on", "-id"),
    page=page_of_hearing,
    create=create_hearing,
    add_label=_l("Add a hearing"),
    place=place_of_hearing,
    day=lambda row: row.starts_on,
)
