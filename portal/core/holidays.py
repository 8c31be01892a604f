"""Days off that need no table: weekends, and the public holidays of the ``holidays`` package."""

import functools
from collections.abc import Mapping
from datetime import date

import holidays


def is_weekend(day: date) -> bool:
    """Say whether a day is a Saturday or Sunday."""
    return day.weekday() >= 5


@functools.lru_cache(maxsize=64)
def public_holidays(country: str, year: int, language: str) -> Mapping[date, str]:
    """Return a country's public holidays of one year; an unknown country has none."""
    if not country:
        return {}
    code = {"ko": "ko", "en": "en_US"}[language]
    return dict(holidays.country_holidays(country, years=year, language=code))
