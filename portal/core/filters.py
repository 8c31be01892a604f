"""What templates use to print dates, figures and words of either language.

Each prints what the eye needs and, where a screen reader would stumble, what the ear needs.
"""

import functools
import re
from collections.abc import Iterable
from datetime import date, datetime, time

from flask import Flask, current_app
from markupsafe import Markup

from portal.core import i18n, rich_text
from portal.core.addresses import url_for
from portal.core.clock import council_zone
from portal.core.hangul import romanise_name

#: A page says the same days and figures again and again; so many are remembered in each process.
MOST_WRITTEN = 4096
_HANGUL = re.compile("[\uac00-\ud7a3]")
_FOR_THE_EAR = re.compile(r'<span class="visually-hidden">.*?</span>', re.DOTALL)


def day(value: date, year: bool = True, weekday: bool = True) -> Markup:
    """Return a day that is never broken across lines, with its spoken form.

    :param value: a day, or an aware instant, whose day is the one in the council's zone
    """
    if isinstance(value, datetime):
        value = value.astimezone(council_zone()).date()
    return _day(value, i18n.page_language(), year, weekday)


def short_day(value: date) -> Markup:
    """Return a day without year and weekday: ``11. 9.``."""
    return day(value, year=False, weekday=False)


def spoken_day(value: date) -> str:
    """Return a day as it is said aloud, for the ear only: ``11월 9일 월요일``."""
    return i18n.speak_day(value, i18n.page_language(), year=False)


def agenda_day(value: date, first: date) -> str:
    """Return a day as a numeral, with its month when that is not the first day's."""
    if (value.year, value.month) == (first.year, first.month):
        return str(value.day)
    return i18n.write_day(value, i18n.page_language(), year=False, weekday=False)


def day_range(value: tuple[date, date], year: bool = False, weekday: bool = True) -> Markup:
    """Return a stretch of days: ``11. 3.(화)–16.(월)``."""
    return _day_range(*value, i18n.page_language(), year, weekday)


@functools.lru_cache(maxsize=MOST_WRITTEN)
def _day(value: date, language: str, year: bool, weekday: bool) -> Markup:
    shown = i18n.write_day(value, language, year=year, weekday=weekday)
    return _dated(value.isoformat(), shown, i18n.speak_day(value, language, year=year))


@functools.lru_cache(maxsize=MOST_WRITTEN)
def _partial_day(value: str, language: str) -> Markup:
    shown = i18n.write_partial_day(value, language)
    return Markup('<time class="nowrap" datetime="{}">{}</time>').format(value, shown)


@functools.lru_cache(maxsize=MOST_WRITTEN)
def _day_range(first: date, last: date, language: str, year: bool, weekday: bool) -> Markup:
    if first == last:
        return _day(first, language, year, weekday)
    shown = i18n.write_day_range(first, last, language, year=year, weekday=weekday)
    until = "부터" if language == "ko" else " to"
    spoken = (
        f"{i18n.speak_day(first, language, year=year)}{until} "
        f"{i18n.speak_day(last, language, year=year)}" + ("까지" if language == "ko" else "")
    )
    return _spoken(Markup('<span class="nowrap">{}</span>').format(shown), spoken)


def partial_day(value: str) -> Markup:
    """Return a date known to the year or month only."""
    return _partial_day(value, i18n.page_language())


def clock_time(value: datetime | time) -> Markup:
    """Return a time of day in the council's zone: ``14:00``."""
    if isinstance(value, datetime):
        value = value.astimezone(council_zone()).time()
    shown = i18n.write_time(value)
    return Markup('<time class="nowrap" datetime="{0}">{0}</time>').format(shown)


def moment(value: datetime | None) -> Markup:
    """Return day and time of an instant in the council's zone, a dash for none."""
    if value is None:
        return Markup("–")
    local = value.astimezone(council_zone())
    return Markup("{} {}").format(day(local.date(), weekday=False), clock_time(local))


@functools.lru_cache(maxsize=MOST_WRITTEN)
def number(value: int) -> Markup:
    """Return a whole number with commas."""
    return Markup('<span class="nowrap">{}</span>').format(i18n.write_number(value))


def won(value: int) -> Markup:
    """Return an amount of money in whole won; its parts are spoken as they are written."""
    shown = i18n.write_won(value, i18n.page_language())
    return Markup('<span class="nowrap">{}</span>').format(shown)


def won_words(value: int) -> Markup:
    """Return an amount of money in words: ``27 billion 766 million won``."""
    return _won_words(value, i18n.page_language())


