"""Hearings on pages of other features: of a committee, a bill, a budget year and so on."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.calendar.models import CouncilSession
from portal.core.kept import kept
from portal.hearings.pages import HearingRow
from portal.hearings.queries.hearings import hearings_of_speakers, published_hearings

#: A section shows so many; one more is read to know that there are more.
MOST_SHOWN = 10


def hearings_where(
    session: Session, today: date, is_wanted: Callable[[HearingRow], bool]
) -> tuple[HearingRow, ...]:
    """Return the latest hearings that are wanted, of those that all pages know already."""
    wanted = [row for row in published_hearings(session, today) if is_wanted(row)]
    return tuple(wanted[: MOST_SHOWN + 1])


def hearings_of_member(session: Session, member_id: int, today: date) -> tuple[HearingRow, ...]:
    """Return the hearings that a member holds, takes part in, or speaks at."""
    spoken = hearings_of_speakers(session).get(member_id, frozenset())
    return hearings_where(
        session, today, lambda row: row.member_id == member_id or row.id in spoken
    )


def hearings_of_session(session: Session, session_id: int, today: date) -> tuple[HearingRow, ...]:
    """Return the hearings on days of a session of the council."""
    first, last = _days_of(session, session_id)
    return hearings_where(session, today, lambda row: first <= row.starts_on <= last)


def hearings_of_year(session: Session, year: int, today: date) -> tuple[HearingRow, ...]:
    """Return the hearings about the budget of a year, and those about any budget held in it."""
    return hearings_where(
        session,
        today,
        lambda row: row.fiscal_year is not None and year in (row.fiscal_year, row.starts_on.year),
    )


@kept
def _days_of(session: Session, session_id: int) -> tuple[date, date]:
    row = session.execute(
        select(CouncilSession.starts_on, CouncilSession.ends_on).where(
            CouncilSession.id == session_id
        )
    ).one()
    return row.starts_on, row.ends_on
