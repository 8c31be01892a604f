"""The first and the last of a draft: making it, and throwing it away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.core.errors import Conflict, NotAllowed
from portal.moderation.desks import Desk
from portal.moderation.models import Publishable, Revision, kind_of
from portal.moderation.parts import write_entries
from portal.moderation.rules import Actor, PublicationState
from portal.moderation.services.revisions import revise
from portal.moderation.services.trail import lock_row, record, telling_refusals


@telling_refusals()
def create(
    session: Session,
    desk: Desk,
    *,
    values: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    note: str = "",
) -> Publishable:
    """Make a new draft of a desk with its first revision, and return it.

    :param values: by field and part, as the desk's form gives them
    :raise NotAllowed: the actor may not write
    :raise Conflict: the desk makes no new rows
    """
    check_may_create(desk, actor)
    if desk.create is None:
        raise Conflict(_("Rows of this kind are not made here."))
    row = desk.create(session, values)
    record(session, actor.key, "create", row, before={}, after={})
    revise(session, row, values=values, actor=actor, at=at, based_on=0, note=note)
    return row


def check_may_create(desk: Desk, actor: Actor) -> None:
    """Refuse to write rows of a desk, before a file that comes with one is kept.

    :raise NotAllowed: the actor may not write
    """
    if desk.model.write_permission not in actor.permissions:
        raise NotAllowed(_("Your role does not let you do this."))


def discard(session: Session, row: Publishable, *, actor: Actor) -> None:
    """Throw a draft away that was never public; only the trail knows of it then.

    :raise NotAllowed: the actor may not write
    :raise Conflict: it was public once, is no draft, or something else names it
    """
    if row.write_permission not in actor.permissions:
        raise NotAllowed(_("Your role does not let you do this."))
    lock_row(session, row)
    if row.published_at is not None or row.state is not PublicationState.DRAFT:
        raise Conflict(_("Only a draft that was never published can be thrown away."))
    kind = kind_of(type(row))
    for part in row.parts:
        write_entries(session, part, kind, row.id, ())
    session.execute(delete(Revision).where(Revision.kind == kind, Revision.row_id == row.id))
    record(session, actor.key, "discard", row, before={}, after={})
    try:
        session.delete(row)
        session.flush()
    except IntegrityError:
        raise Conflict(_("Something else names this. Take it out there first.")) from None
