"""What runs by the clock: noted, told to staff, and safe to run twice and at once."""

import functools
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select, text

from portal import FEATURES, _find_module
from portal.accounts.rules import Role
from portal.core.clock import real_now
from portal.core.jobs import periodic_tasks
from portal.core.runs import TaskRun
from portal.core.state import change_state, find_state
from portal.extensions import db
from portal.notifications import queries
from portal.notifications.models import Letter
from portal.notifications.rules import LetterState
from portal.notifications.services import queue_letter
from portal.notifications.tasks import erase_letters
from tests.accounts.staff import make_account, sign_in

TASK = "portal.core.files.tasks.read_waiting_files"
for feature in FEATURES:
    _find_module(feature, "tasks")
NAMES = [task.name for task in periodic_tasks()]


@pytest.fixture
def ready(any_database: Flask) -> Iterator[Flask]:
    """Give a portal with tables on each database."""
    with any_database.app_context():
        upgrade()
        yield any_database
        db.session.remove()
        db.engine.dispose()


def run(app: Flask, name: str) -> None:
    app.extensions["portal_jobs"][name].call_local()


def run_of(name: str) -> TaskRun:
    db.session.rollback()
    return db.session.get_one(TaskRun, name, populate_existing=True)


def break_task(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_session: object) -> None:
        raise LookupError("kim@example.kr")

    monkeypatch.setattr("portal.core.files.queries.waiting_files", refuse)


def test_a_run_is_noted_and_failures_are_counted_until_one_goes_well(
    ready: Flask, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as broken:
        break_task(ready, broken)
        for _number in range(2):
            with pytest.raises(LookupError):
                run(ready, TASK)
    noted = run_of(TASK)
    assert (noted.failures, noted.last_error) == (2, "LookupError")
    assert noted.failed_at == noted.ended_at >= noted.started_at
    run(ready, TASK)
    noted = run_of(TASK)
    assert (noted.failures, noted.last_error) == (0, "LookupError")
    assert noted.failed_at and noted.failed_at < noted.ended_at


def test_a_run_that_cannot_be_noted_harms_nothing(ready: Flask):
    db.session.execute(text("DROP TABLE task_runs"))
    db.session.commit()
    run(ready, "portal.core.tasks.note_worker")
    assert find_state(db.session(), "worker_seen_at")


def several_letters(at: datetime) -> None:
    """Commit a letter that is due, and more old ones than one transaction erases."""
    queue_letter(db.session(), kind="test", to="a@example.kr", language="ko", context={}, at=at)
    for number in range(3):
        letter = queue_letter(
            db.session(), kind="test", to=f"b{number}@example.kr", language="ko", context={}, at=at
        )
        letter.state, letter.sent_at = LetterState.SENT, at - timedelta(days=40)
    db.session.commit()


def contents(app: Flask) -> dict[str, Any]:
    """Return all rows but those that say when something ran."""
    db.session.rollback()
    moving = {"task_runs", "site_states"}
    found = {
        table.name: sorted(map(str, db.session.execute(select(table))))
        for table in db.metadata.sorted_tables
        if table.name not in moving
    }
    db.session.rollback()
    mail = app.config["INSTANCE_DIR"] / "mail"
    return found | {"mail": sorted(path.name for path in mail.glob("*"))}


def at_once(work: Callable[[], None]) -> list[BaseException]:
    """Do something in two threads that begin together; return what went wrong."""
    failures: list[BaseException] = []
    gate = threading.Barrier(2)

    def do() -> None:
        gate.wait()
        try:
            work()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=do) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_each_task_may_run_twice_and_on_two_machines_at_once(ready: Flask):
    several_letters(real_now())
    for name in NAMES:
        failures = at_once(functools.partial(run, ready, name))
        once = contents(ready)
        run(ready, name)
        assert (name, failures, run_of(name).failures) == (name, [], 0)
        assert contents(ready) == once, name


def test_a_letter_is_sent_once_and_old_ones_are_erased_to_the_last(
    ready: Flask, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(queries, "MOST_LETTERS", 2)
    monkeypatch.setattr("portal.notifications.tasks.MOST_LETTERS", 2)
    several_letters(real_now())
    assert at_once(lambda: run(ready, "portal.notifications.tasks.deliver_letters")) == []
    erase_letters()
    kept = db.session.scalar(select(func.count()).where(Letter.recipient.is_not(None)))
    attempts = db.session.scalar(select(func.max(Letter.attempts)))
    assert (kept, attempts) == (1, 1)


def test_two_who_remember_the_same_at_once_both_do(ready: Flask):
    def remember() -> None:
        with ready.app_context():
            change_state(db.session(), "word", "new")
            db.session.commit()

    assert at_once(remember) == []
    assert find_state(db.session(), "word") == "new"


def test_the_next_run_follows_the_crontab():
    tasks = {task.name.rpartition(".")[2]: task for task in periodic_tasks()}
    at = datetime(2026, 12, 31, 18, 20, 30, tzinfo=UTC)
    assert tasks["erase_letters"].next_run(at) == datetime(2027, 1, 1, 18, 20, tzinfo=UTC)
    assert tasks["deliver_letters"].next_run(at) == datetime(2026, 12, 31, 18, 21, tzinfo=UTC)


def test_administrators_see_scheduled_work_and_at_home_what_failed(
    fresh_app: Flask, monkeypatch: pytest.MonkeyPatch
):
    client = sign_in(fresh_app, make_account(fresh_app, Role.ADMINISTRATOR))
    page = client.get("/en/staff/tasks").text
    assert not [name for name in NAMES if name in page]
    assert page.count("not run yet") == len(NAMES)
    assert "Tasks that failed when they ran last" not in client.get("/en/staff/").text
    break_task(fresh_app, monkeypatch)
    with pytest.raises(LookupError):
        run(fresh_app, TASK)
    page = client.get("/en/staff/tasks").text
    assert "LookupError" in page and "kim@example.kr" not in page
    assert "Tasks that failed when they ran last" in client.get("/en/staff/").text


def test_nobody_else_sees_scheduled_work(fresh_app: Flask):
    client = sign_in(fresh_app, make_account(fresh_app, Role.AUDITOR))
    assert client.get("/staff/tasks").status_code == 403
    assert "/staff/tasks" not in client.get("/staff/").text
