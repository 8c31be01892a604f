"""Reads about committees, for the calendar."""

from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.calendar.pages import CommitteeTime
from portal.core.kept import kept
from portal.council.models import Committee
from portal.council.rules import CommitteeKind

#: Lists are bounded, far above what a council has.
MOST_ROWS = 1000


@kept
def committee_times(
    session: Session, first: date, last: date, today: date, also: str = ""
) -> tuple[CommitteeTime, ...]:
    """Return the special committees known today whose work ends between two days, in order.

    :param also: slug of a committee that is wanted whenever it ends
    """
    is_ending = and_(
        Committee.kind != CommitteeKind.STANDING, Committee.ends_on.between(first, last)
    )
    rows = session.execute(
        select(
            Committee.slug,
            Committee.name,
            Committee.name_en,
            Committee.starts_on,
            Committee.ends_on,
        )
        .where(Committee.is_published(), or_(is_ending, Committee.slug == also))
        .where(or_(Committee.starts_on.is_(None), Committee.starts_on <= today))
        .order_by(Committee.ends_on, Committee.position)
        .limit(MOST_ROWS)
    )
    return tuple(CommitteeTime(*row) for row in rows)


@kept
def subscribable_committees(
    session: Session, today: date
) -> tuple[tuple[str, str, str | None], ...]:
    """Return slug and names of the committees that exist today, in the order of their file."""
    rows = session.execute(
        select(Committee.slug, Committee.name, Committee.name_en)
        .where(Committee.is_published())
        .where(or_(Committee.starts_on.is_(None), Committee.starts_on <= today))
        .where(or_(Committee.ends_on.is_(None), Committee.ends_on >= today))
        .order_by(Committee.position)
        .limit(MOST_ROWS)
    )
    return tuple((slug, name, name_en) for slug, name, name_en in rows)
