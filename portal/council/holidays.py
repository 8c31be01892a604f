"""The council's days off: public holidays, with what staff or an import corrected.

Temporary holidays are declared late, so a table adds days to those of the law or removes some.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.holidays import public_holidays
from portal.core.kept import kept
from portal.core.models import Imported, Sourced
from portal.extensions import Base
from portal.moderation.models import Publishable

ADD, REMOVE = "add", "remove"


class HolidayChange(Publishable, Imported, Sourced, Base):
    """A day that is off though no law says so, or is not though one does.

    :ivar change: ``add`` or ``remove``
    """

    __tablename__ = "holiday_changes"
    editable_fields = ("on", "change", "name", "name_en")

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
        found |= public_holidays(country, year, language)
    changes = (
        select(HolidayChange)
        .where(HolidayChange.is_published(), HolidayChange.on.between(first, last))
        .order_by(HolidayChange.on)
    )
    for row in session.scalars(changes):
        if row.change == REMOVE:
            found.pop(row.on, None)
        else:
            found[row.on] = row.name if language == "ko" else row.name_en or row.name
    return {day: found[day] for day in sorted(found) if first <= day <= last}
