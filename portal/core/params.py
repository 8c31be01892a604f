"""Values that come in addresses: read them, or say what would fit."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from portal.core.errors import BadAddress

FIRST_YEAR = 1900
LAST_YEAR = 2200


#: So much of what was written is repeated on the page.
_MOST_REPEATED = 40


def repeated(text: str) -> str:
    """Return what a message repeats of what was written: its beginning, fit for a page."""
    text = f"{text[:_MOST_REPEATED]}…" if len(text) > _MOST_REPEATED else text
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


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
        raise BadAddress(_("Enter the day as 2020-11-09. It says “%(text)s”.", text=repeated(text)))
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


def is_number(text: str) -> bool:
    """Say whether a text is a whole number that any database takes, of at most nine signs."""
    return text.isascii() and text.isdigit() and len(text) <= 9


def read_number(text: str | None, default: int, *, least: int, most: int) -> int:
    """Return the whole number a parameter names, or the default for an empty one.

    :raise BadAddress: it is no whole number, or outside its limits
    """
    if not text:
        return default
    if not (is_number(text) and least <= int(text) <= most):
        raise BadAddress(
            _(
                "Enter a number from %(least)s to %(most)s. It says “%(text)s”.",
                least=least,
                most=most,
                text=repeated(text),
            )
        )
    return int(text)


def read_choice(text: str | None, choices: Sequence[str]) -> str:
    """Return the word a parameter names, or the first one for an empty one.

    :raise BadAddress: it is none of the words
    """
    if not text:
        return choices[0]
    if text not in choices:
        words = ", ".join(choices)
        raise BadAddress(
            _("Choose one of: %(words)s. It says “%(text)s”.", words=words, text=repeated(text))
        )
    return text
