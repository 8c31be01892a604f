"""Years, months, days and numbers in the calendar's addresses: read them, or say what would fit."""

from datetime import date

from flask_babel import gettext as _

from portal.calendar.month import days_of
from portal.calendar.rules import EventKind
from portal.core.errors import BadAddress, NotFound
from portal.core.params import FIRST_YEAR, LAST_YEAR, repeated


def read_year(text: str) -> int:
    """Return the year an address names.

    :raise BadAddress: it lies outside 1900 to 2200
    :raise NotFound: it is no number, so the address is of another kind
    """
    if not _is_number(text):
        raise NotFound
    if not FIRST_YEAR <= int(text) <= LAST_YEAR or len(text) != 4:
        raise BadAddress(
            _(
                "Enter a year from %(first)s to %(last)s. It says “%(text)s”.",
                first=FIRST_YEAR,
                last=LAST_YEAR,
                text=repeated(text),
            )
        )
    return int(text)


def read_month(year_text: str, month_text: str) -> tuple[int, int]:
    """Return the year and month an address names.

    :raise BadAddress: the year lies outside 1900 to 2200, or there is no such month
    :raise NotFound: the year is no number
    """
    year = read_year(year_text)
    if not (_is_number(month_text) and 1 <= int(month_text) <= 12 and len(month_text) <= 2):
        raise BadAddress(
            _("Enter a month from 1 to 12. It says “%(text)s”.", text=repeated(month_text))
        )
    return year, int(month_text)


def read_date(year_text: str, month_text: str, day_text: str) -> date:
    """Return the day an address names.

    :raise BadAddress: there is no such day, month or year
    :raise NotFound: the year is no number
    """
    year, month = read_month(year_text, month_text)
    last = days_of(year, month)[1].day
    if not (_is_number(day_text) and 1 <= int(day_text) <= last and len(day_text) <= 2):
        raise BadAddress(
            _(
                "Enter a day from 1 to %(last)s. It says “%(text)s”.",
                last=last,
                text=repeated(day_text),
            )
        )
    return date(year, month, int(day_text))


def read_session_number(text: str) -> int:
    """Return the number of a session an address names.

    :raise NotFound: it is no number of a session
    """
    if not _is_number(text) or text.startswith("0"):
        raise NotFound
    return int(text)


def read_kind(text: str | None) -> EventKind | None:
    """Return the kind of events a filter names; None for none.

    :raise BadAddress: there is no such kind
    """
    if not text:
        return None
    try:
        return EventKind(text)
    except ValueError:
        raise BadAddress(_("There is no such kind of events. Choose one from the list.")) from None


def _is_number(text: str) -> bool:
    """Say whether a text is a whole number of a sensible length, in digits of ASCII."""
    return text.isascii() and text.isdigit() and len(text) <= 9
