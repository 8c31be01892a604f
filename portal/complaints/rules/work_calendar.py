"""When the council works: days off, and the hours at work of its working days."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from portal.complaints.rules.counts import Reason

#: From an instant to another, both aware.
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Office:
    """The hours at work of a working day; the two of the break are alike where there is none.

    Nine to six are the hours of a complaints office (Decree, article 8-3, paragraph 1).
    """

    opens: time = time(9)
    closes: time = time(18)
    break_from: time = time(12)
    break_until: time = time(13)

    def __post_init__(self) -> None:
        """Refuse hours that are out of order.

        :raise ValueError: they are
        """
        if not self.opens <= self.break_from <= self.break_until <= self.closes:
            raise ValueError("Hours at work must follow each other")
        if self.opens == self.break_from and self.break_until == self.closes:
            raise ValueError("An office is open for a while")


@dataclass(frozen=True)
class WorkCalendar:
    """When the council works.

    :ivar zone: in which its days begin and end
    :ivar holiday_name: gives the name of a day off, None for any other day. It is asked about
        days as far ahead as the counting goes, and must know them
    """

    zone: tzinfo
    holiday_name: Callable[[date], str | None]
    office: Office = Office()

    def why_off(self, day: date) -> Reason | None:
        """Return why nobody works on a day; None on a working day."""
        if self.holiday_name(day) is not None:
            return Reason.HOLIDAY
        return {5: Reason.SATURDAY, 6: Reason.SUNDAY}.get(day.weekday())

    def shifts_of(self, day: date) -> list[Span]:
        """Return the times at work on a day, before and after the break; none on a day off."""
        if self.why_off(day):
            return []
        office = self.office
        times = ((office.opens, office.break_from), (office.break_until, office.closes))
        spans = [tuple(datetime.combine(day, at, self.zone) for at in pair) for pair in times]
        return [(begin, end) for begin, end in spans if begin < end]

    def starts_at(self, day: date) -> datetime:
        """Return the first instant of a day, aware."""
        return datetime.combine(day, time(), self.zone)


def without(shifts: Sequence[Span], taken: Span) -> list[Span]:
    """Return what is left of times at work when another time is taken out of them."""
    begin, end = taken
    if end <= begin:
        return list(shifts)
    before = [(first, min(last, begin)) for first, last in shifts]
    after = [(max(first, end), last) for first, last in shifts]
    return sorted((first, last) for first, last in before + after if first < last)


def minutes_of(shifts: Iterable[Span]) -> int:
    """Return how many minutes times at work have together."""
    return sum(int((end - begin).total_seconds()) // 60 for begin, end in shifts)


def first_minutes(shifts: Iterable[Span], minutes: int) -> list[Span]:
    """Return the times at work up to so many minutes."""
    first: list[Span] = []
    for begin, end in shifts:
        left = minutes - minutes_of(first)
        if left > 0:
            first.append((begin, min(end, begin + timedelta(minutes=left))))
    return first