@functools.lru_cache(maxsize=MOST_WRITTEN)
def _won_words(value: int, language: str) -> Markup:
    return Markup('<span class="nowrap">{}</span>').format(i18n.speak_won(value, language))


def amount(value: int, unit: int = 1) -> Markup:
    """Return an amount of won in a larger unit, rounded half up; its title says it in words.

    A hundred million won keeps one decimal.

    :param unit: how many won the unit is; 0 for the amount in words
    """
    if not unit:
        return won_words(value)
    return _amount(value, unit, i18n.page_language())


@functools.lru_cache(maxsize=MOST_WRITTEN)
def _amount(value: int, unit: int, language: str) -> Markup:
    tenths = 10 if unit >= 100_000_000 else 1
    steps = (abs(value) * tenths * 2 + unit) // (unit * 2)
    whole = i18n.write_number(steps // tenths)
    shown = f"{whole}.{steps % tenths}" if tenths > 1 else whole
    sign = "\u2212" if value < 0 and steps else ""
    return Markup('<data class="nowrap" value="{}" title="{}">{}{}</data>').format(
        value, i18n.speak_won(value, language), sign, shown
    )


@functools.lru_cache(maxsize=MOST_WRITTEN)
def rate(value: int) -> Markup:
    """Return a rate given in hundredths of a percent: ``60.7%``, ``97.82%``."""
    return Markup('<span class="nowrap">{}</span>').format(write_rate(value))


def write_rate(value: int) -> str:
    """Return a rate given in hundredths of a percent as plain text."""
    whole, rest = divmod(value, 100)
    digits = f"{rest:02}".removesuffix("0") or "0"
    return f"{i18n.write_number(whole)}.{digits}%"


@functools.lru_cache(maxsize=MOST_WRITTEN)
def percent(value: float, digits: int = 1) -> Markup:
    """Return a share given in hundredths: ``60.7%``."""
    return Markup('<span class="nowrap">{:.{digits}f}%</span>').format(value, digits=digits)


def in_language(text: str, english: str | None) -> Markup | str:
    """Return a text in the page's language; a Korean one on an English page says that it is."""
    if i18n.page_language() == "ko":
        return text
    if english:
        return english
    return Markup('<span lang="ko">{}</span>').format(text) if text else ""


def as_written(text: str) -> Markup | str:
    """Return what somebody wrote in either language; a Korean one on an English page says so."""
    return in_language(text, None if _HANGUL.search(text) else text)


def person_name(name: str, english: str | None) -> Markup | str:
    """Return a person's name; without an English one it is romanised by rule and says so."""
    if i18n.page_language() == "ko" or english:
        return english if english and i18n.page_language() == "en" else name
    return romanise_name(name)


def mail_address(value: str) -> Markup:
    """Return an e-mail address that breaks behind its @ only."""
    name, at, host = value.partition("@")
    return Markup('<span class="mail-address">{}{}<wbr>{}</span>').format(name, at, host)


def as_tuple(value: Iterable[object]) -> tuple[object, ...]:
    """Return a list as a value that ``part`` can remember."""
    return tuple(value)


def plain_text(value: str) -> str:
    """Return a text without tags, as the eye sees it: for descriptions and titles."""
    return _without_tags(str(value))


@functools.lru_cache(maxsize=MOST_WRITTEN)
def _without_tags(text: str) -> str:
    return Markup(_FOR_THE_EAR.sub("", text)).striptags()  # noqa: S704 - tags are taken away


def _dated(iso: str, shown: str, spoken: str) -> Markup:
    return _spoken(
        Markup('<time class="nowrap" datetime="{}">{}</time>').format(iso, shown), spoken
    )


def _spoken(shown: Markup, spoken: str) -> Markup:
    """Return what is seen, hidden from the ear, and what is heard, hidden from the eye."""
    return Markup(
        '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>'
    ).format(shown, spoken)


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for function in (
        day,
        short_day,
        spoken_day,
        agenda_day,
        day_range,
        partial_day,
        clock_time,
        moment,
        number,
        percent,
        won,
        won_words,
        amount,
        rate,
        in_language,
        as_written,
        person_name,
        mail_address,
        as_tuple,
        plain_text,
    ):
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.filters["markdown"] = rich_text.to_html
    app.jinja_env.globals["static_url"] = static_url
    app.jinja_env.globals["url_for"] = url_for


def static_url(name: str) -> str:
    """Return the address of a static file, with its fingerprint; it has no language."""
    addresses: dict[str, str] = current_app.extensions["portal_static"]
    if name not in addresses:
        raise ValueError(f"there is no static/{name}")
    return addresses[name]
