"""The page of a day: what is on."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import redirect
from flask.typing import ResponseReturnValue

from portal.calendar import queries, words
from portal.calendar.addresses import read_date
from portal.calendar.almanac import Almanac
from portal.calendar.entries import (
    MOVED,
    agenda_days,
    day_url,
    end_entries,
    entries_between,
    place_of,
    running_entry,
)
from portal.calendar.month import month_url
from portal.calendar.pages import CommitteeTime, Entry, EventRow
from portal.calendar.rules import EventState
from portal.calendar.views.blueprint import calendar, council_country
from portal.core import clock
from portal.core.addresses import url_for
from portal.core.i18n import page_language, write_day, write_month
from portal.core.pages import public_page
from portal.core.params import FIRST_YEAR, LAST_YEAR
from portal.core.templates import render
from portal.extensions import db


@dataclass(frozen=True)
class SessionDay:
    """Which day of a session a day is.

    :ivar what: word for the kind of day; empty when it is not known
    """

    title: str
    number: int
    day_number: int
    total: int
    what: str


@calendar.get("/calendar/today")
@public_page()
def show_today() -> ResponseReturnValue:
    """Lead to the page of the day on which the site stands."""
    return redirect(day_url(clock.today()))


@calendar.get("/calendar/<year>/<month>/<day>")
@public_page()
def show_day(year: str, month: str, day: str) -> ResponseReturnValue:
    """Show what is on on a day: holidays, the session's day, events, committees that end."""
    on = read_date(year, month, day)
    if (month, day) != (f"{on.month:02}", f"{on.day:02}"):
        return redirect(day_url(on), 301)
    session, today = db.session(), clock.today()
    almanac = queries.read_almanac(session, on, on, today, council_country(), page_language())
    events = queries.published_events(session, today, first=on, limit=queries.MOST_NEXT)
    entries = _entries_on(on, events, queries.committee_times(session, on, on, today), today)
    return render(
        "calendar/show_day.html",
        title=write_day(on, page_language()),
        day=on,
        is_today=on == today,
        groups=agenda_days(entries, today),
        holiday=almanac.holidays.get(on),
        is_off=almanac.is_off(on),
        session_day=_session_day(almanac, on),
        next_entry=_next_entry(on, events),
        month_title=write_month(on.year, on.month, page_language()),
        month_url=month_url(on.year, on.month),
        year_url=url_for("calendar.show_year", year=on.year),
        previous=_neighbour(on, -1),
        next=_neighbour(on, 1),
    )


def _entries_on(
    on: date, events: tuple[EventRow, ...], ends: tuple[CommitteeTime, ...], today: date
) -> tuple[Entry, ...]:
    """Return what a day's list holds: running events, ends, and events moved away."""
    found = [running_entry(e, on) for e in events if e.starts_on <= on <= e.ends_on]
    found += end_entries(ends, today)
    found += [e for e in entries_between(events, (), on, on, today) if e.state == MOVED]
    return tuple(sorted(found, key=place_of))


def _session_day(almanac: Almanac, on: date) -> SessionDay | None:
    """Return which day of which session a day is; None out of session."""
    row = almanac.session_on(on)
    if row is None:
        return None
    kind = next((tick.kind for tick in almanac.ruler_of(row) if tick.on == on), None)
    return SessionDay(
        title=words.session_title(row),
        number=row.number,
        day_number=(on - row.starts_on).days + 1,
        total=row.days,
        what=words.day_kind_name(kind) if kind else "",
    )


def _next_entry(on: date, events: tuple[EventRow, ...]) -> Entry | None:
    """Return the first event after a day that still stands."""
    coming = (e for e in events if e.starts_on > on and e.state is not EventState.CANCELLED)
    event = next(coming, None)
    return running_entry(event, event.starts_on) if event else None


def _neighbour(on: date, count: int) -> tuple[str, str] | None:
    """Return name and address of the day before or after; None outside the calendar's years."""
    day = on + timedelta(days=count)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return write_day(day, page_language(), year=False), day_url(day)
