"""The calendar's event of a hearing, which says the same as the hearing.

Call it in the transaction that changed the hearing; it flushes, and tells upper features.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.calendar.models import Event
from portal.calendar.rules import EventKind, Held, can_happen, changes_between
from portal.core.clock import real_now, today
from portal.core.signals import published, withdrawn
from portal.core.slugs import free_slug
from portal.council.models import Member
from portal.council.rules import Nature
from portal.hearings.models import Hearing
from portal.moderation.models import Correction, Kept, keep_values
from portal.moderation.rules import PublicationState


def keep_event(session: Session, hearing: Hearing) -> Event:
    """Let the hearing's event say what the hearing says; make it where there is none.

    A public event that moves or is cancelled gets a line in its history, as at its own desk.
    """
    event = _event_of(session, hearing) or make_event(session, hearing)
    said = keep_values(Event, _said(session, hearing))
    before = event.kept_values()
    after = before | said
    was_public = event.state is PublicationState.PUBLISHED
    if was_public and after == before:
        return event
    event.take_values(said)
    if was_public or event.published_at is not None:
        _note_history(session, hearing, event, before, after)
    _publish(event, real_now())
    session.flush()
    _tell(published, event)
    return event


def leave_event(session: Session, hearing: Hearing) -> None:
    """Take a hearing's event from the calendar, as the hearing was taken from its page."""
    event = _event_of(session, hearing)
    if event is None or event.state is not PublicationState.PUBLISHED:
        return
    event.leave(real_now())
    session.flush()
    _tell(withdrawn, event)


def _event_of(session: Session, hearing: Hearing) -> Event | None:
    return session.get(Event, hearing.event_id) if hearing.event_id else None


def make_event(session: Session, hearing: Hearing) -> Event:
    """Make the event of a hearing at the hearing's address, not public yet."""
    event = Event(
        slug=free_slug(session, Event, hearing.slug),
        kind=EventKind.FORUM,
        title=hearing.title,
        starts_on=hearing.starts_on,
        ends_on=hearing.starts_on,
        held=Held.UNKNOWN,
        nature=Nature.STATED,
        changed_at=real_now(),
    )
    session.add(event)
    session.flush()
    hearing.event_id = event.id
    return event


def _said(session: Session, hearing: Hearing) -> dict[str, Any]:
    """Return what an event says of its hearing, by field."""
    names = (
        "title title_en committee_id starts_on starts_time place place_en outcome outcome_en "
        "minutes_url papers_url announced_on"
    ).split()
    host, host_en = _host(session, hearing)
    said = {name: getattr(hearing, name) for name in names} | {
        "ends_on": hearing.starts_on,
        "host": host,
        "host_en": host_en,
        "summary": hearing.topic,
        "summary_en": hearing.topic_en,
        "watch_url": hearing.video_url,
        "is_cancelled": hearing.cancelled_at is not None,
    }
    if hearing.outcome is not None or hearing.attendance is not None:
        said["held"] = Held.YES
    return said


def _host(session: Session, hearing: Hearing) -> tuple[str | None, str | None]:
    """Return who holds it: as printed, else the member whose hearing it is."""
    member = session.get(Member, hearing.member_id) if hearing.member_id else None
    if hearing.host or member is None:
        return hearing.host, hearing.host_en
    return f"{member.name} 의원", member.name_en


def _note_history(
    session: Session,
    hearing: Hearing,
    event: Event,
    before: dict[str, Kept],
    after: dict[str, Kept],
) -> None:
    """Write that a public event moved or was cancelled, where such a thing can happen to it."""
    on = today()
    changes = changes_between(before, after)
    if not changes or not all(can_happen(event.state_with(before, on), kind) for kind in changes):
        return
    because, because_en = _reason(session, hearing, on)
    event.note_correction(before, after, reason=because, reason_en=because_en, on=on)


def _reason(session: Session, hearing: Hearing, on: date) -> tuple[str, str | None]:
    """Return why it was cancelled, or corrected today; empty: nobody said so."""
    if hearing.cancelled_because:
        return hearing.cancelled_because, None
    newest = (
        select(Correction.because, Correction.because_en)
        .where(
            Correction.kind == Hearing.__tablename__,
            Correction.row_id == hearing.id,
            Correction.corrected_on == on,
        )
        .order_by(Correction.id.desc())
        .limit(1)
    )
    found = session.execute(newest).one_or_none()
    return (found.because, found.because_en) if found else ("", None)


def _publish(event: Event, at: datetime) -> None:
    """Let everybody see an event, and tell subscribers of the change."""
    if event.state is not PublicationState.PUBLISHED:
        event.state, event.withdrawn_at = PublicationState.PUBLISHED, None
        event.published_at = event.published_at or at
    event.note_change(at)


def _tell(signal: Any, event: Event) -> None:
    kind = Event.__tablename__
    signal.send(kind, kind=kind, ids=(event.id,))
