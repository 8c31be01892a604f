"""What staff choose from when they write of a hearing."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.core.i18n import plain
from portal.legislation.models import Bill
from portal.programmes.models import Programme

#: The newest bills are offered; about an older one nobody is heard any more.
MOST_BILLS = 300
MOST_PROGRAMMES = 200


def bill_choices(session: Session, own: int | None) -> list[tuple[int, str]]:
    """Return the newest public bills, and one that a hearing is about already."""
    newest = select(Bill.id).where(Bill.is_published()).order_by(Bill.id.desc()).limit(MOST_BILLS)
    rows = session.execute(
        select(Bill.id, Bill.title, Bill.title_en)
        .where(or_(Bill.id.in_(select(newest.subquery().c.id)), Bill.id == own))
        .order_by(Bill.title, Bill.id)
        .limit(MOST_BILLS + 1)
    )
    return [(row_id, plain(title, title_en)) for row_id, title, title_en in rows]


def programme_choices(session: Session, own: int | None) -> list[tuple[int, str]]:
    """Return the public work programmes in their order, and a hearing's own one."""
    rows = session.execute(
        select(Programme.id, Programme.name, Programme.name_en)
        .where(or_(Programme.is_published(), Programme.id == own))
        .order_by(Programme.chapter_id, Programme.position)
        .limit(MOST_PROGRAMMES)
    )
    return [(row_id, plain(name, name_en)) for row_id, name, name_en in rows]
