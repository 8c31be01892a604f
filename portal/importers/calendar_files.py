"""The files under ``data/calendar/``: one dataclass a file, in the order of its columns."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from flask_babel import gettext as _

from portal.calendar.models import (
    AgendaItem,
    BusinessItem,
    CouncilSession,
    Event,
    EventChange,
    Room,
    SessionSpan,
)
from portal.calendar.rules import ChangeKind, DayKind, EventKind, Held, SessionKind
from portal.core.clock import council_zone
from portal.core.models import Source
from portal.council.holidays import ADD, REMOVE, HolidayChange
from portal.council.models import Committee
from portal.council.rules import Nature
from portal.importers.files import DataFile, Lookup, check_span
from portal.importers.tables import Placed

SOURCE = {"source": ("source_id", Source)}


@dataclass(frozen=True)
class HolidayRow:
    """A correction of the public holidays: ``add`` or ``remove`` a day."""

    on: date
    name: str
    name_en: str | None
    change: str
    source: str


@dataclass(frozen=True)
class SessionRow:
    """A session with its printed days."""

    number: int
    kind: SessionKind
    starts_on: date
    ends_on: date
    days: int
    plenary_days: int
    committee_days: int
    audit_days: int
    off_days: int
    note: str | None
    note_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class SessionDaysRow:
    """Days of one kind within a session."""

    session: int
    starts_on: date
    ends_on: date
    kind: DayKind
    nature: Nature
    source: str
    locator: str | None


@dataclass(frozen=True)
class AgendaRow:
    """A line of a session's order of business."""

    session: int
    position: int
    text: str
    text_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class EventRow:
    """An event."""

    slug: str
    kind: EventKind
    title: str
    title_en: str | None
    session: int | None
    committee: str | None
    body: str | None
    body_en: str | None
    starts_on: date
    ends_on: date
    starts_time: time | None
    place: str | None
    place_en: str | None
    host: str | None
    host_en: str | None
    summary: str | None
    summary_en: str | None
    outcome: str | None
    outcome_en: str | None
    items: int | None
    stage: str | None
    stage_en: str | None
    announced_on: date | None
    held: Held
    watch_url: str | None
    minutes_url: str | None
    papers_url: str | None
    attend: str | None
    attend_en: str | None
    nature: Nature
    note: str | None
    note_en: str | None
    source: str
    locator: str | None


@dataclass(frozen=True)
class EventAgendaRow:
    """An item on an event's agenda."""

    event: str
    position: int
    text: str
    text_en: str | None


@dataclass(frozen=True)
class EventChangeRow:
    """A change of an event's dates; a cancelled one has no new dates."""

    event: str
    changed_on: date
    kind: ChangeKind
    old_starts_on: date
    old_ends_on: date
    new_starts_on: date | None
    new_ends_on: date | None
    reason: str | None
    reason_en: str | None
    source: str


@dataclass(frozen=True)
class RoomRow:
    """A room; an empty capacity is not known."""

    slug: str
    name: str
    name_en: str | None
    building: str | None
    building_en: str | None
    capacity: int | None
    directions: str | None
    directions_en: str | None
    accessibility: str | None
    accessibility_en: str | None
    position: int
    is_open: bool
    source: str
    locator: str | None


def _starts_at(placed: Placed[Any], _lookup: Lookup) -> dict[str, object]:
    """Return the aware start of an event whose time is known, in UTC."""
    row: EventRow = placed.row
    if row.starts_time is None:
        return {"starts_at": None}
    local = datetime.combine(row.starts_on, row.starts_time, council_zone())
    return {"starts_at": local.astimezone(UTC)}


def _check_holiday(row: HolidayRow) -> tuple[str, str] | None:
    return None if row.change in (ADD, REMOVE) else ("change", _("write add or remove"))


def _check_span_row(row: SessionDaysRow) -> tuple[str, str] | None:
    if row.kind is DayKind.OFF:
        return "kind", _("days off come from weekends and holidays")
    return check_span("starts_on", "ends_on")(row)


def _check_room(row: RoomRow) -> tuple[str, str] | None:
    is_possible = row.capacity is None or row.capacity > 0
    return None if is_possible else ("capacity", _("leave it empty where it is not known"))


FILES = (
    DataFile(
        "calendar/holidays.csv", HolidayRow, HolidayChange, ("on",), SOURCE, check=_check_holiday
    ),
    DataFile(
        "calendar/sessions.csv",
        SessionRow,
        CouncilSession,
        ("number",),
        SOURCE,
        check=check_span("starts_on", "ends_on"),
    ),
    DataFile(
        "calendar/session_days.csv",
        SessionDaysRow,
        SessionSpan,
        ("session", "starts_on", "kind"),
        SOURCE | {"session": ("session_id", CouncilSession)},
        check=_check_span_row,
    ),
    DataFile(
        "calendar/agenda.csv",
        AgendaRow,
        BusinessItem,
        ("session", "position"),
        SOURCE | {"session": ("session_id", CouncilSession)},
    ),
    DataFile(
        "calendar/events.csv",
        EventRow,
        Event,
        ("slug",),
        SOURCE
        | {"session": ("session_id", CouncilSession), "committee": ("committee_id", Committee)},
        left_out=frozenset(("starts_time",)),
        further=_starts_at,
        check=check_span("starts_on", "ends_on"),
    ),
    DataFile(
        "calendar/event_agenda.csv",
        EventAgendaRow,
        AgendaItem,
        ("event", "position"),
        {"event": ("event_id", Event)},
    ),
    DataFile(
        "calendar/event_changes.csv",
        EventChangeRow,
        EventChange,
        ("event", "changed_on"),
        SOURCE | {"event": ("event_id", Event)},
    ),
    DataFile("calendar/rooms.csv", RoomRow, Room, ("slug",), SOURCE, check=_check_room),
)
