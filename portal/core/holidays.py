"""Days off: weekends and public holidays, with the council's own corrections.

Public holidays come from the ``holidays`` package; a table adds or removes days, because
temporary holidays are declared late.
"""

import functools
from collections.abc import Mapping
from datetime import date

import holidays
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.kept import kept
from portal.core.models import Imported, Sourced
from portal.extensions import Base


class HolidayChange(Imported, Sourced, Base):
    """A day that is off though no law says so, or is not though one does.

    :ivar change: ``add`` or ``remove``
    """

    __tablename__ = "holiday_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str | None] = mapped_column(String(120))
    change: Mapped[str] = mapped_column(String(10))


@kept
def holidays_between(
    session: Session, first: date, last: date, country: str, language: str
) -> Mapping[date, str]:
    """Return the holidays from first to last with their names, in the order of their dates."""
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        found |= _public_holidays(country, year, language)
    for row in session.scalars(
        select(HolidayChange).where(HolidayChange.on.between(first, last)).order_by("on")
    ):
        if row.change == "remove":
            found.pop(row.on, None)
        else:
            found[row.on] = row.name if language == "ko" else row.name_en or row.name
    return {day: found[day] for day in sorted(found) if first <= day <= last}


def is_weekend(day: date) -> bool:
    """Say whether a day is a Saturday or Sunday."""
    return day.weekday() >= 5


@functools.lru_cache(maxsize=64)
def _public_holidays(country: str, year: int, language: str) -> Mapping[date, str]:
    """Return a country's public holidays of one year; an unknown country has none."""
    if not country:
        return {}
    code = {"ko": "ko", "en": "en_US"}[language]
    return dict(holidays.country_holidays(country, years=year, language=code))
