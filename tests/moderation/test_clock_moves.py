"""What comes and goes by the clock: once, on time, and never kept beyond its hour."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.calendar.models import Event
from portal.core.clock import business_now, real_now
from portal.core.signals import published, withdrawn
from portal.core.transactions import begin_write
from portal.core.versions import raise_version
from portal.council.models import Committee
from portal.extensions import db
from portal.moderation.queries import due_rows
from portal.moderation.rules import Move, PublicationState, Window
from portal.moderation.services import follow_clock
from portal.moderation.tasks import SomeLeft, publish_due
from tests.moderation.people import AT, EDITOR, HOUR, READER, do, new_committee, write
from tests.support.prepared import copy_app, fill

MINUTE = timedelta(minutes=1)


def schedule(begin: int, end: int | None = None, slug: str = "new") -> int:
    """Commit a committee that is scheduled some hours from now, and return its id."""
    row = new_committee(slug)
    write(row, name_en="New committee")
    do(row, Move.SUBMIT, EDITOR)
    now = business_now()
    window = Window(now + begin * HOUR, now + end * HOUR if end else None)
    do(row, Move.SCHEDULE, READER, now=now, window=window)
    db.session.commit()
    return row.id


def state_of(row_id: int) -> PublicationState:
    row = db.session.get(Committee, row_id, populate_existing=True)
    assert row is not None
    return row.state


@pytest.fixture
def any_app_with_tables(any_database: Flask) -> Iterator[Flask]:
    """Give each database with tables, without rows."""
    with any_database.app_context():
        upgrade()
        yield any_database
        db.session.remove()
        db.engine.dispose()


def test_the_clock_publishes_and_withdraws_on_time_and_once(any_app_with_tables: Flask):
    heard: list[str] = []

    def hear_published(_sender: Any, **_told: Any) -> None:
        heard.append("published")

    def hear_withdrawn(_sender: Any, **_told: Any) -> None:
        heard.append("withdrawn")

    any_app_with_tables.config["CLOCK"] = "real"
    with (
        published.connected_to(hear_published),
        withdrawn.connected_to(hear_withdrawn),
        time_machine.travel(AT, tick=False) as clock,
    ):
        row_id = schedule(1, 3)
        states = []
        for wait in (HOUR - MINUTE, MINUTE, HOUR, HOUR):
            clock.shift(wait)
            publish_due()
            publish_due()
            states.append(state_of(row_id).value)
            db.session.rollback()
    assert states == ["scheduled", "published", "published", "withdrawn"]
    assert heard == ["published", "withdrawn"]


def test_a_second_worker_leaves_what_the_first_one_holds(any_app_with_tables: Flask):
    any_app_with_tables.config["CLOCK"] = "real"
    with time_machine.travel(AT, tick=False) as clock:
        row_id = schedule(1)
        clock.shift(HOUR)
        now = business_now()
        assert [row.row_id for row in due_rows(db.session(), now)] == [row_id]
        db.session.rollback()
        begin_write()
        assert follow_clock(db.session(), Committee, row_id, at=AT, now=now)
        if db.engine.dialect.name == "postgresql":
            with Session(db.engine) as second:
                assert not follow_clock(second, Committee, row_id, at=AT, now=now)
        db.session.commit()
        begin_write()
        assert not follow_clock(db.session(), Committee, row_id, at=AT, now=now)
        db.session.rollback()


def test_a_row_that_fails_does_not_hold_up_the_others(staff_app: Flask):
    def fail(_sender: Any, ids: tuple[int, ...], **_told: Any) -> None:
        if ids == (first,):
            raise RuntimeError("the index is away")

    with published.connected_to(fail), time_machine.travel(AT, tick=False) as clock:
        first, second = schedule(1), schedule(1, slug="second")
        clock.shift(HOUR)
        with pytest.raises(SomeLeft):
            publish_due()
    assert state_of(first) is PublicationState.SCHEDULED
    assert state_of(second) is PublicationState.PUBLISHED


def end_event_at(wait: timedelta) -> str:
    """Let a public event end by itself some time from now, and return its address."""
    event = db.session.scalars(select(Event).where(Event.is_published()).order_by(Event.id)).first()
    assert event is not None
    event.withdraw_at = business_now() + wait
    raise_version(db.session())
    db.session.commit()
    return f"/calendar/events/{event.slug}"


def test_what_is_over_is_gone_before_the_worker_runs(fresh_app: Flask):
    with time_machine.travel(AT, tick=False) as clock:
        with fresh_app.app_context():
            address = end_event_at(HOUR)
        client = fresh_app.test_client()
        assert client.get(address).status_code == 200
        clock.shift(HOUR)
        assert client.get(address).status_code == 410


def test_a_kept_page_ends_when_something_on_it_does(filled_dirs: Any, tmp_path: Any):
    app = copy_app(filled_dirs["seoul"], tmp_path / "cached", PAGE_CACHE_BYTES=1_000_000)
    with time_machine.travel(AT, tick=False) as clock:
        with app.app_context():
            address = end_event_at(HOUR)
        client = app.test_client()
        assert [client.get(address).status_code for _time in range(2)] == [200, 200]
        clock.shift(HOUR)
        assert client.get(address).status_code == 410


def test_the_data_set_has_nothing_that_is_due(filled_dirs: Any, any_database: Flask):
    fill(any_database)
    with any_database.app_context():
        assert due_rows(db.session(), real_now()) == ()
        db.session.remove()
        db.engine.dispose()
