"""A counted deadline of a complaint: day by day, and how it differs from what was told before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.complaints.rules.pauses import Pause
from portal.complaints.rules.periods import Period


class Reason(StrEnum):
    """Why a day is not counted, or not all of it; the last one says why one is counted again."""

    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"
    CORRECTION = "correction"
    REPRESENTATIVES = "representatives"
    HEARING = "hearing"
    ADVICE = "advice"
    SURVEY = "survey"
    OFFICE_CLOSED = "office_closed"
    SURVEY_TOO_LONG = "survey_too_long"


@dataclass(frozen=True)
class Step:
    """One calendar day of a counting.

    :ivar number: which counted day it is, from 1; None when it is not counted or hours are
    :ivar minutes: minutes at work that are counted on it; 0 when days are counted
    :ivar minutes_in_all: those up to its end
    :ivar reason: why it is not counted, or not all of it; None for a plain counted day
    :ivar holiday: name of the holiday; None on other days
    """

    on: date
    number: int | None = None
    minutes: int = 0
    minutes_in_all: int = 0
    reason: Reason | None = None
    holiday: str | None = None

    @property
    def counts(self) -> bool:
        """Say whether the day, or a part of it, is counted."""
        return self.number is not None or self.minutes > 0


@dataclass(frozen=True)
class Told:
    """A deadline as somebody was told it; kept, it is the history of a deadline that moves.

    :ivar due_at: aware
    :ivar holidays: those left out up to then, with their names; no Saturdays and Sundays
    """

    due_at: datetime
    holidays: Mapping[date, str]


@dataclass(frozen=True)
class Count:
    """A counted deadline.

    :ivar due_at: aware, in the council's zone: the last instant at which an answer is in time
    :ivar steps: each day from the receipt to the deadline
    :ivar extended_by: all extensions together, in the unit of the period
    :ivar waits_for: what the clock stands still for now, so that the deadline moves on; or None
    :ivar ended_at: aware; when the case was answered or ended otherwise; None while it is open
    """

    period: Period
    received_at: datetime
    due_at: datetime
    steps: tuple[Step, ...]
    extended_by: int = 0
    waits_for: Pause | None = None
    ended_at: datetime | None = None

    @property
    def due_on(self) -> date:
        """Return the day of the deadline in the council's zone."""
        return self.due_at.date()

    @property
    def total(self) -> int:
        """Return the period with its extensions, in its own unit."""
        return self.period.amount + self.extended_by

    @property
    def told(self) -> Told:
        """Return what a person is told now."""
        holidays = {s.on: s.holiday for s in self.steps if s.holiday and s.on.weekday() < 5}
        return Told(self.due_at, holidays)

    def is_overdue(self, now: datetime) -> bool:
        """Say whether no answer came in time.

        :param now: aware
        """
        return (self.ended_at or now) > self.due_at

    def is_due_today(self, now: datetime) -> bool:
        """Say whether an open case must be answered today.

        :param now: aware
        """
        return self.ended_at is None and self._day_of(now) == self.due_on

    def days_left(self, now: datetime) -> int:
        """Return how many counted days are to come after today; 0 on the last day and later.

        :param now: aware
        """
        today = self._day_of(now)
        return sum(step.counts and step.on > today for step in self.steps)

    def _day_of(self, instant: datetime) -> date:
        return instant.astimezone(self.due_at.tzinfo).date()


@dataclass(frozen=True)
class Moved:
    """A deadline that moved because of the days off.

    :ivar added: days off that were not known, with their names, in their order
    :ivar removed: days that were taken for days off and are none
    """

    old_due_at: datetime
    new_due_at: datetime
    added: dict[date, str]
    removed: dict[date, str]


def find_move(told: Told, count: Count) -> Moved | None:
    """Return how days off moved a deadline since somebody was told it; None when they did not.

    Only days within the counting are named: a holiday after the old deadline may be left out now,
    too, but is not why it moved.

    :param count: the same case with the same events, counted anew
    """
    old_due_on, holidays = told.due_at.astimezone(count.due_at.tzinfo).date(), count.told.holidays
    added = {d: name for d, name in holidays.items() if d not in told.holidays and d <= old_due_on}
    removed = {d: n for d, n in told.holidays.items() if d not in holidays and d <= count.due_on}
    if told.due_at == count.due_at or not (added or removed):
        return None
    return Moved(told.due_at, count.due_at, added, removed)
