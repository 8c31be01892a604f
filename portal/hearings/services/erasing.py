"""Erasing what is kept of those who took part, once it is needed no more."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.hearings.models import Hearing, Review, SignUp
from portal.hearings.queries.sign_ups import MOST_AT_ONCE


def erase_sign_ups(session: Session, *, today: date, days: int, at: datetime) -> int:
    """Erase names, addresses and words of sign-ups of hearings long over; return of how many.

    The row stays without them, so that figures stay true.
    """
    rows = session.scalars(
        select(SignUp)
        .join(Hearing, Hearing.id == SignUp.hearing_id)
        .where(SignUp.erased_at.is_(None), Hearing.starts_on < today - timedelta(days=days))
        .order_by(SignUp.id)
        .limit(MOST_AT_ONCE)
    ).all()
    for row in rows:
        row.name = row.email = row.phone = row.needs = row.question = None
        row.contact_index = row.code_hash = None
        row.link_version += 1
        row.erased_at = at
    _erase_wishes(session, before=today - timedelta(days=days))
    session.flush()
    return len(rows)


def _erase_wishes(session: Session, *, before: date) -> None:
    """Erase what somebody wrote among the three answers; their marks stay as figures."""
    over = select(Hearing.id).where(Hearing.starts_on < before)
    session.execute(
        update(Review)
        .where(Review.hearing_id.in_(over), Review.wish.is_not(None))
        .values(wish=None)
        .execution_options(synchronize_session=False)
    )
