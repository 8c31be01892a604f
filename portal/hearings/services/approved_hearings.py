"""The hearing that comes of an approved application: a draft with its room."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.calendar.models import Room
from portal.calendar.services import book_room
from portal.core.clock import council_zone
from portal.hearings.models import Hearing
from portal.hearings.queries.applications import find_programme
from portal.hearings.rules.applications import Draft
from portal.hearings.services.events import make_event
from portal.moderation import services as moderation
from portal.moderation.desks import get_desk
from portal.moderation.rules import Actor


def make_hearing(
    session: Session, draft: Draft, *, actor: Actor, now: datetime, at: datetime
) -> Hearing:
    """Make the draft of a hearing at its desk, with an event that has its room.

    Neither is public: the desk of hearings goes on from there, and a second person publishes.

    :raise Conflict: somebody has the room then
    :raise NotAllowed: the actor may not write hearings
    """
    desk = get_desk(Hearing.__tablename__)
    room = session.get_one(Room, draft.room_id)
    values = _values(session, draft, room, now)
    hearing = moderation.create(session, desk, values=values, actor=actor, at=at)
    assert isinstance(hearing, Hearing), "the desk of hearings makes hearings"
    event = make_event(session, hearing)
    book_room(
        session,
        room_id=room.id,
        event_id=event.id,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
    )
    return hearing


def _values(session: Session, draft: Draft, room: Room, now: datetime) -> dict[str, Any]:
    """Return what the desk's form would hold, by field."""
    starts, ends = (at.astimezone(council_zone()) for at in (draft.starts_at, draft.ends_at))
    programme = find_programme(session)
    return {
        "kind": draft.kind,
        "title": draft.title,
        "topic": draft.topic,
        "is_own": True,
        "committee_id": draft.committee_id,
        "member_id": draft.member_id,
        "bill_id": draft.bill_id,
        "programme_id": programme.id if programme else None,
        "starts_on": starts.date(),
        "starts_time": starts.time(),
        "ends_time": ends.time(),
        "place": room.name,
        "place_en": room.name_en,
        "directions": room.directions,
        "directions_en": room.directions_en,
        "accessibility": room.accessibility,
        "accessibility_en": room.accessibility_en,
        "announced_on": now.astimezone(council_zone()).date(),
    }
