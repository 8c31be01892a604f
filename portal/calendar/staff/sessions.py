"""The desk of sessions: their days and order of business. What is printed must add up."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import DateField, FieldList, FormField, SelectField
from wtforms.validators import NumberRange, Optional, ValidationError

from portal.calendar.models import CouncilSession
from portal.calendar.pages import mix_by_kind
from portal.calendar.rules import (
    DayKind,
    DayMix,
    DaySpan,
    count_days,
    days_between,
    days_without_kind,
    tick_days,
)
from portal.calendar.staff.lines import MOST, LineForm, check_order
from portal.calendar.words import (
    day_kind_name,
    nature_choices,
    session_kind_choices,
    session_name,
    span_kind_choices,
)
from portal.core.clock import real_now
from portal.core.holidays import is_weekend
from portal.core.i18n import page_language, write_day
from portal.council.holidays import holidays_between
from portal.council.queries import find_council
from portal.moderation.desks import Desk, PageAddress
from portal.moderation.fields import REQUIRED, NumberField, check_years
from portal.moderation.forms import DeskForm, EntryForm, LongTextField
from portal.moderation.models import Publishable

_COUNT = (REQUIRED, NumberRange(min=0, max=366))


class SpanForm(EntryForm):
    """Days of one kind."""

    needed: ClassVar[tuple[str, ...]] = ("starts_on", "ends_on", "kind", "nature")

    starts_on = DateField(_l("First day"), validators=[Optional()])
    ends_on = DateField(_l("Last day"), validators=[Optional()])
    kind = SelectField(_l("What the days are for"), choices=span_kind_choices)
    nature = SelectField(_l("Where this is known from"), choices=nature_choices)

    @property
    def span(self) -> DaySpan | None:
        """Return the days as they were written; None for an empty entry."""
        if not (self.starts_on.data and self.ends_on.data and self.kind.data):
            return None
        return DaySpan(self.starts_on.data, self.ends_on.data, DayKind(self.kind.data))

    def validate_kind(self, _field: SelectField) -> None:
        """Refuse an entry that is filled in half.

        :raise ValidationError: something of it is missing
        """
        filled = [bool(field.data) for field in self]
        if any(filled) and not all(filled):
            raise ValidationError(_("Fill in all of this entry, or leave all of it empty."))

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse a last day before the first one.

        :raise ValidationError: the days are in the wrong order
        """
        check_order(self, field)


