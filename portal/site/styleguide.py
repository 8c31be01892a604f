"""Samples for the style guide: one of each thing, none of them a fact."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core.i18n import WEEKDAYS, page_language
from portal.council.contact import Contact
from portal.council.hours import OpeningState
from portal.council.seating import SeatPosition, seat_positions

#: A made-up session of 24 days that is eight days old.
SESSION_DAYS = "PAAAOOAAAAAOOPPCCCOOCCCP"
KINDS = {"P": "plenary", "A": "audit", "C": "committee", "O": "off"}
TICK_WORDS = {"P": _l("Plenary"), "A": _l("Audit"), "C": _l("Committee"), "O": _l("Day off")}
TODAY_INDEX = 7


@dataclass(frozen=True)
class SampleDay:
    """One tick of the sample ruler."""

    on: date
    kind: str
    tense: str


@dataclass(frozen=True)
class SampleStage:
    """One stage of the sample ruler."""

    name: str
    first_index: int
    last_index: int
    dates: str


@dataclass(frozen=True)
class SampleEntry:
    """One event of the sample month."""

    title: str
    state: str
    meta: str = ""
    url: str = "#calendar"
    kind: str = "event"
    is_plenary: bool = False
    moved_to_url: str | None = None


@dataclass(frozen=True)
class SampleMonthDay:
    """One day of the sample month."""

    on: date
    in_month: bool
    is_today: bool
    is_off: bool
    holiday_name: str | None
    tick_kind: str | None
    tense: str
    tick_word: str
    today_label: str
    entries: tuple[SampleEntry, ...]
    more_count: int
    url: str = "#calendar"


@dataclass(frozen=True)
class SampleMonth:
    """The sample month."""

    year: int
    month: int
    title: str
    weekday_names: tuple[str, ...]
    weeks: tuple[tuple[SampleMonthDay, ...], ...]

    @property
    def days_with_entries(self) -> tuple[SampleMonthDay, ...]:
        """Return the days on which something is on."""
        return tuple(day for week in self.weeks for day in week if day.entries and day.in_month)


@dataclass(frozen=True)
class SampleLink:
    """A link of the navigation components."""

    label: str
    url: str = "#navigation"
    is_current: bool = False
    count: int | None = None
    number: int = 0


@dataclass(frozen=True)
class SampleYearMonth:
    """A month of the sample year strip."""

    label: str
    url: str
    is_current: bool
    blocks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class SampleGroup:
    """A party of the sample council."""

    name: str
    count: int
    is_vacant: bool = False


class SampleForm(Form):
    """One field of each kind."""

    place = TextAreaField(_l("Where was it?"), description=_l("An address or a building near by."))
    name = StringField(_l("Your name"))
    area = SelectField(
        _l("District"), choices=[SelectChoice("1", _l("Central")), SelectChoice("2", _l("North"))]
    )
    manner = RadioField(
        _l("How shall we answer?"),
        choices=[SelectChoice("mail", _l("By mail")), SelectChoice("post", _l("By post"))],
    )
    topics = SelectMultipleField(
        _l("Topics"),
        choices=[SelectChoice("traffic", _l("Traffic")), SelectChoice("parks", _l("Parks"))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    year = IntegerField(_l("Year"))
    month = IntegerField(_l("Month"))
    day = IntegerField(_l("Day"))
    agreed = BooleanField(_l("I have read what is kept and for how long."))


@dataclass(frozen=True)
class Samples:
    """Everything the style guide shows."""

    days: tuple[SampleDay, ...]
    stages: tuple[SampleStage, ...]
    one_day: tuple[SampleDay, ...]
    month: SampleMonth
    months: tuple[SampleYearMonth, ...]
    groups: tuple[SampleGroup, ...]
    positions: tuple[SeatPosition, ...]
    contact: Contact
    links: tuple[SampleLink, ...]
    counted_links: tuple[SampleLink, ...]
    pages: tuple[SampleLink | None, ...]
    form: SampleForm
    failed_form: SampleForm


def build_samples(today: date) -> Samples:
    """Return the samples; their session began seven days before today."""
    first = today - timedelta(days=TODAY_INDEX)
    groups = (
        SampleGroup(_("Sample party %(number)s", number=1), 31),
        SampleGroup(_("Sample party %(number)s", number=2), 14),
        SampleGroup(_("Sample party %(number)s", number=3), 6),
        SampleGroup(_("Sample party %(number)s", number=4), 4),
        SampleGroup(_("Sample party %(number)s", number=5), 3),
        SampleGroup(_("Sample party %(number)s", number=6), 2),
        SampleGroup(_("No party"), 1),
        SampleGroup(_("Vacant"), 2, is_vacant=True),
    )
    return Samples(
        days=tuple(_day(first, index) for index in range(len(SESSION_DAYS))),
        stages=(
            SampleStage(_("Audit"), 1, 10, "1–10"),
            SampleStage(_("Questions"), 13, 14, "13–14"),
            SampleStage(_("Bills"), 15, 22, "15–22"),
        ),
        one_day=(SampleDay(today, "plenary", "today"),),
        month=_month(today),
        months=tuple(
            SampleYearMonth(str(n), "#calendar", n == today.month, ((n * 5, 20),) if n % 3 else ())
            for n in range(1, 13)
        ),
        groups=groups,
        positions=seat_positions(sum(group.count for group in groups)),
        contact=_contact(today),
        links=(
            SampleLink("A", is_current=True),
            SampleLink("B"),
            SampleLink("C"),
        ),
        counted_links=(
            SampleLink("A", is_current=True, count=16),
            SampleLink("B", count=4),
            SampleLink("C", count=0),
        ),
        pages=(
            SampleLink("1", number=1),
            SampleLink("2", number=2, is_current=True),
            None,
            SampleLink("9", number=9),
        ),
        form=SampleForm(prefix="good-"),
        failed_form=_failed_form(),
    )


def _contact(today: date) -> Contact:
    closes_at = datetime.combine(today, time(18), ZoneInfo("Asia/Seoul"))
    return Contact(
        name="의사담당관",
        name_en="Proceedings Division",
        phone="02-000-0000",
        opening_hours="Mo-Fr 09:00-18:00",
        address=None,
        address_en=None,
        opening=OpeningState(is_open=True, changes_at=closes_at),
    )


def _day(first: date, index: int) -> SampleDay:
    tense = "past" if index < TODAY_INDEX else "today" if index == TODAY_INDEX else "future"
    return SampleDay(first + timedelta(days=index), KINDS[SESSION_DAYS[index]], tense)


def _month(today: date) -> SampleMonth:
    language = page_language()
    weeks = Calendar(firstweekday=6).monthdatescalendar(today.year, today.month)
    return SampleMonth(
        today.year,
        today.month,
        f"{today:%Y-%m}",
        (WEEKDAYS[language][6], *WEEKDAYS[language][:6]),
        tuple(tuple(_month_day(on, today) for on in week) for week in weeks),
    )


def _month_day(on: date, today: date) -> SampleMonthDay:
    index = (on - today).days + TODAY_INDEX
    inside = 0 <= index < len(SESSION_DAYS)
    tense = "past" if on < today else "today" if on == today else "future"
    return SampleMonthDay(
        on=on,
        in_month=on.month == today.month,
        is_today=on == today,
        is_off=on.weekday() > 4,
        holiday_name=str(_l("Holiday")) if index == 12 else None,
        tick_kind=KINDS[SESSION_DAYS[index]] if inside else None,
        tense=tense,
        tick_word=str(TICK_WORDS[SESSION_DAYS[index]]) if inside else "",
        today_label=str(_l("Today")) if on == today else "",
        entries=_entries(index),
        more_count=2 if index == 0 else 0,
    )


def _entries(index: int) -> tuple[SampleEntry, ...]:
    return {
        0: (
            SampleEntry(_("Plenary"), "held", "10:00", is_plenary=True),
            SampleEntry(_("Meeting"), "unconfirmed"),
            SampleEntry(_("Event"), "held"),
        ),
        7: (SampleEntry(_("Audit"), "now", _("Room 1")),),
        9: (SampleEntry(_("Meeting"), "moved", moved_to_url="#calendar"),),
        13: (SampleEntry(_("Questions"), "planned", is_plenary=True),),
        15: (SampleEntry(_("Forum"), "cancelled"),),
    }.get(index, ())


def _failed_form() -> SampleForm:
    form = SampleForm(
        prefix="bad-", data={"place": "900000-1……", "name": "", "year": 2020, "month": 15}
    )
    form.month.errors = [_l("Enter a month from 1 to 12. It says “15”.")]
    form.place.errors = [_l("Remove the number that looks like a resident number.")]
    form.manner.errors = [_l("Choose how you want the answer.")]
    form.agreed.errors = [_l("Please read it and tick the box.")]
    return form
