"""What the auditor sees: frozen rows, and what narrows them."""

from dataclasses import astuple, dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class LineRow:
    """A line of the trail.

    :ivar at: aware, in UTC
    :ivar before: JSON object of short texts
    """

    number: int
    at: datetime
    actor: str
    origin: str
    deed: str
    kind: str
    row_id: str
    before: str
    after: str
    reason: str | None
    previous_hash: str
    hash: str

    def cells(self) -> tuple[object, ...]:
        """Return the line as a file holds it, its time as text."""
        return tuple(
            value.isoformat(timespec="microseconds") if isinstance(value, datetime) else value
            for value in astuple(self)
        )


@dataclass(frozen=True)
class Wanted:
    """What narrows the trail; empty words and None narrow nothing.

    :ivar first_on: first day, in the council's zone
    :ivar last_on: last day, included
    """

    first_on: date | None = None
    last_on: date | None = None
    actor: str = ""
    deed: str = ""
    kind: str = ""
    row_id: str = ""
