"""Dates known to the year or month only: ``2018``, ``2019-12``, ``2020-11-09``.

Sources often say only in which year something was so. Such a date is kept as its text; it sorts
as text, and it reaches from its first to its last day.
"""

import calendar
import re
from datetime import date

from flask_babel import gettext as _

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def parse_partial_date(text: str) -> str:
    """Return the text when it is a partial date.

    :raise ValueError: it is none, or there is no such day
    """
    if not _SHAPE.fullmatch(text):
        words = _("%(value)s is not a date such as 2020, 2020-11 or 2020-11-09", value=repr(text))
        raise ValueError(words)
    try:
        first_day(text)
    except ValueError:
        raise ValueError(_("there is no such date: %(value)s", value=repr(text))) from None
    return text


def first_day(partial: str) -> date:
    """Return the first day a partial date may mean."""
    year, month, day = _parts(partial)
    return date(year, month or 1, day or 1)


def last_day(partial: str) -> date:
    """Return the last day a partial date may mean."""
    year, month, day = _parts(partial)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _parts(partial: str) -> tuple[int, int, int]:
    found = _SHAPE.fullmatch(partial)
    assert found, partial
    year, month, day = (int(part or 0) for part in found.groups())
    return year, month, day
