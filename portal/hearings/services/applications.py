"""Deeds on applications for a hearing: each flushes, and leaves a line without any of its words.

Two times are given: ``now`` is business time, by which hours count; ``at`` is the real time.
"""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.calendar.models import Room
from portal.calendar.services import release_room
from portal.core import audit
from portal.core.errors import Conflict, Invalid, NotFound
from portal.hearings.letters import applications as letters
from portal.hearings.models import Application, Hearing
from portal.hearings.rules.applications import (
    ApplicationState,
    Draft,
    Support,
    can_move,
    most_to_grant,
)
from portal.hearings.services.application_checks import check_draft, check_grant, draft_of
from portal.hearings.services.approved_hearings import make_hearing
from portal.hearings.services.events import keep_event
from portal.hearings.services.terms import call_off
from portal.moderation.rules import Actor

KIND = Application.__tablename__
#: What the trail calls where an application stands; other things have a state of their own.
STATE = "application_state"
_S = ApplicationState


def submit(
    session: Session, *, draft: Draft, actor: str, now: datetime, at: datetime
) -> Application:
    """Take an application in; the same one sent twice is one.

    :param actor: key of who applies, to whom the answer goes
    :raise Conflict: somebody has the room then, or it is a day of a plenary sitting
    :raise Invalid: it does not keep to the limits of its kind
    """
    _lock_room(session, draft.room_id)
    first = _same(session, draft, actor)
    if first is not None:
        return first
    check_draft(session, draft, now=now)
    row = Application(
        kind=draft.kind,
        title=draft.title,
        topic=draft.topic,
        committee_id=draft.committee_id,
        member_id=draft.member_id,
        bill_id=draft.bill_id,
        room_id=draft.room_id,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        people=draft.people,
        wanted_won=draft.wanted.won,
        wanted_business_won=draft.wanted.business_won,
        plenary_because=draft.plenary_because or None,
        state=_S.SUBMITTED,
        sent_by=actor,
        sent_at=at,
    )
    session.add(row)
    session.flush()
    after = {STATE: row.state.value, "hearing_kind": row.kind.value}
    _record(session, row, actor, "hearing_application.submitted", after=after)
    return row


def withdraw(
    session: Session, *, application_id: int, because: str, actor: str, now: datetime, at: datetime
) -> Application:
    """Take an application back; what was approved gives its room back, and is called off.

    :param because: told to everybody where the hearing was public
    :raise Conflict: it has moved on, or has begun
    :raise Invalid: a reason is missing for what was approved
    """
    row = _lock(session, application_id)
    was_approved = row.state is _S.APPROVED
    _move(session, row, _S.WITHDRAWN, actor)
    if not was_approved:
        return row
    if row.starts_at <= now:
        raise Conflict(_("It has begun. Its cost is settled instead."))
    if not because.strip():
        raise Invalid(_("Write why it does not take place: those who planned to come read it."))
    _call_off(session, row, because, actor, at)
    return row


def approve(
    session: Session,
    *,
    application_id: int,
    granted: Support,
    answer: str,
    actor: Actor,
    now: datetime,
    at: datetime,
) -> Application:
    """Approve an application: its room is booked, and its hearing begins as a draft.

    :param granted: no more than was asked for, and than the kind allows
    :param actor: who decides, who may write hearings, too
    :raise Conflict: it has moved on, or somebody has the room then
    :raise Invalid: too much is granted
    :raise NotAllowed: the actor may not write hearings
    """
    row = _lock(session, application_id)
    _check_not_own(row, actor.key)
    draft = draft_of(row)
    _lock_room(session, draft.room_id)
    _move(session, row, _S.APPROVED, actor.key, _amounts("granted", granted))
    check_draft(session, draft, now=now)
    check_grant(granted, most_to_grant(row.kind, draft.wanted))
    row.granted_won, row.granted_business_won = granted.won, granted.business_won
    _answer(row, answer, actor.key, at)
    row.hearing_id = make_hearing(session, draft, actor=actor, now=now, at=at).id
    session.flush()
    letters.write_approved(session, row, at=at)
    return row


def refuse(
    session: Session, *, application_id: int, because: str, actor: str, at: datetime
) -> Application:
    """Refuse an application with a reason, which goes out to who applied.

    :raise Conflict: it has moved on
    :raise Invalid: the reason is missing
    """
    row = _lock(session, application_id)
    _check_not_own(row, actor)
    if not because.strip():
        raise Invalid(_("Write the reason: it goes out to the office."))
    _move(session, row, _S.REFUSED, actor)
    _answer(row, because, actor, at)
    session.flush()
    letters.write_refused(session, row, at=at)
    return row


