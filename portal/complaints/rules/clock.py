"""The clock of a complaint: by when the law wants an answer.

Act, article 19: a period of at most five days is counted in hours at work from the time of
receipt, a longer one in days, of which the first is the day of receipt. Saturdays, Sundays and
public holidays are never counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from portal.complaints.rules.counts import Count, Reason, Step
from portal.complaints.rules.pauses import (
    ClockEvent,
    ClockEventKind,
    Stretch,
    lawful_stretches,
    overlong_days,
)
from portal.complaints.rules.periods import LIMITS, ComplaintKind, Limit, Period
from portal.complaints.rules.work_calendar import (
    Span,
    WorkCalendar,
    first_minutes,
    minutes_of,
    without,
)

#: A calendar without a working day in so many days is a mistake.
MOST_DAYS = 3660
#: Both kinds of extension, in their only order: the first needs a reason, the second the person's
#: consent, too, and there is no third (Decree, article 21, paragraph 1).
EXTENSIONS = (ClockEventKind.EXTENDED, ClockEventKind.EXTENDED_WITH_CONSENT)
_MINUTES_OF_HOUR = 60


class ExtensionRefusal(StrEnum):
    """Why a period can't be extended."""

    ENDED = "ended"
    TOO_LATE = "too_late"
    TOO_LONG = "too_long"
    NEEDS_CONSENT = "needs_consent"
    NO_MORE = "no_more"


@dataclass(frozen=True)
class Course:
    """What a case went through, as far as its clock needs it.

    :ivar received_at: aware
    :ivar events: in any order
    """

    kind: ComplaintKind
    received_at: datetime
    events: tuple[ClockEvent, ...] = ()


def count_course(course: Course, period: Period, calendar: WorkCalendar, now: datetime) -> Count:
    """Return by when a case must be answered, with each day of the counting.

    While something stops the clock, the deadline is the one that holds if that ends now.

    :param now: aware
    :raise ValueError: the events can't have happened so (see ``extended_by`` and
        ``pauses.find_stretches``), or the calendar has no working day
    """
    kind, events = course.kind, course.events
    stretches = lawful_stretches(kind, events, calendar.zone, now)
    extension = extended_by(period, events)
    count = _count(course.received_at, period, extension, stretches, calendar)
    again = overlong_days(kind, events, calendar.zone, now)
    return replace(
        count,
        steps=tuple(_marked(step) if step.on in again else step for step in count.steps),
        waits_for=next((s.pause for s in stretches if s.is_running), None),
        ended_at=next((e.at for e in events if e.kind is ClockEventKind.ENDED), None),
    )


def limit_ends_at(limit: Limit, since: datetime, calendar: WorkCalendar) -> datetime:
    """Return by when a complaint must be received or passed on, aware, in the council's zone.

    :param since: aware; when it arrived, or when somebody saw that it belongs elsewhere
    """
    return _count(since, LIMITS[limit], 0, (), calendar).due_at


def extended_by(period: Period, events: Iterable[ClockEvent]) -> int:
    """Return all extensions together, in the unit of the period.

    :raise ValueError: there are more than two, the second one lacks consent, or one is longer
        than the period
    """
    extensions = sorted((e for e in events if e.kind in EXTENSIONS), key=lambda event: event.at)
    total = 0
    for number, event in enumerate(extensions):
        refusal = _refuse(period, number, event.amount or 0, event.kind is EXTENSIONS[1])
        if refusal:
            raise ValueError(f"Extension {number + 1} is refused: {refusal}")
        total += event.amount or 0
    return total


def refuse_extension(
    count: Count, events: Iterable[ClockEvent], amount: int, has_consent: bool, now: datetime
) -> ExtensionRefusal | None:
    """Return why a period can't be extended now; None when it can.

    :param amount: in the unit of the period
    :param has_consent: whether the person agreed; only the second extension needs it
    :param now: aware
    """
    if count.ended_at is not None:
        return ExtensionRefusal.ENDED
    if count.is_overdue(now):
        return ExtensionRefusal.TOO_LATE
    before = sum(event.kind in EXTENSIONS for event in events)
    return _refuse(count.period, before, amount, has_consent)


