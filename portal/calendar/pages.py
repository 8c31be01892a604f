"""What the calendar's pages show: frozen rows read by ``queries``, and what is made of them."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.calendar.rules import (
    DateChange,
    DayKind,
    DayMix,
    DaySpan,
    EventKind,
    EventState,
    SessionKind,
    Stage,
    Tense,
    TickDay,
)
from portal.core.citations import SourceLine
from portal.council.rules import Nature


@dataclass(frozen=True)
class SessionRow:
    """A session as the data name it.

    :ivar days: the printed number of its days; ``printed`` is the printed mix
    :ivar first_announced_on: when the first of its events was announced; None when none was
    """

    id: int
    number: int
    kind: SessionKind
    starts_on: date
    ends_on: date
    days: int
    printed: DayMix
    spans: tuple[DaySpan, ...]
    note: str | None
    note_en: str | None
    first_announced_on: date | None
    sequence: int
    changed_at: datetime


@dataclass(frozen=True)
class BusinessLine:
    """A line of a session's order of business, or of an event's agenda."""

    text: str
    text_en: str | None


@dataclass(frozen=True)
class EventRow:
    """An event as it was known on a day.

    :ivar body: the committee or other body that meets; None when it is the whole council
    :ivar starts_at: aware time; None when only the day is known
    :ivar changes: what happened to its dates by that day, in order
    :ivar outcome: None until it ended
    :ivar withdrawn_at: when it was taken off the site; None while it is public
    """

    id: int
    slug: str
    kind: EventKind
    title: str
    title_en: str | None
    session_number: int | None
    committee_slug: str | None
    body: str | None
    body_en: str | None
    starts_on: date
    ends_on: date
    starts_at: datetime | None
    place: str | None
    place_en: str | None
    host: str | None
    host_en: str | None
    summary: str | None
    summary_en: str | None
    outcome: str | None
    outcome_en: str | None
    items: int | None
    stage: str | None
    stage_en: str | None
    watch_url: str | None
    minutes_url: str | None
    papers_url: str | None
    attend: str | None
    attend_en: str | None
    nature: Nature
    note: str | None
    note_en: str | None
    announced_on: date | None
    state: EventState
    changes: tuple[DateChange, ...]
    sequence: int
    changed_at: datetime
    withdrawn_at: datetime | None
    source: SourceLine | None


@dataclass(frozen=True)
class CommitteeTime:
    """A committee and the last day of its work; None while that is open."""

    slug: str
    name: str
    name_en: str | None
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Neighbour:
    """The event before or after another one."""

    slug: str
    title: str
    title_en: str | None
    starts_on: date


@dataclass(frozen=True)
class Entry:
    """One line of a month, day or agenda, in the page's language.

    :ivar title: text or markup
    :ivar meta: place, time or dates; may be empty
    :ivar body: slug of the committee that meets, None for all others
    :ivar state: word for the badge: an event's state, ``moved``, or empty for none
    :ivar moved_to_url: address of the new date of a moved event
    """

    on: date
    title: str
    url: str
    meta: str
    kind: EventKind
    state: str
    body: str | None = None
    body_name: str = ""
    moved_to_url: str | None = None

    @property
    def is_plenary(self) -> bool:
        """Say whether the whole council meets."""
        return self.kind in (EventKind.PLENARY, EventKind.QUESTIONS)


@dataclass(frozen=True)
class AgendaDay:
    """A day with its entries in a list.

    :ivar note: such as ``in 8 days``; may be empty
    """

    on: date
    is_today: bool
    tense: Tense
    note: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class MonthDay:
    """A cell of the month.

    :ivar in_month: False for the days of other months that fill the first and last week
    :ivar tick_kind: kind of a session day, None outside sessions
    :ivar more_count: entries that do not fit into the cell
    """

    on: date
    in_month: bool
    is_today: bool
    is_off: bool
    holiday_name: str
    tick_kind: DayKind | None
    tense: Tense
    tick_word: str
    today_label: str
    entries: tuple[Entry, ...]
    more_count: int
    url: str
    note: str = ""


@dataclass(frozen=True)
class Month:
    """A month as a table of weeks; the list is made of the days with entries."""

    year: int
    month: int
    title: str
    weekday_names: tuple[str, ...]
    weeks: tuple[tuple[MonthDay, ...], ...]

    @property
    def days_with_entries(self) -> tuple[MonthDay, ...]:
        """Return the days on which something is."""
        return tuple(day for week in self.weeks for day in week if day.entries)


@dataclass(frozen=True)
class YearMonth:
    """A month in the strip of the year.

    :ivar blocks: begin and width in percent of the month for each session in it
    """

    label: str
    url: str
    is_current: bool
    blocks: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Choice:
    """A filter or tab: where it leads and how much is there."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True)
