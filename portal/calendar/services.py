"""What staff do to events: move and cancel them. The history stays, and subscribers are told."""

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.calendar.models import Event, EventChange
from portal.calendar.rules import (
    ChangeKind,
    DateChange,
    can_happen,
    cancelled_on,
    event_state,
)
from portal.core import audit
from portal.core.errors import Conflict, Invalid, NotFound
from portal.core.signals import published
from portal.core.versions import raise_version


def move_event(
    session: Session,
    *,
    event_id: int,
    starts_on: date,
    ends_on: date,
    reason: str,
    reason_en: str | None,
    actor: str,
    on: date,
    at: datetime,
    starts_at: datetime | None = None,
) -> EventChange:
    """Give an event other dates and return the line of its history.

    :param on: the site's day, on which the change counts as announced
    :param at: the real time, aware
    :param starts_at: the new time, aware; the old one does not hold on another day
    :raise NotFound: there is no such public event
    :raise Conflict: it is over or was cancelled
    :raise Invalid: the dates are in the wrong order or the old ones, or no reason is given
    """
    event = _get_event(session, event_id)
    _check_may_happen(session, event, ChangeKind.MOVED, on)
    if ends_on < starts_on:
        raise Invalid(_("The last day lies before the first. Choose a later last day."))
    if (starts_on, ends_on) == (event.starts_on, event.ends_on):
        raise Invalid(_("These are the dates it has already. Choose others."))
    change = _note_change(session, event, ChangeKind.MOVED, reason, reason_en, on)
    change.new_starts_on, change.new_ends_on = starts_on, ends_on
    event.starts_on, event.ends_on, event.starts_at = starts_on, ends_on, starts_at
    _tell(session, event, change, actor, "event.moved", at)
    return change


def cancel_event(
    session: Session,
    *,
    event_id: int,
    reason: str,
    reason_en: str | None,
    actor: str,
    on: date,
    at: datetime,
) -> EventChange:
    """Cancel an event and return the line of its history; its page stays.

    :param on: the site's day, on which the change counts as announced
    :param at: the real time, aware
    :raise NotFound: there is no such public event
    :raise Conflict: it took place or was cancelled before
    :raise Invalid: no reason is given
    """
    event = _get_event(session, event_id)
    _check_may_happen(session, event, ChangeKind.CANCELLED, on)
    change = _note_change(session, event, ChangeKind.CANCELLED, reason, reason_en, on)
    _tell(session, event, change, actor, "event.cancelled", at)
    return change


def _get_event(session: Session, event_id: int) -> Event:
    event = session.get(Event, event_id)
    if event is None or not event.is_public:
        raise NotFound
    return event


def _check_may_happen(session: Session, event: Event, kind: ChangeKind, on: date) -> None:
    """Refuse what the table of moves does not allow on a day."""
    state = event_state(
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        held=event.held,
        cancelled_on=cancelled_on(_changes_of(session, event.id)),
        today=on,
    )
    if can_happen(state, kind):
        return
    if kind is ChangeKind.MOVED:
        raise Conflict(_("It is over or was cancelled, so it can’t be moved."))
    raise Conflict(_("It took place or was cancelled before, so it can’t be cancelled."))


def _changes_of(session: Session, event_id: int) -> list[DateChange]:
    rows = session.scalars(
        select(EventChange)
        .where(EventChange.event_id == event_id)
        .order_by(EventChange.changed_on, EventChange.id)
    )
    return [
        DateChange(
            changed_on=row.changed_on,
            kind=row.kind,
            old_starts_on=row.old_starts_on,
            old_ends_on=row.old_ends_on,
            new_starts_on=row.new_starts_on,
            new_ends_on=row.new_ends_on,
            reason=row.reason,
            reason_en=row.reason_en,
        )
        for row in rows
    ]


def _note_change(
    session: Session,
    event: Event,
    kind: ChangeKind,
    reason: str,
    reason_en: str | None,
    on: date,
) -> EventChange:
    """Add a line to an event's history, with the dates it has until now."""
    if not reason.strip():
        raise Invalid(_("Write the reason: people who planned to come will read it."))
    change = EventChange(
        event_id=event.id,
        changed_on=on,
        kind=kind,
        old_starts_on=event.starts_on,
        old_ends_on=event.ends_on,
        reason=reason.strip(),
        reason_en=(reason_en or "").strip() or None,
    )
    session.add(change)
    return change


def _tell(
    session: Session, event: Event, change: EventChange, actor: str, deed: str, at: datetime
) -> None:
    """Tell subscribers, the audit trail, upper features and the page cache."""
    event.sequence += 1
    event.changed_at = at
    session.flush()
    audit.record(
        session,
        actor=actor,
        deed=deed,
        kind=Event.__tablename__,
        row_id=event.id,
        before=_days(change.old_starts_on, change.old_ends_on),
        after=_days(event.starts_on, event.ends_on),
    )
    published.send(Event.__tablename__, kind=Event.__tablename__, ids=(event.id,))
    raise_version(session)


def _days(starts_on: date, ends_on: date) -> dict[str, str]:
    """Return the days of an event as an audit line tells them."""
    return {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
