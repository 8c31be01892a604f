"""Opening hours such as ``Mo-Fr 09:00-18:00; Sa 10:00-12:00``: open now, and when next."""

import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RULE = re.compile(r"(\w\w)(?:-(\w\w))? (\d\d:\d\d)-(\d\d:\d\d)")
#: An office that stays closed longer than this has hours that can't be right.
_SEARCH_DAYS = 30


@dataclass(frozen=True)
class OpeningState:
    """Whether an office is open, and when that changes.

    :ivar changes_at: aware time at which it closes or opens next; None when it never opens
    """

    is_open: bool
    changes_at: datetime | None


def parse_hours(text: str) -> tuple[tuple[frozenset[int], time, time], ...]:
    """Return the rules of opening hours: weekdays from 0 for Monday, from, to.

    :raise ValueError: the text is no list of rules such as ``Mo-Fr 09:00-18:00``
    """
    rules = []
    for part in text.split(";"):
        found = _RULE.fullmatch(part.strip())
        if not found or not {found[1], found[2] or found[1]} <= set(_DAYS):
            raise ValueError(f"{part.strip()!r} is not like Mo-Fr 09:00-18:00")
        first, last = _DAYS.index(found[1]), _DAYS.index(found[2] or found[1])
        opens, closes = time.fromisoformat(found[3]), time.fromisoformat(found[4])
        if last < first or closes <= opens:
            raise ValueError(f"{part.strip()!r} ends before it begins")
        rules.append((frozenset(range(first, last + 1)), opens, closes))
    return tuple(rules)


def opening_state(hours: str, now: datetime, holidays: Set[date]) -> OpeningState:
    """Return whether an office with these hours is open now; it is closed on holidays.

    :param now: aware time in the office's zone
    :param holidays: the public holidays of the coming weeks
    """
    rules = parse_hours(hours)
    for offset in range(_SEARCH_DAYS):
        day = now.date() + timedelta(days=offset)
        for opens, closes in _times_of(rules, day, holidays):
            begin = datetime.combine(day, opens, now.tzinfo)
            end = datetime.combine(day, closes, now.tzinfo)
            if begin <= now < end:
                return OpeningState(is_open=True, changes_at=end)
            if now < begin:
                return OpeningState(is_open=False, changes_at=begin)
    return OpeningState(is_open=False, changes_at=None)


def _times_of(
    rules: tuple[tuple[frozenset[int], time, time], ...], day: date, holidays: Set[date]
) -> list[tuple[time, time]]:
    """Return the hours of one day, in their order."""
    if day in holidays:
        return []
    return sorted((opens, closes) for days, opens, closes in rules if day.weekday() in days)
