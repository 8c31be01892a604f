"""What templates get of remarks: frozen rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.feedback.rules import RemarkState


@dataclass(frozen=True)
class RemarkRow:
    """One line of a list of remarks; it holds none of their words.

    :ivar age: how long ago it was sent
    """

    id: int
    page: str
    state: RemarkState
    sent_at: datetime
    age: timedelta


@dataclass(frozen=True)
class Waiting:
    """How many remarks wait, and for how long the oldest one."""

    count: int
    longest: timedelta
