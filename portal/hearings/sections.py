"""What pages of other features show of hearings, and the home page of those to come."""

import functools
from dataclasses import dataclass

from flask import Flask
from flask_babel import gettext as _

from portal.core import clock
from portal.core.sections import Section, register_section
from portal.extensions import db
from portal.hearings import words
from portal.hearings.pages import HearingRow
from portal.hearings.queries import sections as queries
from portal.hearings.queries.hearings import coming_hearings
from portal.hearings.queries.sections import MOST_SHOWN

#: So many of the next ones stand on the home page.
MOST_AT_HOME = 3
#: Places of lower pages, and the column of hearings that points to the page's row.
OWNERS = {
    "council.committee": "committee_id",
    "legislation.bill": "bill_id",
    "legislation.ordinance": "ordinance_id",
    "programmes.programme": "programme_id",
}


@dataclass(frozen=True)
class Hearings:
    """What a section shows.

    :ivar rows: kinds in words, and hearings, the latest first
    """

    rows: tuple[tuple[str, HearingRow], ...]
    has_more: bool


def init_app(app: Flask) -> None:
    """Register the sections."""
    for place, column in OWNERS.items():
        register_section(app, place, functools.partial(_of_row, column))
    register_section(app, "council.member", _of_member)
    register_section(app, "calendar.session", _of_session)
    register_section(app, "budget.year", _of_year)
    register_section(app, "calendar.event", _of_event)
    register_section(app, "site.home", _coming)


def _of_row(column: str, row_id: int) -> Section | None:
    """Return the hearings that point to a row by a column."""
    session, today = db.session(), clock.today()
    return _section(
        queries.hearings_where(session, today, lambda row: getattr(row, column) == row_id)
    )


def _of_member(member_id: int) -> Section | None:
    return _section(queries.hearings_of_member(db.session(), member_id, clock.today()))


def _of_session(session_id: int) -> Section | None:
    return _section(queries.hearings_of_session(db.session(), session_id, clock.today()))


def _of_year(year: int) -> Section | None:
    return _section(queries.hearings_of_year(db.session(), year, clock.today()))


def _of_event(event_id: int) -> Section | None:
    """Return what leads from an event to its hearing."""
    session, today = db.session(), clock.today()
    rows = queries.hearings_where(session, today, lambda row: row.event_id == event_id)
    return Section(_("Take part"), "hearings/_event.html", rows[0]) if rows else None


def _section(rows: tuple[HearingRow, ...]) -> Section | None:
    if not rows:
        return None
    content = Hearings(_labelled(rows[:MOST_SHOWN]), len(rows) > MOST_SHOWN)
    return Section(_("Hearings and discussions"), "hearings/_section.html", content)


def _coming(_row_id: int) -> Section | None:
    """Return the next hearings, for the home page."""
    rows = coming_hearings(db.session(), clock.today(), MOST_AT_HOME)
    if not rows:
        return None
    content = Hearings(_labelled(rows), has_more=True)
    return Section(_("Hearings and discussions to come"), "hearings/_section.html", content)


def _labelled(rows: tuple[HearingRow, ...]) -> tuple[tuple[str, HearingRow], ...]:
    return tuple((words.kind_label(row.kind), row) for row in rows)
