"""The two languages: which one a page is in, and how dates and figures are written in it.

The language comes from the address alone (``/en/...``), noted by the language middleware.
Notation follows the house style: ``2020. 11. 9.(월)`` and ``Mon 9 Nov 2020``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from flask_babel import Domain, force_locale

from portal.core.front.language import spoken

LANGUAGES = ("ko", "en")
WEEKDAYS = {
    "ko": ("월", "화", "수", "목", "금", "토", "일"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
WEEKDAY_NAMES = {
    "ko": ("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LONG_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def page_language() -> str:
    """Return ``ko`` or ``en``: the language of the current page or of ``in_language``."""
    return spoken.get()


def plain(text: str | None, english: str | None) -> str:
    """Return a text in the page's language, the Korean one where that is missing."""
    return (english if page_language() == "en" and english else text) or ""


class PageDomain(Domain):
    """The portal's sentences; finds the catalogue by the page's language alone."""

    def get_translations(self) -> Any:
        """Return the catalogue of the page's language."""
        language = page_language()
        if language not in self.cache:
            with force_locale(language):
                self.cache[language] = super().get_translations()
        return self.cache[language]


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Speak another language for a while, as a feed in its own language does."""
    before = spoken.set(language)
    try:
        with force_locale(language):
            yield
    finally:
        spoken.reset(before)


def write_day(day: date, language: str, *, year: bool = True, weekday: bool = True) -> str:
    """Return a day in words: ``2020. 11. 9.(월)`` or ``Mon 9 Nov 2020``."""
    name = WEEKDAYS[language][day.weekday()]
    if language == "ko":
        text = f"{day.month}. {day.day}." + (f"({name})" if weekday else "")
        return f"{day.year}. {text}" if year else text
    text = (f"{name} " if weekday else "") + f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def speak_day(day: date, language: str, *, year: bool = True) -> str:
    """Return a day as it is said aloud: ``2020년 11월 9일 월요일``."""
    name = WEEKDAY_NAMES[language][day.weekday()]
    if language == "ko":
        return (f"{day.year}년 " if year else "") + f"{day.month}월 {day.day}일 {name}"
    text = f"{name} {day.day} {_LONG_MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def write_day_range(
    first: date, last: date, language: str, *, year: bool = False, weekday: bool = True
) -> str:
    """Return a stretch of days: ``11. 3.(화)–16.(월)`` or ``Tue 3 – Mon 16 Nov``."""
    if first == last:
        return write_day(first, language, year=year, weekday=weekday)
    one_month = (first.year, first.month) == (last.year, last.month)
    years = year or first.year != last.year
    if language == "ko":
        return _korean_range(first, last, one_month, years, weekday)
    return _english_range(first, last, one_month, years, weekday)


def _korean_range(first: date, last: date, one_month: bool, years: bool, weekday: bool) -> str:
    start = write_day(first, "ko", year=years, weekday=weekday)
    if one_month:
        name = f"({WEEKDAYS['ko'][last.weekday()]})" if weekday else ""
        return f"{start}–{last.day}.{name}"
    return f"{start}–{write_day(last, 'ko', year=first.year != last.year, weekday=weekday)}"


def _english_range(first: date, last: date, one_month: bool, years: bool, weekday: bool) -> str:
    end = write_day(last, "en", year=years, weekday=weekday)
    if one_month:
        name = f"{WEEKDAYS['en'][first.weekday()]} " if weekday else ""
        joint = " – " if weekday else "–"
        return f"{name}{first.day}{joint}{end}"
    start = write_day(first, "en", year=first.year != last.year, weekday=weekday)
    return f"{start} – {end}"


def write_partial_day(partial: str, language: str) -> str:
    """Return a partial date: ``2019. 12.`` or ``Dec 2019``."""
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 3:
        return write_day(date(*parts), language, weekday=False)
    if language == "ko":
        return (
            "".join(f"{part}. " for part in parts).strip() if len(parts) == 2 else f"{parts[0]}년"
        )
    return f"{_MONTHS[parts[1] - 1]} {parts[0]}" if len(parts) == 2 else str(parts[0])


def write_month(year: int, month: int, language: str) -> str:
    """Return a month: ``2020년 11월`` or ``November 2020``."""
    if language == "ko":
        return f"{year}년 {month}월"
    return f"{_LONG_MONTHS[month - 1]} {year}"


def write_time(at: time | datetime) -> str:
    """Return a time of day in 24 hours: ``14:00``."""
    return f"{at:%H:%M}"


def write_won(won: int, language: str) -> str:
    """Return an amount of money: ``168억 5,400만 원`` or ``16,854,000,000 won``; it is exact."""
    sign, rest = ("\u2212" if won < 0 else ""), abs(won)
    if language == "en":
        return f"{sign}{rest:,} won"
    hundred_millions, below = divmod(rest, 100_000_000)
    ten_thousands, ones = divmod(below, 10_000)
    named = ((hundred_millions, "억"), (ten_thousands, "만"), (ones, ""))
    parts = [f"{count:,}{unit}" for count, unit in named if count]
    return f"{sign}{' '.join(parts) or '0'} 원"


def speak_won(won: int, language: str) -> str:
    """Return an amount in words: ``277억 6,600만 원`` or ``27 billion 766 million won``."""
    if language == "ko" or won == 0:
        return write_won(won, language)
    sign, rest = ("minus " if won < 0 else ""), abs(won)
    parts = []
    for size, word in ((10**9, " billion"), (10**6, " million"), (10**3, " thousand"), (1, "")):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count:,}{word}")
    return f"{sign}{' '.join(parts)} won"


def write_number(number: int) -> str:
    """Return a whole number with commas and a real minus: ``−1,597``."""
    return f"{number:,}".replace("-", "\u2212")
