"""What pages of applications show: frozen rows that ``queries.applications`` reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.accounts.rules import Place
from portal.core.citations import SourceLine
from portal.hearings.rules.applications import ApplicationState, Support
from portal.hearings.rules.figures import Measure
from portal.hearings.rules.kinds import HearingKind


@dataclass(frozen=True)
class ApplicationRow:
    """An application with whose it is.

    :ivar place: its committee or member
    :ivar day: the day it is for, in the council's zone
    :ivar granted: None: not decided, or refused; ``spent``: None: not settled
    """

    id: int
    kind: HearingKind
    title: str
    topic: str
    place: Place
    host: str
    host_en: str | None
    room_id: int | None
    room: str
    room_en: str | None
    day: date
    starts_at: datetime
    ends_at: datetime
    people: int | None
    wanted: Support
    granted: Support | None
    spent: Support | None
    plenary_because: str | None
    state: ApplicationState
    sent_by: str
    sent_at: datetime
    answer: str | None
    decided_by: str | None
    decided_at: datetime | None
    settled_by: str | None
    settled_at: datetime | None
    hearing_id: int | None


@dataclass(frozen=True)
class ProgrammeName:
    """The work programme that pays."""

    id: int
    slug: str
    name: str
    name_en: str | None


@dataclass(frozen=True)
class Budget:
    """A printed budget at a date, in won."""

    as_of: date
    current_won: int
    spent_won: int


@dataclass(frozen=True)
class PrintedYear:
    """What a document prints of a year; what it does not print is missing.

    :ivar as_of: the last day that it counts
    """

    year: int
    as_of: date
    held: Mapping[Measure, int]
    source: SourceLine | None
