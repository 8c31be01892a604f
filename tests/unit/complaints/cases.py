"""Calendars and courses that the tests of the clock share, and how hypothesis makes more."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from portal.complaints.rules.clock import Course, count_course
from portal.complaints.rules.counts import Count
from portal.complaints.rules.pauses import PAUSES, ClockEvent, ClockEventKind, Pause
from portal.complaints.rules.periods import LAW, Basis, ComplaintKind, Period, Unit
from portal.complaints.rules.work_calendar import WorkCalendar
from portal.core.holidays import public_holidays

SEOUL = ZoneInfo("Asia/Seoul")
#: No period of a test ends later.
FAR = datetime(2030, 1, 1, tzinfo=SEOUL)
_FIRST = date(2020, 1, 1)

KOREA = WorkCalendar(SEOUL, lambda day: public_holidays("KR", day.year, "ko").get(day))


def at(day: str, hour: str = "10:00") -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), SEOUL)


def calendar_of(holidays: Mapping[date, str]) -> WorkCalendar:
    return WorkCalendar(SEOUL, holidays.get)


def days(amount: int) -> Period:
    return Period(amount, Unit.DAYS, Basis.LAW, "법")


def hours(amount: int) -> Period:
    return Period(amount, Unit.HOURS, Basis.LAW, "법")


def event(kind: ClockEventKind, day: str, hour: str = "10:00", amount: int | None = None):
    return ClockEvent(kind, at(day, hour), amount)


def count(
    received_at: datetime,
    *events: ClockEvent,
    kind: ComplaintKind = ComplaintKind.GRIEVANCE,
    period: Period | None = None,
    calendar: WorkCalendar = KOREA,
    now: datetime = FAR,
) -> Count:
    return count_course(Course(kind, received_at, events), period or LAW[kind], calendar, now)


@st.composite
def instants(draw: st.DrawFn) -> datetime:
    day = _FIRST + timedelta(days=draw(st.integers(0, 700)))
    return datetime.combine(day, draw(st.times(max_value=time(23, 59))), SEOUL)


@st.composite
def holidays(draw: st.DrawFn) -> dict[date, str]:
    numbers = draw(st.sets(st.integers(0, 800), max_size=60))
    return {_FIRST + timedelta(days=number): "쉬는 날" for number in numbers}


@st.composite
def pauses(draw: st.DrawFn, received_at: datetime, longest_days: int = 9) -> list[ClockEvent]:
    """Give pauses that ended, one after the other; each is of another kind."""
    events, began_at = [], received_at
    for pause in draw(st.lists(st.sampled_from(Pause), unique=True, max_size=3)):
        began_at += timedelta(minutes=draw(st.integers(1, 4 * 1440)))
        ended_at = began_at + timedelta(minutes=draw(st.integers(1, longest_days * 1440)))
        rule = PAUSES[pause]
        events += [ClockEvent(rule.begins, began_at), ClockEvent(rule.ends, ended_at)]
        began_at = ended_at
    return events


PERIODS = st.builds(days, st.integers(6, 30))
HOURS = st.one_of(st.builds(hours, st.integers(1, 40)), st.builds(days, st.integers(1, 5)))
