"""Deeds of the staff on the places of a hearing: open, change, call off.

They need no second reader, since they must follow what happens on the day; each leaves a line.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.errors import Conflict, Invalid
from portal.core.versions import raise_version
from portal.hearings.models import Hearing
from portal.hearings.rules.kinds import Way
from portal.hearings.scopes import scope_of
from portal.hearings.services.changes import follow
from portal.notifications.services import refuse_foreign_links
from portal.places import services as places
from portal.places.models import Pool
from portal.places.rules import Terms

KIND = Hearing.__tablename__


@dataclass(frozen=True)
class Windows:
    """When one can sign up and send opinions; aware business times, None where there is none."""

    sign_up_opens_at: datetime | None = None
    sign_up_closes_at: datetime | None = None
    opinions_open_at: datetime | None = None
    opinions_close_at: datetime | None = None


def set_terms(
    session: Session,
    *,
    hearing: Hearing,
    way: Way,
    terms: Terms,
    actor: str,
    now: datetime,
    at: datetime,
) -> None:
    """Say how many places one way to take part has; what is free now is offered at once.

    Nobody loses places. Offers end with the hearing's beginning, so that is always its own.

    :param actor: key of who decides, for the trail
    """
    terms = replace(terms, starts_at=hearing.starts_at)
    pool_id = hearing.pool_ids.get(way)
    if pool_id is None:
        name = "room_pool_id" if way is Way.ROOM else "online_pool_id"
        setattr(hearing, name, places.create_pool(session, terms).id)
        raise_version(session, scope_of(hearing.slug))
    else:
        changes = places.change_pool(session, pool_id=pool_id, terms=terms, at=now)
        follow(session, hearing, changes, at=at)
    session.flush()
    after = {"way": way.value, "capacity": str(terms.capacity), "held_back": str(terms.held_back)}
    audit.record(
        session, actor=actor, deed="hearing.places_set", kind=KIND, row_id=hearing.id, after=after
    )


def release_places(
    session: Session, *, hearing: Hearing, way: Way, actor: str, now: datetime, at: datetime
) -> None:
    """Give out the places that were held back; who waits is offered them at once.

    :raise Conflict: none is held back
    """
    pool = session.get(Pool, hearing.pool_ids.get(way, 0), populate_existing=True)
    if pool is None or pool.held_back == 0:
        raise Conflict(_("No places are held back."))
    terms = replace(pool.terms, held_back=0)
    set_terms(session, hearing=hearing, way=way, terms=terms, actor=actor, now=now, at=at)


def set_windows(session: Session, *, hearing: Hearing, windows: Windows, actor: str) -> None:
    """Say when one can sign up and send opinions.

    :raise Invalid: one ends before it begins, or has only one end
    """
    for opens, closes in (
        (windows.sign_up_opens_at, windows.sign_up_closes_at),
        (windows.opinions_open_at, windows.opinions_close_at),
    ):
        if (opens is None) != (closes is None) or (opens and closes and closes <= opens):
            raise Invalid(_("Give the beginning and the end; it must end after it begins."))
    for name, value in vars(windows).items():
        setattr(hearing, name, value)
    session.flush()
    raise_version(session, scope_of(hearing.slug))
    after = {name: value.isoformat() if value else "-" for name, value in vars(windows).items()}
    audit.record(
        session, actor=actor, deed="hearing.windows_set", kind=KIND, row_id=hearing.id, after=after
    )


def call_off(session: Session, *, hearing: Hearing, because: str, actor: str, at: datetime) -> None:
    """Say that a hearing does not take place; the worker tells those who take part or wait.

    :param because: told to them and to everybody
    :raise Conflict: it was called off before
    :raise Invalid: the reason links to another site, so no letter could tell it
    """
    if hearing.cancelled_at is not None:
        raise Conflict(_("It was called off before."))
    refuse_foreign_links({"because": because})
    hearing.cancelled_at, hearing.cancelled_because = at, because.strip()
    hearing.moves += 1
    hearing.note_change(at)
    session.flush()
    raise_version(session)
    audit.record(session, actor=actor, deed="hearing.called_off", kind=KIND, row_id=hearing.id)