class Step:
    """An event on a session's timeline.

    :ivar state: ``done``, ``now``, ``coming`` or ``cancelled``
    """

    state: str
    dates: str
    title: str
    text: str
    word: str
    url: str


@dataclass(frozen=True)
class SessionStanding:
    """Where the council stands on a day: in a session, before the next one, or neither.

    :ivar row: the session under way, or the next one that was announced; None when there is none
    :ivar is_under_way: whether the day lies in it
    :ivar days: its ruler; empty out of session and when the printed mix does not close
    :ivar today_index: place of today on the ruler, from 0
    :ivar title: name of the session; empty when there is none
    :ivar headline: one sentence on what is on today
    :ivar sentence: the strip's words, with a link
    :ivar picture_sentence: what the ruler shows, for those who don't see it
    :ivar today_label: words at today's tick; empty out of session
    :ivar url: address of the session, or of the calendar
    :ivar next_entry: the next event of this session; None when there is none
    """

    row: SessionRow | None
    is_under_way: bool
    day: date
    days: tuple[TickDay, ...]
    today_index: int | None
    stages: tuple[Stage, ...]
    kind_today: DayKind | None
    title: str
    headline: str
    sentence: str
    picture_sentence: str
    today_label: str
    url: str
    next_entry: Entry | None

    @property
    def day_number(self) -> int | None:
        """Return which day of the session it is, from 1; None out of session."""
        return (self.day - self.row.starts_on).days + 1 if self.row and self.is_under_way else None

    @property
    def total_days(self) -> int | None:
        """Return the printed number of the session's days."""
        return self.row.days if self.row else None

    @property
    def days_left(self) -> int | None:
        """Return how many days come after today; None out of session."""
        return (self.row.ends_on - self.day).days if self.row and self.is_under_way else None

    @property
    def starts_in_days(self) -> int | None:
        """Return in how many days the next session begins; None within one or when unknown."""
        if self.row is None or self.is_under_way:
            return None
        return (self.row.starts_on - self.day).days

    @property
    def mix(self) -> tuple[tuple[str, int], ...]:
        """Return the printed mix of days, by kind."""
        return mix_by_kind(self.row.printed) if self.row else ()


@dataclass(frozen=True)
class RecentChange:
    """An event that was moved or cancelled lately.

    :ivar sentence: what happened, in the page's language
    """

    on: date
    title: str
    url: str
    sentence: str


@dataclass(frozen=True)
class FeedLink:
    """A feed to subscribe to.

    :ivar key: unique on its page, for the label of its field
    """

    key: str
    name: str
    address: str
    webcal: str


@dataclass(frozen=True)
class RoomRow:
    """A room that is given out, or was.

    :ivar capacity: so many people may be in it; None: not known
    """

    id: int
    slug: str
    name: str
    name_en: str | None
    building: str | None
    building_en: str | None
    capacity: int | None
    is_open: bool


@dataclass(frozen=True)
class Booking:
    """A room that an event has.

    :ivar is_cancelled: the event was cancelled and has not given its room back
    """

    room_id: int
    event_id: int
    event_slug: str
    kind: EventKind
    title: str
    title_en: str | None
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool


@dataclass(frozen=True)
class Sitting:
    """A plenary sitting that something else would stand beside.

    :ivar starts_at: aware time on its first day; None when only the day is known
    """

    event_id: int
    event_slug: str
    kind: EventKind
    title: str
    title_en: str | None
    starts_on: date
    ends_on: date
    starts_at: datetime | None


@dataclass(frozen=True)
class RoomWeek:
    """A room with the days of a week on which somebody has it."""

    room: RoomRow
    days: tuple[AgendaDay, ...]


def mix_by_kind(mix: DayMix) -> tuple[tuple[str, int], ...]:
    """Return a mix of days as pairs of kind and number, in the order of the ruler's key."""
    return (
        (DayKind.PLENARY.value, mix.plenary),
        (DayKind.AUDIT.value, mix.audit),
        (DayKind.COMMITTEE.value, mix.committee),
        (DayKind.OFF.value, mix.off),
    )
