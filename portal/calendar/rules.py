"""Words and pure rules of the calendar: kinds of days and events, and what stands on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class SessionKind(StrEnum):
    """Regular (정례회) and extraordinary (임시회) sessions."""

    REGULAR = "regular"
    EXTRAORDINARY = "extraordinary"


class DayKind(StrEnum):
    """What a day of a session is for."""

    PLENARY = "plenary"
    AUDIT = "audit"
    COMMITTEE = "committee"
    OFF = "off"


class EventKind(StrEnum):
    """What an event is; the filters of the calendar follow these words."""

    PLENARY = "plenary"
    QUESTIONS = "questions"
    AUDIT = "audit"
    COMMITTEE = "committee"
    FORUM = "forum"
    EVENT = "event"


class Held(StrEnum):
    """Whether a source says that an event took place."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ChangeKind(StrEnum):
    """What happened to an event after it was announced."""

    MOVED = "moved"
    CANCELLED = "cancelled"


class EventState(StrEnum):
    """Where an event stands on a day."""

    PLANNED = "planned"
    NOW = "now"
    HELD = "held"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"


class Tense(StrEnum):
    """Where a day lies, seen from the site's day."""

    PAST = "past"
    TODAY = "today"
    FUTURE = "future"


@dataclass(frozen=True)
class TickDay:
    """One day of a session on its ruler."""

    on: date
    kind: DayKind
    tense: Tense


@dataclass(frozen=True)
class Stage:
    """A named part of a session on its ruler.

    :ivar first_index: place of its first day on the ruler, from 0
    :ivar dates: its days in words
    """

    name: str
    first_index: int
    last_index: int
    dates: str


@dataclass(frozen=True)
class DayMix:
    """How many days of each kind a session has."""

    plenary: int
    audit: int
    committee: int
    off: int

    @property
    def total(self) -> int:
        """Return all days."""
        return self.plenary + self.audit + self.committee + self.off


@dataclass(frozen=True)
class DaySpan:
    """Days of one kind, as the data names them; days off within are none of them."""

    first: date
    last: date
    kind: DayKind


def tense_of(day: date, today: date) -> Tense:
    """Return where a day lies, seen from today."""
    if day == today:
        return Tense.TODAY
    return Tense.PAST if day < today else Tense.FUTURE


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Return every day from first to last."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def tick_days(
    first: date, last: date, spans: Iterable[DaySpan], days_off: frozenset[date], today: date
) -> tuple[TickDay, ...] | None:
    """Return the ruler of a session, or None when a working day has no kind.

    A plenary day is one even when a longer span covers it. Days off are weekends and holidays on
    which nothing is named by a span of one day.
    """
    spans = tuple(spans)
    if days_without_kind(first, last, spans, days_off):
        return None
    kinds, days = _kinds_by_day(spans, days_off), days_between(first, last)
    return tuple(TickDay(day, kinds.get(day, DayKind.OFF), tense_of(day, today)) for day in days)


def days_without_kind(
    first: date, last: date, spans: Iterable[DaySpan], days_off: frozenset[date]
) -> tuple[date, ...]:
    """Return the working days of a session of which nobody says what they are for."""
    named = _kinds_by_day(spans, days_off).keys() | days_off
    return tuple(day for day in days_between(first, last) if day not in named)


def _kinds_by_day(spans: Iterable[DaySpan], days_off: frozenset[date]) -> dict[date, DayKind]:
    """Return the kind of each named day; shorter spans win over longer ones."""
    kinds: dict[date, DayKind] = {}
    for span in sorted(spans, key=lambda s: s.first - s.last):
        one_day = span.first == span.last
        for day in days_between(span.first, span.last):
            if one_day or day not in days_off:
                kinds[day] = span.kind
    return kinds


def count_days(days: Iterable[TickDay]) -> DayMix:
    """Return how many days of each kind a ruler has."""
    kinds = [day.kind for day in days]
    return DayMix(
        plenary=kinds.count(DayKind.PLENARY),
        audit=kinds.count(DayKind.AUDIT),
        committee=kinds.count(DayKind.COMMITTEE),
        off=kinds.count(DayKind.OFF),
    )


def is_visible(announced_on: date | None, starts_on: date, today: date) -> bool:
    """Say whether an event can be known on a day: it was announced, or its day has come."""
    return starts_on <= today or (announced_on is not None and announced_on <= today)