class SessionForm(DeskForm):
    """What staff write of a session.

    :ivar database: where holidays and other sessions are read
    :ivar row_id: of the session that is written; None: a new one
    """

    database: Session
    row_id: int | None = None

    kind = SelectField(_l("Kind"), choices=session_kind_choices)
    number = NumberField(
        _l("Number of the session"), validators=[REQUIRED, NumberRange(min=1, max=MOST)]
    )
    starts_on = DateField(_l("First day"), validators=[REQUIRED, check_years])
    ends_on = DateField(_l("Last day"), validators=[REQUIRED, check_years])
    days = NumberField(_l("All days, as printed"), validators=_COUNT)
    plenary_days = NumberField(_l("Plenary days, as printed"), validators=_COUNT)
    committee_days = NumberField(_l("Committee days, as printed"), validators=_COUNT)
    audit_days = NumberField(_l("Audit days, as printed"), validators=_COUNT)
    off_days = NumberField(_l("Weekends and holidays, as printed"), validators=_COUNT)
    note = LongTextField(_l("Remark that everybody reads"))
    note_en = LongTextField(_l("Remark in English"))
    spans = FieldList(FormField(SpanForm), _l("What its days are for"))
    business = FieldList(FormField(LineForm), _l("Order of business"))

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Know what is written, and where to read what it must agree with."""
        self.database, self.row_id = session, row.id if row else None

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Say whether all fields fit, each for itself and together."""
        if not super().validate(extra_validators):
            return False
        self.form_errors = list(self._contradictions())
        return not self.form_errors

    def validate_number(self, field: NumberField) -> None:
        """Refuse the number of another session.

        :raise ValidationError: it is taken
        """
        others = select(CouncilSession.id).where(CouncilSession.number == field.data)
        if self.database.scalar(others) not in (None, self.row_id):
            raise ValidationError(_("There is a session with this number already."))

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse a last day before the first one.

        :raise ValidationError: the days are in the wrong order
        """
        check_order(self, field)

    def _contradictions(self) -> Iterator[str]:
        """Give sentences about what does not agree within the form and with the calendar."""
        first, last = self.starts_on.data, self.ends_on.data
        spans = [span for entry in self.spans if (span := entry.form.span)]
        misplaced = tuple(_misplaced(first, last, spans))
        if misplaced:
            yield from misplaced
            return
        days_off = self._days_off(first, last)
        days = tick_days(first, last, spans, days_off, first)
        if days is None:
            yield _without_kind(first, last, spans, days_off)
        else:
            yield from _differences(self._printed(), self.days.data, count_days(days))

    def _printed(self) -> DayMix:
        return DayMix(
            plenary=self.plenary_days.data,
            audit=self.audit_days.data,
            committee=self.committee_days.data,
            off=self.off_days.data,
        )

    def _days_off(self, first: date, last: date) -> frozenset[date]:
        council = find_council(self.database)
        country = council.country if council else ""
        named = holidays_between(self.database, first, last, country, "ko")
        return frozenset(d for d in days_between(first, last) if is_weekend(d) or d in named)


def _misplaced(first: date, last: date, spans: list[DaySpan]) -> Iterator[str]:
    """Give sentences about spans that lie outside the session or in each other."""
    ordered = sorted(spans, key=lambda span: span.first)
    for span in ordered:
        if span.first < first or span.last > last:
            yield _("%(days)s lie outside the session.", days=_days(span.first, span.last))
    for before, after in pairwise(ordered):
        if after.first <= before.last:
            yield _(
                "%(one)s and %(other)s overlap. Let one end before the other begins.",
                one=_days(before.first, before.last),
                other=_days(after.first, after.last),
            )


def _without_kind(first: date, last: date, spans: list[DaySpan], days_off: frozenset[date]) -> str:
    """Return a sentence about working days of which nobody says what they are for."""
    days = days_without_kind(first, last, spans, days_off)
    written = ", ".join(write_day(day, page_language(), year=False) for day in days)
    return str(_("Say what these working days are for: %(days)s.", days=written))


def _differences(printed: DayMix, total: int, counted: DayMix) -> Iterator[str]:
    """Give a sentence for each printed number of days that the calendar does not give."""
    both = zip(mix_by_kind(printed), mix_by_kind(counted), strict=True)
    rows = [(day_kind_name(DayKind(kind)), said, has) for (kind, said), (_kind, has) in both]
    for name, said, has in (*rows, (_("All days"), total, counted.total)):
        if said != has:
            yield _(
                "%(name)s: %(printed)s printed, %(counted)s on the calendar, a difference of "
                "%(difference)s. Correct one of the two.",
                name=name,
                printed=said,
                counted=has,
                difference=abs(said - has),
            )


def _days(first: date, last: date) -> str:
    days = [write_day(day, page_language(), year=False) for day in (first, last)]
    return days[0] if first == last else " – ".join(days)


def create_session(session: Session, values: Mapping[str, Any]) -> CouncilSession:
    """Make a draft of a session."""
    own = {name: values[name] for name in CouncilSession.editable_fields}
    row = CouncilSession(**own, changed_at=real_now())
    session.add(row)
    session.flush()
    return row


def page_of_session(row: CouncilSession) -> PageAddress:
    """Return where a session is shown."""
    return "calendar.show_session", {"number": str(row.number)}


DESK = Desk(
    model=CouncilSession,
    label=_l("Sessions of the council"),
    say_title=lambda number: session_name(int(number)),
    form=SessionForm,
    order=("-number",),
    page=page_of_session,
    create=create_session,
    add_label=_l("Add a session"),
    day=lambda row: row.starts_on,
)
