"""Reads about sessions, as known on a day."""

import functools
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from portal.calendar.almanac import Almanac, known_sessions
from portal.calendar.models import BusinessItem, CouncilSession, Event, SessionSpan
from portal.calendar.pages import BusinessLine, SessionRow
from portal.calendar.rules import DayKind, DayMix, DaySpan
from portal.core.citations import SOURCE_COLUMNS, SourceLine, source_of
from portal.core.errors import NotFound
from portal.core.kept import kept
from portal.core.models import Source
from portal.council.holidays import holidays_between

#: Lists are bounded, far above what a council has.
MOST_ROWS = 4000
#: A calendar shows the sessions of the years around its own, so that it can name the next one.
_YEARS_AROUND = timedelta(days=366)


@kept
def read_almanac(
    session: Session, first: date, last: date, today: date, country: str, language: str
) -> Almanac:
    """Return the sessions known today around the days from first to last, and the holidays.

    :param country: whose public holidays count, such as ``KR``; empty for none
    """
    first, last = first - _YEARS_AROUND, last + _YEARS_AROUND
    rows = _session_rows(session, CouncilSession.starts_on <= last, CouncilSession.ends_on >= first)
    holidays = holidays_between(session, first, last, country, language)
    return Almanac(today, known_sessions(rows, today), holidays)


@kept
def published_sessions(
    session: Session, today: date, *, year: int | None = None
) -> tuple[SessionRow, ...]:
    """Return the sessions known today, of one year or of all, the first one first."""
    conditions: list[ColumnElement[bool]] = []
    if year is not None:
        conditions.append(CouncilSession.starts_on.between(date(year, 1, 1), date(year, 12, 31)))
    return known_sessions(_session_rows(session, *conditions), today)


@kept
def get_published_session(
    session: Session, number: int, today: date
) -> tuple[SessionRow, SessionRow | None, SessionRow | None]:
    """Return a session, the one before and the one after it.

    :raise NotFound: there is no such session, or it is not known yet
    """
    near = CouncilSession.number.between(number - 1, number + 1)
    rows = {r.number: r for r in known_sessions(_session_rows(session, near), today)}
    if number not in rows:
        raise NotFound
    return rows[number], rows.get(number - 1), rows.get(number + 1)


@kept
def business_of(
    session: Session, session_id: int
) -> tuple[tuple[BusinessLine, ...], SourceLine | None]:
    """Return a session's order of business and the document it stands in."""
    rows = session.execute(
        select(
            BusinessItem.text,
            BusinessItem.text_en,
            *SOURCE_COLUMNS,
            BusinessItem.locator,
        )
        .outerjoin_from(BusinessItem, Source, Source.id == BusinessItem.source_id)
        .where(BusinessItem.session_id == session_id)
        .order_by(BusinessItem.position)
        .limit(MOST_ROWS)
    ).all()
    source = next((source_of(row) for row in rows if row.source_title), None)
    return tuple(BusinessLine(row.text, row.text_en) for row in rows), source


def _session_rows(session: Session, *conditions: ColumnElement[bool]) -> tuple[SessionRow, ...]:
    """Return sessions with the kinds of their days, the first one first."""
    rows: Sequence[Any] = session.execute(_sessions().where(*conditions)).all()
    return tuple(
        _session_row(tuple(of_session)) for _key, of_session in groupby(rows, lambda row: row[0].id)
    )


@functools.cache
def _sessions() -> Select[CouncilSession, date | None, date, date, DayKind]:
    """Return the statement for sessions with their spans; it is made once."""
    first_announced = (
        select(func.min(Event.announced_on))
        .where(Event.session_id == CouncilSession.id, Event.is_published())
        .correlate(CouncilSession)
        .scalar_subquery()
    )
    return (
        select(
            CouncilSession,
            first_announced.label("first_announced_on"),
            SessionSpan.starts_on,
            SessionSpan.ends_on,
            SessionSpan.kind,
        )
        .outerjoin_from(CouncilSession, SessionSpan, SessionSpan.session_id == CouncilSession.id)
        .where(CouncilSession.is_published())
        .order_by(CouncilSession.starts_on, CouncilSession.id, SessionSpan.starts_on)
        .limit(MOST_ROWS)
    )


def _session_row(rows: tuple[Any, ...]) -> SessionRow:
    session: CouncilSession = rows[0][0]
    return SessionRow(
        id=session.id,
        number=session.number,
        kind=session.kind,
        starts_on=session.starts_on,
        ends_on=session.ends_on,
        days=session.days,
        printed=DayMix(
            plenary=session.plenary_days,
            audit=session.audit_days,
            committee=session.committee_days,
            off=session.off_days,
        ),
        spans=tuple(DaySpan(*row[2:]) for row in rows if row[2] is not None),
        note=session.note,
        note_en=session.note_en,
        first_announced_on=rows[0].first_announced_on,
        sequence=session.sequence,
        changed_at=session.changed_at,
    )
