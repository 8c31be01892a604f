"""What pages of other features show of hearings, and the home page of those to come."""

from dataclasses import dataclass

from flask import Flask
from flask_babel import gettext as _

from portal.core import clock
from portal.core.sections import Section, register_section
from portal.extensions import db
from portal.hearings import words
from portal.hearings.pages import HearingRow
from portal.hearings.queries.hearings import coming_hearings
from portal.hearings.queries.sections import MOST_SHOWN, hearings_of

#: So many of the next ones stand on the home page.
MOST_AT_HOME = 3
#: The place on each page, and the column of hearings that points to its row.
OWNERS = {
    "council.member": "member",
    "council.committee": "committee_id",
    "calendar.session": "session",
    "legislation.bill": "bill_id",
    "legislation.ordinance": "ordinance_id",
    "programmes.programme": "programme_id",
    "budget.year": "year",
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
    for place, owner in OWNERS.items():
        register_section(app, place, lambda key, owner=owner: _section(owner, key))
    register_section(app, "calendar.event", _of_event)
    register_section(app, "site.home", _coming)


def _section(owner: str, key: int) -> Section | None:
    """Return the hearings of a row."""
    rows = hearings_of(db.session(), owner, key, clock.today())
    if not rows:
        return None
    content = Hearings(_labelled(rows[:MOST_SHOWN]), len(rows) > MOST_SHOWN)
    return Section(_("Hearings and discussions"), "hearings/_section.html", content)


def _of_event(event_id: int) -> Section | None:
    """Return what leads from an event to its hearing."""
    rows = hearings_of(db.session(), "event_id", event_id, clock.today())
    return Section(_("Take part"), "hearings/_event.html", rows[0]) if rows else None


def _coming(_row_id: int) -> Section | None:
    """Return the next hearings, for the home page."""
    rows = coming_hearings(db.session(), clock.today(), MOST_AT_HOME)
    if not rows:
        return None
    content = Hearings(_labelled(rows), has_more=True)
    return Section(_("Hearings and discussions to come"), "hearings/_section.html", content)


def _labelled(rows: tuple[HearingRow, ...]) -> tuple[tuple[str, HearingRow], ...]:
    return tuple((words.kind_label(row.kind), row) for row in rows)
