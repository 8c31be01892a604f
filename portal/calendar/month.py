"""The month as weeks, and the year as a strip of months."""

import calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from portal.calendar import words
from portal.calendar.almanac import Almanac
from portal.calendar.entries import day_url
from portal.calendar.pages import Entry, Month, MonthDay, SessionRow, YearMonth
from portal.calendar.rules import tense_of
from portal.core.addresses import url_for
from portal.core.i18n import WEEKDAYS, page_language, write_month

#: First day of the week, counted from Monday as 0: Sunday in Korean, Monday in English.
FIRST_WEEKDAY = {"ko": 6, "en": 0}
#: So many entries fit into a cell (look.md, calendar month cell).
MOST_IN_CELL = 3


def weeks_of(year: int, month: int, first_weekday: int) -> tuple[tuple[date, ...], ...]:
    """Return the weeks of a month, each of seven days; days of other months fill the edges.

    :param first_weekday: from 0 for Monday
    """
    weeks = calendar.Calendar(first_weekday).monthdatescalendar(year, month)
    return tuple(tuple(week) for week in weeks)


def days_of(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def month_after(year: int, month: int, count: int) -> tuple[int, int]:
    """Return the month so many months later, or earlier."""
    place = year * 12 + month - 1 + count
    return place // 12, place % 12 + 1


def weekday_names(first_weekday: int) -> tuple[str, ...]:
    """Return the names of the weekdays in the page's language, in the order of the week."""
    names = WEEKDAYS[page_language()]
    return names[first_weekday:] + names[:first_weekday]


def build_month(year: int, month: int, entries: Iterable[Entry], almanac: Almanac) -> Month:
    """Return a month with its entries; those of other months' days are left out.

    :param entries: in the order in which they stand in a cell
    """
    first_weekday = FIRST_WEEKDAY[page_language()]
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(entry.on, []).append(entry)
    weeks = tuple(
        tuple(_cell(day, month, by_day.get(day, ()), almanac) for day in week)
        for week in weeks_of(year, month, first_weekday)
    )
    return Month(
        year=year,
        month=month,
        title=write_month(year, month, page_language()),
        weekday_names=weekday_names(first_weekday),
        weeks=weeks,
    )


def year_months(
    year: int, sessions: Sequence[SessionRow], current_month: int | None
) -> tuple[YearMonth, ...]:
    """Return the strip of a year.

    :param current_month: 1 to 12; None when the page shows the whole year
    """
    return tuple(
        YearMonth(
            label=month_name(year, month),
            url=month_url(year, month),
            is_current=month == current_month,
            blocks=tuple(blocks_in(year, month, [(s.starts_on, s.ends_on) for s in sessions])),
        )
        for month in range(1, 13)
    )


def blocks_in(
    year: int, month: int, spans: Iterable[tuple[date, date]]
) -> list[tuple[float, float]]:
    """Return begin and width, in percent of the month, of each span that has days in it."""
    first, last = days_of(year, month)
    days = (last - first).days + 1
    blocks = []
    for begin, end in spans:
        begin, end = max(begin, first), min(end, last)
        if begin <= end:
            width = (end - begin).days + 1
            blocks.append(
                (round((begin - first).days * 100 / days, 2), round(width * 100 / days, 2))
            )
    return blocks


def month_name(year: int, month: int) -> str:
    """Return a month's short name: ``11월`` or ``Nov``."""
    if page_language() == "ko":
        return f"{month}월"
    return write_month(year, month, "en")[:3]


def month_url(year: int, month: int, kind: str | None = None, body: str | None = None) -> str:
    """Return the address of a month, narrowed to a kind of events or a body."""
    return url_for("calendar.show_month", year=year, month=f"{month:02}", kind=kind, body=body)


def _cell(
    day: date,
    month: int,
    entries: Sequence[Entry],
    almanac: Almanac,
) -> MonthDay:
    """Return one cell of the month."""
    in_month = day.month == month
    kind = almanac.day_kinds.get(day)
    return MonthDay(
        on=day,
        in_month=in_month,
        is_today=day == almanac.today,
        is_off=almanac.is_off(day),
        holiday_name=almanac.holidays.get(day, ""),
        tick_kind=kind,
        tense=tense_of(day, almanac.today),
        tick_word=words.day_kind_word(kind) if kind else "",
        today_label=_today_label(almanac) if day == almanac.today else "",
        entries=tuple(entries) if in_month else (),
        more_count=max(0, len(entries) - MOST_IN_CELL) if in_month else 0,
        url=day_url(day),
    )


def _today_label(almanac: Almanac) -> str:
    """Return the words at today's cell: ``오늘 · 8일째``."""
    session = almanac.session_on(almanac.today)
    if session is None:
        return str(_("Today"))
    number = (almanac.today - session.starts_on) // timedelta(days=1) + 1
    return str(_("Today · day %(number)s", number=number))
