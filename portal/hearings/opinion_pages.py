"""What templates get of opinions: frozen rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.hearings.rules.opinions import HouseRule, ObjectionState, OpinionState
from portal.legislation.rules.kinds import Field


@dataclass(frozen=True)
class OpinionRow:
    """A published opinion, as everybody reads it.

    :ivar name: as its author wants it shown; None: not shown
    :ivar language: in which it was written
    :ivar was_restored: it was hidden first, and restored after an objection
    """

    id: int
    number: str
    field: Field | None
    text: str
    name: str | None
    language: str
    answer: str | None
    answer_en: str | None
    was_restored: bool = False


@dataclass(frozen=True)
class OpinionFigures:
    """How many opinions of a hearing stand where.

    :ivar restored: of the published ones, those that were hidden first
    :ivar by_field: published ones of each field; empty where no field was asked
    :ivar undecided: of those that wait, the ones that were erased before anybody decided
    """

    published: int = 0
    waiting: int = 0
    restored: int = 0
    undecided: int = 0
    hidden: Mapping[HouseRule, int] | None = None
    by_field: Mapping[Field, int] | None = None

    @property
    def all_hidden(self) -> int:
        """Return how many are hidden, by whatever rule."""
        return sum((self.hidden or {}).values())

    @property
    def all(self) -> int:
        """Return how many were sent."""
        return self.published + self.waiting + self.all_hidden


@dataclass(frozen=True)
class OpinionLine:
    """One line of the staff's list: an opinion, or several of one text; it holds none of it.

    :ivar id: of the first of them
    :ivar count: how many of one text wait together
    :ivar age: how long ago the first was sent
    """

    id: int
    number: str
    title: str
    title_en: str | None
    field: Field | None
    state: OpinionState
    objection_state: ObjectionState
    sent_at: datetime
    age: timedelta
    count: int = 1


@dataclass(frozen=True)
class WaitingOpinions:
    """How many opinions and objections wait, and for how long the oldest of them."""

    opinions: int
    objections: int
    longest: timedelta


@dataclass(frozen=True)
class DocumentRow:
    """An opinion in the document for the committees.

    :ivar is_published: False: it waits, and nobody has read it
    """

    number: str
    field: Field | None
    name: str | None
    text: str
    language: str
    is_published: bool
    answer: str | None
