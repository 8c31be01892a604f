"""The desk of events: sittings and others with their agenda; they are moved and cancelled here."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from portal.calendar.models import CouncilSession, Event
from portal.calendar.rules import ChangeKind, EventKind, Held, can_happen, changes_between
from portal.calendar.staff.lines import MOST, LineForm, check_order
from portal.calendar.words import held_choices, kind_choices, refusal_of, session_name
from portal.core.clock import real_now, today
from portal.core.i18n import plain
from portal.core.slugs import free_slug
from portal.council.desk_places import committee_place
from portal.council.models import Committee
from portal.council.rules import Nature
from portal.moderation.desks import Desk, PageAddress
from portal.moderation.fields import (
    NEEDED_SOMETIMES,
    REQUIRED,
    REQUIRED_TEXT,
    WEB_ADDRESS,
    NumberField,
    check_years,
    number_or_none,
)
from portal.moderation.forms import REASON_LENGTH, DeskForm, LongTextField
from portal.moderation.models import Publishable, keep_values

_NAME = (Length(max=200),)


class EventForm(DeskForm):
    """What staff write of an event.

    :ivar event: the one that is written; None: a new one
    """

    event: Event | None = None

    kind = SelectField(
        _l("Kind"), choices=lambda: [("", ""), *kind_choices()], default="", validators=[REQUIRED]
    )
    title = StringField(_l("Title"), validators=[REQUIRED_TEXT, Length(max=300)])
    title_en = StringField(_l("Title in English"), validators=[Length(max=300)])
    session_id = SelectField(_l("Session"), coerce=number_or_none)
    committee_id = SelectField(_l("Committee"), coerce=number_or_none)
    body = StringField(_l("Another body that meets"), validators=[Length(max=160)])
    body_en = StringField(_l("Another body, in English"), validators=[Length(max=160)])
    starts_on = DateField(_l("First day"), validators=[REQUIRED, check_years])
    ends_on = DateField(_l("Last day"), validators=[REQUIRED, check_years])
    starts_time = TimeField(
        _l("Begins at"),
        description=_l("Time of the first day. Empty: not known."),
        validators=[Optional()],
    )
    is_cancelled = BooleanField(_l("It was cancelled"))
    place = StringField(_l("Venue"), validators=_NAME)
    place_en = StringField(_l("Venue in English"), validators=_NAME)
    host = StringField(_l("Host"), validators=_NAME)
    host_en = StringField(_l("Host in English"), validators=_NAME)
    announced_on = DateField(
        _l("Announced on"),
        description=_l("From this day on the public sees it. Empty: only from its first day."),
        default=today,
        validators=[Optional(), check_years],
    )
    held = SelectField(_l("Did it take place?"), choices=held_choices, default=Held.UNKNOWN.value)
    summary = LongTextField(_l("What it is about"))
    summary_en = LongTextField(_l("What it is about, in English"))
    outcome = LongTextField(
        _l("What became of it"), description=_l("It is shown only after the last day.")
    )
    outcome_en = LongTextField(_l("What became of it, in English"))
    items = NumberField(
        _l("Number of items on the agenda"), validators=[Optional(), NumberRange(min=0, max=MOST)]
    )
    stage = StringField(_l("Short name on the session’s ruler"), validators=[Length(max=80)])
    stage_en = StringField(_l("Short name in English"), validators=[Length(max=80)])
    watch_url = StringField(_l("Web address to watch it"), validators=WEB_ADDRESS)
    minutes_url = StringField(_l("Web address of the minutes"), validators=WEB_ADDRESS)
    papers_url = StringField(_l("Web address of the papers"), validators=WEB_ADDRESS)
    attend = LongTextField(_l("How to attend"))
    attend_en = LongTextField(_l("How to attend, in English"))
    note = LongTextField(_l("Remark that everybody reads"))
    note_en = LongTextField(_l("Remark in English"))
    agenda = FieldList(FormField(LineForm), _l("Agenda"))
    change_note = TextAreaField(
        _l("What did you change, and why?"),
        description=_l(
            "Needed where a public event moves or is cancelled: people who planned to come read it."
        ),
        validators=[REASON_LENGTH, NEEDED_SOMETIMES],
    )

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Offer the sessions and committees there are; know what is written."""
        self.event = row if isinstance(row, Event) else None
        self.session_id.choices = _session_choices(session, self.event)
        self.committee_id.choices = _committee_choices(session, self.event)

    def validate_starts_on(self, _field: DateField) -> None:
        """Refuse to move what can’t be moved.

        :raise ValidationError: it is over or was cancelled
        """
        self._check_may_happen(ChangeKind.MOVED)

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse a last day before the first one.

        :raise ValidationError: the days are in the wrong order
        """
        check_order(self, field)

    def validate_is_cancelled(self, field: BooleanField) -> None:
        """Refuse to cancel what the public never knew or what took place, and to take it back.

        :raise ValidationError: with what to do instead
        """
        was_cancelled = self.event is not None and self.event.is_cancelled
        if was_cancelled and not field.data:
            raise ValidationError(_("A cancelled event stays cancelled. Write a new one instead."))
        if field.data and not was_cancelled and not (self.event and self.event.is_public):
            raise ValidationError(_("Only a public event is cancelled. A draft is thrown away."))
        self._check_may_happen(ChangeKind.CANCELLED)

    def validate_change_note(self, field: TextAreaField) -> None:
        """Refuse to move or cancel without a reason.

        :raise ValidationError: it is missing
        """
        if self._changes() and not (field.data or "").strip():
            raise ValidationError(_("Write the reason: people who planned to come will read it."))

    def _changes(self) -> tuple[ChangeKind, ...]:
        """Return what saving proposes for the dates of a public event."""
        if self.event is None or not self.event.is_public:
            return ()
        before = self.event.kept_values()
        fields = (self.starts_on, self.ends_on, self.is_cancelled)
        written = keep_values(Event, {field.short_name: field.data for field in fields})
        return changes_between(before, before | written)

    def _check_may_happen(self, kind: ChangeKind) -> None:
        if self.event is None or kind not in self._changes():
            return
        if not can_happen(self.event.state_with(self.event.kept_values(), today()), kind):
            raise ValidationError(refusal_of(kind))


def create_event(session: Session, values: Mapping[str, Any]) -> Event:
    """Make a draft whose address is its kind, its day, and a number where that is taken."""
    kind, day = EventKind(values["kind"]), values["starts_on"]
    row = Event(
        slug=free_slug(session, Event, f"{kind.value}-{day:%Y-%m-%d}"),
        kind=kind,
        title=values["title"],
        starts_on=day,
        ends_on=values["ends_on"],
        held=Held.UNKNOWN,
        nature=Nature.STATED,
        changed_at=real_now(),
    )
    session.add(row)
    session.flush()
    return row


def page_of_event(row: Event) -> PageAddress:
    """Return where an event is shown."""
    return "calendar.show_event", {"slug": row.slug}


def _session_choices(session: Session, event: Event | None) -> list[tuple[str, str]]:
    """Return the public sessions and the event's own one, the newest first."""
    own = event.session_id if event else None
    numbers = session.execute(
        select(CouncilSession.id, CouncilSession.number)
        .where(or_(CouncilSession.is_published(), CouncilSession.id == own))
        .order_by(CouncilSession.number.desc())
    )
    return [("", _("None")), *((str(id_), session_name(number)) for id_, number in numbers)]


def _committee_choices(session: Session, event: Event | None) -> list[tuple[str, str]]:
    """Return the public committees and the event's own one, in their order."""
    own = event.committee_id if event else None
    names = session.execute(
        select(Committee.id, Committee.name, Committee.name_en)
        .where(or_(Committee.is_published(), Committee.id == own))
        .order_by(Committee.position)
    )
    return [("", _("None")), *((str(id_), plain(name, name_en)) for id_, name, name_en in names)]


DESK = Desk(
    model=Event,
    label=_l("Sittings and events"),
    form=EventForm,
    order=("-starts_on", "-id"),
    page=page_of_event,
    create=create_event,
    add_label=_l("Add a sitting or event"),
    place=committee_place,
    day=lambda row: row.starts_on,
)
