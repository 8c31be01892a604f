"""Hearings on pages of other features: of a committee, a bill, a budget year and so on."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from portal.calendar.models import CouncilSession
from portal.core.kept import kept
from portal.hearings.models import Hearing, Speaker
from portal.hearings.pages import HearingRow
from portal.hearings.queries.hearings import hearing_rows, row_of

#: A section shows so many; one more is read to know that there are more.
MOST_SHOWN = 10


@kept
def hearings_of(session: Session, owner: str, key: int, today: date) -> tuple[HearingRow, ...]:
    """Return the latest hearings of something, known on a day, in one statement.

    :param owner: a column of hearings that points to it, or ``session``, ``member``, ``year``
    :param key: its id, of a year its number
    """
    wanted = hearing_rows().where(Hearing.is_shown(today), _is_of(owner, key))
    rows = session.execute(wanted.limit(MOST_SHOWN + 1))
    return tuple(row_of(row, today) for row in rows)


def _is_of(owner: str, key: int) -> ColumnElement[bool]:
    if owner == "member":
        speaks = select(Speaker.hearing_id).where(Speaker.member_id == key)
        return or_(Hearing.member_id == key, Hearing.id.in_(speaks))
    if owner == "session":
        within = Hearing.starts_on.between(CouncilSession.starts_on, CouncilSession.ends_on)
        return select(CouncilSession.id).where(CouncilSession.id == key, within).exists()
    if owner == "year":
        in_year = Hearing.starts_on.between(date(key, 1, 1), date(key, 12, 31))
        about_money = and_(Hearing.fiscal_year.is_not(None), in_year)
        return or_(Hearing.fiscal_year == key, about_money)
    pointer: ColumnElement[bool] = getattr(Hearing, owner) == key
    return pointer
