"""Values that come in addresses: read them, or say what would fit."""

from datetime import date

from flask_babel import gettext as _

from portal.core.errors import BadAddress

FIRST_YEAR = 1900
LAST_YEAR = 2200


def read_day(text: str | None, default: date) -> date:
    """Return the day a parameter names, or the default for an empty one.

    :raise BadAddress: it is no day
    """
    if not text:
        return default
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadAddress(_("Enter the day as 2020-11-09. It says “%(text)s”.", text=text[:40]))
    return day


def read_past_day(text: str | None, today: date) -> date:
    """Return the day a parameter names, today for an empty one.

    :raise BadAddress: it is no day, or lies after today
    """
    day = read_day(text, today)
    if day > today:
        raise BadAddress(
            _("Choose a day up to %(day)s; later ones are not known yet.", day=today.isoformat())
        )
    return day


def read_number(text: str | None, default: int, *, least: int, most: int) -> int:
    """Return the whole number a parameter names, or the default for an empty one.

    :raise BadAddress: it is no whole number, or outside its limits
    """
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most):
        raise BadAddress(
            _(
                "Enter a number from %(least)s to %(most)s. It says “%(text)s”.",
                least=least,
                most=most,
                text=text[:40],
            )
        )
    return int(text)