def event_state(
    *, starts_on: date, ends_on: date, held: Held, cancelled_on: date | None, today: date
) -> EventState:
    """Return where an event stands on a day.

    A past event of which no source says that it took place is unconfirmed, never held.
    """
    if cancelled_on is not None and cancelled_on <= today:
        return EventState.CANCELLED
    if today < starts_on:
        return EventState.PLANNED
    if today <= ends_on:
        return EventState.NOW
    return EventState.HELD if held is Held.YES else EventState.UNCONFIRMED


@dataclass(frozen=True)
class DateChange:
    """A change of an event's dates after it was announced; a cancelled one has no new dates."""

    changed_on: date
    kind: ChangeKind
    old_starts_on: date
    old_ends_on: date
    new_starts_on: date | None
    new_ends_on: date | None
    reason: str | None
    reason_en: str | None


#: What may happen to an event, by where it stands. One whose day is over can't be moved; that it
#: did not take place may become known later.
MOVES: Mapping[EventState, frozenset[ChangeKind]] = {
    EventState.PLANNED: frozenset((ChangeKind.MOVED, ChangeKind.CANCELLED)),
    EventState.NOW: frozenset((ChangeKind.MOVED, ChangeKind.CANCELLED)),
    EventState.UNCONFIRMED: frozenset((ChangeKind.CANCELLED,)),
    EventState.HELD: frozenset(),
    EventState.CANCELLED: frozenset(),
}


def can_happen(state: EventState, kind: ChangeKind) -> bool:
    """Say whether an event in this state may be moved or cancelled."""
    return kind in MOVES[state]


def changes_between(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[ChangeKind, ...]:
    """Return what a correction does to an event's dates.

    :param before: ``starts_on``, ``ends_on`` and ``is_cancelled`` until now, among others
    """
    is_moved = any(before[name] != after[name] for name in ("starts_on", "ends_on"))
    is_cancelled = bool(after["is_cancelled"]) and not before["is_cancelled"]
    happened = {ChangeKind.MOVED: is_moved, ChangeKind.CANCELLED: is_cancelled}
    return tuple(kind for kind, holds in happened.items() if holds)


def dates_on(
    starts_on: date, ends_on: date, changes: Iterable[DateChange], day: date
) -> tuple[date, date]:
    """Return an event's dates as they were known on a day.

    :param starts_on: the dates after all changes
    :param changes: in their order; a later one than the day is undone
    """
    for change in changes:
        if change.kind is ChangeKind.MOVED and change.changed_on > day:
            return change.old_starts_on, change.old_ends_on
    return starts_on, ends_on


def cancelled_on(changes: Iterable[DateChange]) -> date | None:
    """Return the day on which an event was cancelled, or None."""
    days = [c.changed_on for c in changes if c.kind is ChangeKind.CANCELLED]
    return max(days, default=None)


def dates_left(
    starts_on: date, ends_on: date, changes: Iterable[DateChange], day: date
) -> tuple[date, ...]:
    """Return the first days an event had before it was moved away from them, in their order.

    :param changes: those after the day do not count yet
    """
    moved = (c for c in changes if c.kind is ChangeKind.MOVED and c.changed_on <= day)
    left = {c.old_starts_on for c in moved if not starts_on <= c.old_starts_on <= ends_on}
    return tuple(sorted(left))


class Part(StrEnum):
    """Which part of an event a day shows."""

    WHOLE = "whole"
    FIRST = "first"
    ONE_OF_FEW = "one of few"
    RUNNING = "running"
    LAST = "last"
    LEFT = "left"


#: An event of up to so many days stands on each of them; a longer one on its first and last day
#: and on today. So the audit of two weeks does not fill each cell of the month.
FEW_DAYS = 3


def parts_between(
    starts_on: date, ends_on: date, today: date, first: date, last: date
) -> tuple[tuple[date, Part], ...]:
    """Return the days from first to last on which a calendar shows an event, and what of it."""
    shown = (
        (day, _part_on(day, starts_on, ends_on, today))
        for day in days_between(max(first, starts_on), min(last, ends_on))
    )
    return tuple((day, part) for day, part in shown if part is not None)


def _part_on(day: date, starts_on: date, ends_on: date, today: date) -> Part | None:
    """Return what a day within an event's dates shows of it; None is nothing."""
    if starts_on == ends_on:
        return Part.WHOLE
    if (ends_on - starts_on).days < FEW_DAYS:
        return Part.ONE_OF_FEW
    if day == starts_on:
        return Part.FIRST
    if day == ends_on:
        return Part.LAST
    return Part.RUNNING if day == today else None
