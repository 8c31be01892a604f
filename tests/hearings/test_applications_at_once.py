"""Two people decide in the same moment, on both databases: one wins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.audit.models import AuditHead
from portal.calendar.models import Room, RoomBooking
from portal.core.errors import Conflict
from portal.core.transactions import begin_write
from portal.council.models import Committee
from portal.council.rules import CommitteeKind
from portal.extensions import Base, db
from portal.hearings.models import Application, Hearing
from portal.hearings.rules.applications import ApplicationState
from portal.hearings.rules.kinds import HearingKind
from portal.hearings.services import applications as services
from portal.moderation.rules import Actor, PublicationState
from tests.hearings.asking import AT, NOW, OFFICER, approve, at

ROUNDS = 3
OTHER = Actor("staff:78", OFFICER.permissions)


@pytest.fixture
def house(any_database: Flask):
    """Give a portal with a room and a committee, numbered 1."""
    with any_database.app_context():
        Base.metadata.create_all(db.engine)
        db.session.add(AuditHead(id=1, number=0, hash="0" * 64))
        room = Room(slug="members-1", name="회의실", position=1, is_open=True)
        committee = Committee(
            slug="transport",
            name="교통위원회",
            kind=CommitteeKind.STANDING,
            position=1,
            is_remit_complete=False,
        )
        for row in (room, committee):
            row.state = PublicationState.PUBLISHED
        db.session.add_all((room, committee))
        db.session.commit()
    yield any_database
    with any_database.app_context():
        db.session.remove()
        db.engine.dispose()


def apply(app: Flask, day: int) -> int:
    """Write an application for the day of a round; return its id."""
    with app.app_context():
        begin_write()
        row = Application(
            kind=HearingKind.ONLINE_DISCUSSION,
            title="토론회",
            topic="주제",
            committee_id=1,
            room_id=1,
            starts_at=at(14) + timedelta(days=day),
            ends_at=at(16) + timedelta(days=day),
            wanted_won=3_000_000,
            wanted_business_won=200_000,
            state=ApplicationState.SUBMITTED,
            sent_by="staff:88",
            sent_at=AT,
        )
        db.session.add(row)
        db.session.commit()
        return row.id


def deed(app: Flask, row_id: int, do: Callable[[Application], object]) -> Callable[[], str]:
    """Return what does something to an application, and says how that went."""

    def try_it() -> str:
        with app.test_request_context():
            begin_write()
            try:
                do(db.session.get_one(Application, row_id))
            except Conflict:
                db.session.rollback()
                return "refused"
            db.session.commit()
            return "done"

    return try_it


def at_once(*deeds: Callable[[], str]) -> list[str]:
    barrier = Barrier(len(deeds))

    def go(one: Callable[[], str]) -> str:
        barrier.wait()
        return one()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(go, deeds))


def count(app: Flask, model: type[Hearing] | type[RoomBooking]) -> int:
    with app.app_context():
        found = db.session.scalar(select(func.count()).select_from(model)) or 0
        db.session.rollback()
        return found


def test_of_two_who_approve_at_once_one_wins(house: Flask):
    for number in range(ROUNDS):
        row_id = apply(house, number)
        first = deed(house, row_id, lambda row: approve(db.session(), row))
        second = deed(house, row_id, lambda row: approve(db.session(), row, actor=OTHER))
        assert at_once(first, second) == ["done", "refused"]
        assert count(house, Hearing) == count(house, RoomBooking) == number + 1


def test_of_approval_and_refusal_at_once_one_holds(house: Flask):
    for number in range(ROUNDS):
        row_id = apply(house, number)

        def refuse(row: Application) -> object:
            return services.refuse(
                db.session(), application_id=row.id, because="예산", actor="staff:78", at=AT
            )

        yes = deed(house, row_id, lambda row: approve(db.session(), row))
        assert at_once(yes, deed(house, row_id, refuse)) == ["done", "refused"]
        with house.app_context():
            row = db.session.get_one(Application, row_id)
            is_approved = row.state is ApplicationState.APPROVED
            assert (row.hearing_id is not None) is is_approved
            db.session.rollback()


def test_of_two_applications_for_one_room_approved_at_once_one_gets_it(house: Flask):
    ids = [apply(house, 9), apply(house, 9)]
    deeds = [deed(house, row_id, lambda row: approve(db.session(), row)) for row_id in ids]
    assert at_once(*deeds) == ["done", "refused"]
    assert count(house, RoomBooking) == 1


def test_approval_and_withdrawal_at_once_leave_no_room_taken_by_nobody(house: Flask):
    row_id = apply(house, 5)

    def withdraw(row: Application) -> object:
        return services.withdraw(
            db.session(), application_id=row.id, because="취소", actor="staff:88", now=NOW, at=AT
        )

    yes = deed(house, row_id, lambda row: approve(db.session(), row))
    said = at_once(yes, deed(house, row_id, withdraw))
    with house.app_context():
        state = db.session.get_one(Application, row_id).state
        db.session.rollback()
    assert (state, count(house, RoomBooking)) == (ApplicationState.WITHDRAWN, 0), said
