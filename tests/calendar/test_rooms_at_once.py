"""Two people want rooms in the same moment, on both databases."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from portal.calendar import services
from portal.calendar.models import Event, Room, RoomBooking
from portal.calendar.rules import EventKind, Held
from portal.core.clock import real_now
from portal.core.errors import Conflict
from portal.core.transactions import begin_write
from portal.council.rules import Nature
from portal.extensions import db
from portal.moderation.rules import PublicationState

START, END = datetime(2020, 11, 19, 5, tzinfo=UTC), datetime(2020, 11, 19, 7, tzinfo=UTC)
ROUNDS = 5


@pytest.fixture
def hall(any_database: Flask):
    """Give a portal with two rooms and two events, numbered from 1."""
    with any_database.app_context():
        upgrade()
        begin_write()
        for number in (1, 2):
            room = Room(slug=f"hall-{number}", name="회의실", position=number, is_open=True)
            room.state = PublicationState.PUBLISHED
            db.session.add_all((room, _event(number)))
            db.session.flush()
        db.session.commit()
    yield any_database
    with any_database.app_context():
        db.session.remove()
        db.engine.dispose()


def _event(number: int) -> Event:
    return Event(
        slug=f"event-{number}",
        kind=EventKind.FORUM,
        title=f"토론회 {number}",
        starts_on=START.date(),
        ends_on=START.date(),
        held=Held.UNKNOWN,
        nature=Nature.STATED,
        changed_at=real_now(),
    )


def booking(app: Flask, event: int, room: int = 1) -> Callable[[], str]:
    """Return what books a room for an event, and says how that went."""

    def book() -> str:
        with app.test_request_context():
            begin_write()
            try:
                services.book_room(
                    db.session(), room_id=room, event_id=event, starts_at=START, ends_at=END
                )
            except Conflict:
                db.session.rollback()
                return "refused"
            db.session.commit()
            return "booked"

    return book


def count_bookings(app: Flask) -> int:
    with app.app_context():
        count = db.session.scalar(select(func.count()).select_from(RoomBooking)) or 0
        db.session.rollback()
        return count


def test_of_two_who_want_one_room_at_once_one_gets_it(hall: Flask):
    for _round in range(ROUNDS):
        barrier = Barrier(2)

        def go(book: Callable[[], str], barrier: Barrier = barrier) -> str:
            barrier.wait()
            return book()

        with ThreadPoolExecutor(2) as pool:
            said = sorted(pool.map(go, (booking(hall, 1), booking(hall, 2))))
        assert (said, count_bookings(hall)) == (["booked", "refused"], 1)
        give_back(hall)


def test_who_looked_first_gets_it_though_the_other_asks_before_it_is_written(
    hall: Flask, monkeypatch: pytest.MonkeyPatch
):
    other = meanwhile(monkeypatch, "what_is_in_the_way", booking(hall, 2))
    assert (booking(hall, 1)(), other()) == ("booked", "refused")
    assert count_bookings(hall) == 1


def test_an_event_that_two_give_a_room_at_once_has_one(
    hall: Flask, monkeypatch: pytest.MonkeyPatch
):
    other = meanwhile(monkeypatch, "_own_booking", booking(hall, 1, room=2))
    assert (booking(hall, 1)(), other()) == ("booked", "booked")
    assert count_bookings(hall) == 1


def give_back(app: Flask) -> None:
    with app.app_context():
        begin_write()
        for event_id in (1, 2):
            services.release_room(db.session(), event_id=event_id)
        db.session.commit()


def meanwhile(
    monkeypatch: pytest.MonkeyPatch, name: str, deed: Callable[[], str]
) -> Callable[[], str]:
    """Let a deed be done right after a look at the bookings; return what waits for its outcome.

    :param name: of the function that looks
    """
    look, pool = getattr(services, name), ThreadPoolExecutor(1)
    begun: list[Future[str]] = []

    def look_beside(*args: Any, **more: Any) -> Any:
        found = look(*args, **more)
        if not begun:
            begun.append(pool.submit(deed))
            # Where the deed has to wait for the caller, it is not waited for.
            wait(begun, timeout=1)
        return found

    monkeypatch.setattr(services, name, look_beside)
    return lambda: begun[0].result()