def _refuse(period: Period, before: int, amount: int, has_consent: bool) -> ExtensionRefusal | None:
    """Return why an extension is against the decree, whenever it was made."""
    if before >= len(EXTENSIONS):
        return ExtensionRefusal.NO_MORE
    if not 1 <= amount <= period.amount:
        return ExtensionRefusal.TOO_LONG
    return ExtensionRefusal.NEEDS_CONSENT if before and not has_consent else None


def _marked(step: Step) -> Step:
    """Return a day of a survey that took too long, which says why it is counted again."""
    return replace(step, reason=Reason.SURVEY_TOO_LONG) if step.counts else step


def _count(
    received_at: datetime,
    period: Period,
    extension: int,
    stretches: tuple[Stretch, ...],
    calendar: WorkCalendar,
) -> Count:
    """Return a deadline by the way of counting that its period has."""
    received_at = received_at.astimezone(calendar.zone)
    amount = period.amount + extension
    if period.is_in_hours:
        due_at, steps = _count_hours(received_at, period.hours_of(amount), stretches, calendar)
    else:
        due_at, steps = _count_days(received_at.date(), amount, stretches, calendar)
    return Count(period, received_at, due_at, tuple(steps), extension)


def _count_days(
    first: date, amount: int, stretches: Iterable[Stretch], calendar: WorkCalendar
) -> tuple[datetime, list[Step]]:
    """Count whole days; a day that a pause touches is not counted.

    For a correction the law says so: the day on which it is asked for and the day on which it
    comes are both left out. It names no other way for the other pauses.
    """
    paused = {d: Reason(s.pause) for s in reversed(tuple(stretches)) for d in s.days(calendar.zone)}
    steps: list[Step] = []
    number = 0
    for day in _days_from(first):
        reason = calendar.why_off(day) or paused.get(day)
        number += reason is None
        own_number = None if reason else number
        steps.append(Step(day, own_number, reason=reason, holiday=calendar.holiday_name(day)))
        if number == amount:
            break
    return datetime.combine(steps[-1].on, time.max, calendar.zone), steps


def _count_hours(
    received_at: datetime, hours: int, stretches: tuple[Stretch, ...], calendar: WorkCalendar
) -> tuple[datetime, list[Step]]:
    """Count hours at work from the receipt; a pause takes out its own time only.

    Seconds are dropped, so that the minutes of the days add up.
    """
    received_at = received_at.replace(second=0, microsecond=0)
    pauses = [(Reason(stretch.pause), _span_of(stretch, calendar)) for stretch in stretches]
    wanted, in_all = hours * _MINUTES_OF_HOUR, 0
    steps: list[Step] = []
    for day in _days_from(received_at.date()):
        shifts = without(calendar.shifts_of(day), (calendar.starts_at(day), received_at))
        counted = first_minutes(_without_all(shifts, pauses), wanted - in_all)
        in_all += minutes_of(counted)
        if in_all == wanted:
            shifts = without(shifts, (counted[-1][1], shifts[-1][1]))
        steps.append(
            Step(
                day,
                minutes=minutes_of(counted),
                minutes_in_all=in_all,
                reason=calendar.why_off(day) or _why_short(shifts, pauses),
                holiday=calendar.holiday_name(day),
            )
        )
        if in_all == wanted:
            break
    return counted[-1][1], steps


def _without_all(shifts: Sequence[Span], pauses: Iterable[tuple[Reason, Span]]) -> Sequence[Span]:
    for _reason, pause in pauses:
        shifts = without(shifts, pause)
    return shifts


def _why_short(shifts: Sequence[Span], pauses: Iterable[tuple[Reason, Span]]) -> Reason | None:
    """Return what takes time at work from a working day; None when nothing does."""
    if not shifts:
        return Reason.OFFICE_CLOSED
    taken = (reason for reason, pause in pauses if without(shifts, pause) != list(shifts))
    return next(taken, None)


def _span_of(stretch: Stretch, calendar: WorkCalendar) -> Span:
    begin, end = (at.astimezone(calendar.zone) for at in (stretch.began_at, stretch.ended_at))
    return begin.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)


def _days_from(first: date) -> Iterator[date]:
    """Give each day from a first one on.

    :raise ValueError: there were so many that no working day will come
    """
    for number in range(MOST_DAYS):
        yield first + timedelta(days=number)
    raise ValueError(f"No working day within {MOST_DAYS} days")
