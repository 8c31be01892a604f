"""Pages of a month and a year."""

from dataclasses import dataclass
from datetime import date

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.calendar import choices, queries, words
from portal.calendar.addresses import read_kind, read_month, read_year
from portal.calendar.almanac import Almanac
from portal.calendar.choices import EntryFilter
from portal.calendar.entries import entries_between
from portal.calendar.month import (
    build_month,
    days_of,
    month_after,
    month_name,
    month_url,
    year_months,
)
from portal.calendar.pages import CommitteeTime, Entry, SessionRow, mix_by_kind
from portal.calendar.rules import DayMix
from portal.calendar.views.blueprint import calendar, council_country
from portal.core import clock
from portal.core.errors import BadAddress
from portal.core.i18n import page_language
from portal.core.kept import kept
from portal.core.pages import public_page
from portal.core.params import FIRST_YEAR, LAST_YEAR
from portal.core.templates import render
from portal.extensions import db


@dataclass(frozen=True)
class YearTotals:
    """How many sessions and days of one kind of session a year has, as printed."""

    regular: int
    regular_days: int
    extraordinary: int
    extraordinary_days: int
    mix: DayMix

    @property
    def days(self) -> int:
        """Return all days."""
        return self.regular_days + self.extraordinary_days


@calendar.get("/calendar")
@public_page(params=("kind", "body"))
def show_current_month() -> str:
    """Show the month in which the site stands."""
    today = clock.today()
    return _month_page(today.year, today.month)


@calendar.get("/calendar/<year>/<month>")
@public_page(params=("kind", "body"))
def show_month(year: str, month: str) -> ResponseReturnValue:
    """Show a month as a table of weeks and as a list."""
    number, place = read_month(year, month)
    if month != f"{place:02}":
        kind, body = request.args.get("kind"), request.args.get("body")
        return redirect(month_url(number, place, kind, body), 301)
    return _month_page(number, place)


@calendar.get("/calendar/<year>")
@public_page()
def show_year(year: str) -> str:
    """Show a year: its months with the sessions in them, and a table of the sessions."""
    number = read_year(year)
    sessions = queries.published_sessions(db.session(), clock.today(), year=number)
    return render(
        "calendar/show_year.html",
        year=number,
        months=year_months(number, sessions, None),
        sessions=[(row, words.session_title(row)) for row in reversed(sessions)],
        totals=_totals(sessions),
        previous=number - 1 if number > FIRST_YEAR else None,
        next=number + 1 if number < LAST_YEAR else None,
    )


def _month_page(year: int, place: int) -> str:
    """Show a month, narrowed as the query says."""
    session, today = db.session(), clock.today()
    first, last = days_of(year, place)
    kind, body = read_kind(request.args.get("kind")), request.args.get("body") or ""
    almanac = queries.read_almanac(session, first, last, today, council_country(), page_language())
    committees = queries.committee_times(session, first, last, today, body)
    wanted = EntryFilter(kind, *_chosen_body(body, committees))
    entries = _entries(session, first, last, today, committees, page_language())
    shown = choices.narrow(entries, wanted)

    def address(kind: str | None, body: str | None) -> str:
        return month_url(year, place, kind, body)

    return render(
        "calendar/show_month.html",
        month=build_month(year, place, shown, almanac),
        wanted=wanted,
        kinds=choices.kind_choices(entries, wanted, address),
        bodies=choices.body_choices(entries, wanted, address),
        year_months=year_months(year, almanac.sessions, place),
        sessions=_sessions_in(almanac, first, last),
        next_session=almanac.session_after(last),
        has_year=any(s.starts_on.year == year for s in almanac.sessions),
        previous=_neighbour(year, place, -1, wanted),
        next=_neighbour(year, place, 1, wanted),
    )


@kept
def _entries(
    session: Session,
    first: date,
    last: date,
    today: date,
    committees: tuple[CommitteeTime, ...],
    _language: str,
) -> tuple[Entry, ...]:
    """Return all entries of a month, which its narrowed pages share; they speak the language."""
    events = queries.published_events(session, today, first=first, last=last)
    return entries_between(events, committees, first, last, today)


def _chosen_body(slug: str, committees: tuple[CommitteeTime, ...]) -> tuple[str | None, str]:
    """Return slug and name of the committee the query narrows the month to.

    :param committees: among them the one of that slug
    :raise BadAddress: there is no such committee
    """
    if not slug:
        return None, ""
    body = next((c for c in committees if c.slug == slug), None)
    if body is None:
        raise BadAddress(_("There is no such committee. Choose one from the list."))
    return slug, words.marked(body.name, body.name_en)


def _sessions_in(
    almanac: Almanac, first: date, last: date
) -> list[tuple[SessionRow, str, tuple[tuple[str, int], ...]]]:
    """Return the sessions with days from first to last: row, title, and mix for the key."""
    rows = (s for s in almanac.sessions if s.starts_on <= last and s.ends_on >= first)
    return [(row, words.session_title(row), mix_by_kind(row.printed)) for row in rows]


def _neighbour(year: int, place: int, count: int, wanted: EntryFilter) -> tuple[str, str] | None:
    """Return name and address of the month before or after; None outside the calendar's years."""
    year, place = month_after(year, place, count)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    kind = wanted.kind.value if wanted.kind else None
    return month_name(year, place), month_url(year, place, kind, wanted.body)


def _totals(sessions: tuple[SessionRow, ...]) -> YearTotals:
    """Return the sums of a year's printed figures."""
    regular = [s for s in sessions if s.kind == "regular"]
    others = [s for s in sessions if s.kind != "regular"]
    return YearTotals(
        regular=len(regular),
        regular_days=sum(s.days for s in regular),
        extraordinary=len(others),
        extraordinary_days=sum(s.days for s in others),
        mix=DayMix(
            plenary=sum(s.printed.plenary for s in sessions),
            audit=sum(s.printed.audit for s in sessions),
            committee=sum(s.printed.committee for s in sessions),
            off=sum(s.printed.off for s in sessions),
        ),
    )
