"""The files under ``data/hearings/``: one dataclass a file, in the order of its columns."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from portal.calendar.models import Event
from portal.core.clock import council_zone
from portal.core.models import Source
from portal.council.models import Committee, Member
from portal.hearings.models import Hearing, HearingFigure, OrderItem, Speaker
from portal.hearings.rules.figures import Measure
from portal.hearings.rules.kinds import HearingKind, SpeakerRole
from portal.importers.files import DataFile, Lookup, check_span
from portal.importers.tables import Placed
from portal.legislation.models import Bill, Ordinance
from portal.programmes.models import Programme

SOURCE = {"source": ("source_id", Source)}
HEARING = {"hearing": ("hearing_id", Hearing)}
MEMBER = {"member": ("member_id", Member)}


@dataclass(frozen=True)
class HearingRow:
    """A hearing, discussion, seminar or forum; the calendar has it as ``event``."""

    slug: str
    kind: HearingKind
    title: str
    title_en: str | None
    topic: str | None
    topic_en: str | None
    is_own: bool
    host: str | None
    host_en: str | None
    committee: str | None
    member: str | None
    bill: str | None
    ordinance: str | None
    fiscal_year: int | None
    programme: str | None
    event: str
    starts_on: date
    starts_time: time | None
    ends_time: time | None
    place: str | None
    place_en: str | None
    directions: str | None
    directions_en: str | None
    online_url: str | None
    outcome: str | None
    outcome_en: str | None
    response: str | None
    response_en: str | None
    attendance: int | None
    video_url: str | None
    minutes_url: str | None
    papers_url: str | None
    announced_on: date | None
    note: str | None
    note_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class OrderItemRow:
    """A line of a hearing's running order."""

    hearing: str
    position: int
    starts_time: time | None
    title: str
    title_en: str | None


@dataclass(frozen=True)
class SpeakerRow:
    """Somebody who presents, discusses or chairs."""

    hearing: str
    position: int
    item: int | None
    role: SpeakerRole
    member: str | None
    name: str | None
    name_en: str | None
    affiliation: str | None
    affiliation_en: str | None


@dataclass(frozen=True)
class FigureRow:
    """A printed number of hearings that took place in a year."""

    year: int
    measure: Measure
    held: int
    as_of: date
    source: str
    locator: str | None


def _hours(placed: Placed[Any], _lookup: Lookup) -> dict[str, object]:
    """Return the aware beginning and end of a hearing, as far as they are known, in UTC."""
    row: HearingRow = placed.row
    return {
        "starts_at": _instant(row.starts_on, row.starts_time),
        "ends_at": _instant(row.starts_on, row.ends_time),
    }


def _instant(day: date, at: time | None) -> datetime | None:
    if at is None:
        return None
    return datetime.combine(day, at, council_zone()).astimezone(UTC)


FILES: tuple[DataFile, ...] = (
    DataFile(
        "hearings/hearings.csv",
        HearingRow,
        Hearing,
        ("slug",),
        SOURCE
        | MEMBER
        | {
            "committee": ("committee_id", Committee),
            "bill": ("bill_id", Bill),
            "ordinance": ("ordinance_id", Ordinance),
            "programme": ("programme_id", Programme),
            "event": ("event_id", Event),
        },
        left_out=frozenset(("starts_time", "ends_time")),
        further=_hours,
        check=check_span("starts_time", "ends_time"),
    ),
    DataFile("hearings/order_items.csv", OrderItemRow, OrderItem, ("hearing", "position"), HEARING),
    DataFile(
        "hearings/speakers.csv", SpeakerRow, Speaker, ("hearing", "position"), HEARING | MEMBER
    ),
    DataFile("hearings/figures.csv", FigureRow, HearingFigure, ("year", "measure"), SOURCE),
)
