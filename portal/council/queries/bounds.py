"""What all reads of the council share: how many rows at most, and what is live on a day."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

#: Lists are bounded; no council has more members, committees or units.
MOST_ROWS = 2000


def is_live_on(
    day: date,
    first_on: InstrumentedAttribute[date | None],
    last_on: InstrumentedAttribute[date | None],
) -> ColumnElement[bool]:
    """Return the condition under which something with open or known ends lasts on a day."""
    return and_(or_(first_on.is_(None), first_on <= day), or_(last_on.is_(None), last_on >= day))
