"""Deeds of the staff once a hearing is over."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.errors import Conflict
from portal.core.versions import raise_version
from portal.hearings.models import Hearing
from portal.hearings.services.changes import follow
from portal.hearings.services.sign_ups import lock_hearing
from portal.places import services as places

KIND = Hearing.__tablename__


def close_attendance(
    session: Session, *, hearing_id: int, attendance: int, actor: str, now: datetime, at: datetime
) -> int:
    """Keep how many people came, and note of who was not checked in that they did not.

    Only the room is checked in: nobody sees who follows online.

    :param attendance: people, as counted; the public reads it
    :return: how many parties did not come
    :raise Conflict: it has not begun
    """
    hearing = lock_hearing(session, hearing_id)
    if hearing.starts_on > now.date():
        raise Conflict(_("Its day has not come. Nobody can be counted yet."))
    absent: tuple[int, ...] = ()
    if hearing.room_pool_id is not None:
        absent, changes = places.mark_rest_absent(session, pool_id=hearing.room_pool_id, at=now)
        follow(session, hearing, changes, at=at)
    hearing.attendance = attendance
    session.flush()
    raise_version(session)
    after = {"attendance": str(attendance), "absent": str(len(absent))}
    audit.record(
        session,
        actor=actor,
        deed="hearing.attendance_kept",
        kind=KIND,
        row_id=hearing_id,
        after=after,
    )
    return len(absent)
