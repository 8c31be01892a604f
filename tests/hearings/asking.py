"""What an office of the tests asks for, and the people who ask and decide."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.rules import PERMISSIONS, Role
from portal.calendar.models import Room
from portal.council.models import Committee, Member
from portal.hearings.models import Application
from portal.hearings.rules.applications import Draft, Support
from portal.hearings.rules.kinds import HearingKind
from portal.hearings.services import applications as services
from portal.moderation.rules import Actor

SEOUL = ZoneInfo("Asia/Seoul")
#: No plenary sitting is on this day, and no event of the data has a room.
DAY = date(2020, 11, 24)
NOW = datetime(2020, 11, 9, 10, tzinfo=SEOUL)
AT = datetime(2026, 11, 9, 10, tzinfo=SEOUL)
OFFICER = Actor("staff:77", PERMISSIONS[Role.EVENTS_OFFICER])
OFFICE = "staff:88"
SOME = Support(2_500_000, 100_000)


def at(hour: int, minute: int = 0, *, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL)


def id_of(session: Session, model: type[Any], slug: str) -> int:
    row_id: int = session.scalars(select(model.id).where(model.slug == slug)).one()
    return row_id


def draft(session: Session, **changes: Any) -> Draft:
    """Return what the office of the transport committee asks for, with some changes."""
    room = changes.pop("room", "members-1")
    asked = Draft(
        kind=HearingKind.ONLINE_DISCUSSION,
        title="따릉이 안전 조례 토론회",
        topic="자전거 이용 안전을 높일 방법을 듣습니다.",
        committee_id=id_of(session, Committee, "transport"),
        member_id=None,
        room_id=id_of(session, Room, room),
        starts_at=at(14),
        ends_at=at(16),
        people=30,
        wanted=Support(3_000_000, 200_000),
    )
    return replace(asked, **changes)


def submit(session: Session, *, actor: str = OFFICE, **changes: Any) -> Application:
    return services.submit(session, draft=draft(session, **changes), actor=actor, now=NOW, at=AT)


def approve(
    session: Session,
    row: Application,
    granted: Support = SOME,
    *,
    actor: Actor = OFFICER,
    now: datetime = NOW,
) -> Application:
    return services.approve(
        session,
        application_id=row.id,
        granted=granted,
        answer="",
        actor=actor,
        now=now,
        at=AT,
    )


def any_member(session: Session) -> int:
    return session.scalars(select(Member.id).order_by(Member.id).limit(1)).one()
