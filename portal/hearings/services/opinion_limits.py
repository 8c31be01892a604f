"""How many opinions may be sent: by one hearing's form, and by one network address.

Counts by form come before counts by address: two hundred people may share the address of a school
or a carrier.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.hearings.models import Opinion

#: So many opinions the form of one hearing takes within the window.
MOST_OF_A_HEARING = 600
WINDOW = timedelta(hours=1)


def is_over_limit(session: Session, *, hearing_id: int, address: str, at: datetime) -> bool:
    """Say whether an opinion is one too many now.

    :param address: the network address it comes from
    :param at: the real time
    """
    query = select(func.count(Opinion.id)).where(
        Opinion.hearing_id == hearing_id, Opinion.sent_at > at - WINDOW
    )
    return (session.scalar(query) or 0) >= MOST_OF_A_HEARING