def settle(
    session: Session,
    *,
    application_id: int,
    spent: Support,
    actor: str,
    now: datetime,
    at: datetime,
) -> Application:
    """Settle what a hearing cost.

    :param spent: no more than was granted, nor its business expenses than those granted
    :raise Conflict: it has moved on, or is not over
    :raise Invalid: more was spent than was granted
    """
    row = _lock(session, application_id)
    _move(session, row, _S.SETTLED, actor, _amounts("spent", spent))
    if row.ends_at > now:
        raise Conflict(_("It is not over yet. Settle it afterwards."))
    check_grant(spent, Support(row.granted_won or 0, row.granted_business_won or 0))
    row.spent_won, row.spent_business_won = spent.won, spent.business_won
    row.settled_by, row.settled_at = actor, at
    session.flush()
    letters.write_settled(session, row, at=at)
    return row


def _call_off(session: Session, row: Application, because: str, actor: str, at: datetime) -> None:
    """Give the room of an approved application back, and call its hearing off."""
    hearing = session.get(Hearing, row.hearing_id) if row.hearing_id else None
    if hearing is None:
        return
    if hearing.event_id is not None:
        release_room(session, event_id=hearing.event_id)
    if hearing.cancelled_at is None:
        call_off(session, hearing=hearing, because=because, actor=actor, at=at)
    if hearing.is_public:
        keep_event(session, hearing)


def _check_not_own(row: Application, actor: str) -> None:
    """Refuse to decide what one applied for oneself.

    :raise Conflict: it is one's own
    """
    if row.sent_by == actor:
        raise Conflict(_("You applied for this yourself. Somebody else decides it."))


def _lock(session: Session, application_id: int) -> Application:
    """Return an application that nobody else decides until the commit.

    :raise NotFound: there is none
    """
    row = session.scalar(
        select(Application)
        .where(Application.id == application_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound(_("There is no such application."))
    return row


def _move(
    session: Session,
    row: Application,
    to: ApplicationState,
    actor: str,
    amounts: dict[str, str] | None = None,
) -> None:
    """Move a locked application to another state, and record it; nothing else changes a state.

    :raise Conflict: the table of moves has no such move from where it stands
    """
    if not can_move(row.state, to):
        raise Conflict(
            _("This application has moved on. Load the page again to see how it stands.")
        )
    before, row.state = row.state, to
    session.flush()
    after = {STATE: to.value} | (amounts or {})
    deed = f"hearing_application.{to.value}"
    _record(session, row, actor, deed, before={STATE: before.value}, after=after)


def _answer(row: Application, answer: str, actor: str, at: datetime) -> None:
    row.answer, row.decided_by, row.decided_at = answer.strip() or None, actor, at


def _amounts(name: str, support: Support) -> dict[str, str]:
    return {f"{name}_won": str(support.won), f"{name}_business_won": str(support.business_won)}


def _record(
    session: Session,
    row: Application,
    actor: str,
    deed: str,
    *,
    before: dict[str, str] | None = None,
    after: dict[str, str],
) -> None:
    audit.record(
        session,
        actor=actor,
        deed=deed,
        kind=KIND,
        row_id=row.id,
        before=before or {},
        after=after,
    )


def _lock_room(session: Session, room_id: int) -> None:
    """Let those who want one room come one after the other.

    What they do then, such as making a hearing at a free address, waits for nobody else.

    :raise Invalid: there is no such room
    """
    room = select(Room.id).where(Room.id == room_id).with_for_update()
    if session.scalar(room) is None:
        raise Invalid(_("There is no such room."))


def _same(session: Session, draft: Draft, actor: str) -> Application | None:
    """Return the same application that waits already, as a double click sends it; or None."""
    return session.scalar(
        select(Application)
        .where(
            Application.state == _S.SUBMITTED,
            Application.sent_by == actor,
            Application.kind == draft.kind,
            Application.title == draft.title,
            Application.topic == draft.topic,
            Application.room_id == draft.room_id,
            Application.starts_at == draft.starts_at,
            Application.ends_at == draft.ends_at,
        )
        .order_by(Application.id)
        .limit(1)
    )
