"""Work for the worker: a queue, and tasks that run by the clock.

A feature decorates a function with ``task`` or ``every``; ``create_app`` binds them to the queue.
The queue is huey: SQLite on one machine, Redis or PostgreSQL on several, by one setting.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any, TypeVar

import structlog
from flask import Flask, current_app
from flask_babel import LazyString
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.serializer import SignedSerializer
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.core.clock import real_now
from portal.core.runs import note_run
from portal.extensions import db

#: So far ahead the next run of a task is looked for.
DAYS_AHEAD = 32

Work = TypeVar("Work", bound=Callable[..., None])


@dataclass(frozen=True)
class _Task:
    """A function for the worker."""

    work: Callable[..., None]


@dataclass(frozen=True)
class Periodic(_Task):
    """A function that runs by the clock.

    :ivar does: what it does, in words for staff
    :ivar is_due: says of a minute in UTC, without zone, whether it runs then
    """

    name: str
    does: LazyString
    is_due: Callable[[datetime], bool]

    def next_run(self, after: datetime) -> datetime | None:
        """Return the first whole minute after a time at which it runs; None: not within a month."""
        minute = after.astimezone(UTC).replace(second=0, microsecond=0, tzinfo=None)
        for number in range(1, DAYS_AHEAD * 24 * 60):
            candidate = minute + timedelta(minutes=number)
            if self.is_due(candidate):
                return candidate.replace(tzinfo=UTC)
        return None


_tasks: dict[str, _Task] = {}


def task(work: Work) -> Work:
    """Make a function one that ``enqueue`` can hand to the worker."""
    _tasks[_name(work)] = _Task(work)
    return work


def every(does: LazyString, **schedule: str) -> Callable[[Work], Work]:
    """Make a function run by the clock, in UTC: ``every(_l("..."), minute="0", hour="18")``.

    It must be safe to run twice, and at once: each worker of several machines runs it, and one
    that was cut off is run again. A test runs each one so.

    :param does: one sentence for staff that says what it does
    """

    def mark(work: Work) -> Work:
        _tasks[_name(work)] = Periodic(work, _name(work), does, crontab(**schedule))
        return work

    return mark


def periodic_tasks() -> tuple[Periodic, ...]:
    """Return the tasks that run by the clock, by name."""
    return tuple(job for _key, job in sorted(_tasks.items()) if isinstance(job, Periodic))


def enqueue(work: Callable[..., None], **arguments: Any) -> None:
    """Hand work to the worker. The arguments are plain values; rows are named by their id."""
    current_app.extensions["portal_jobs"][_name(work)](**arguments)


def enqueue_later(work: Callable[..., None], seconds: float, **arguments: Any) -> None:
    """Hand work to the worker that it does after some seconds, rounded up by its own beat."""
    job = current_app.extensions["portal_jobs"][_name(work)]
    job.schedule(kwargs=arguments, delay=seconds)


def enqueue_on_commit(mark: str, work: Callable[..., None]) -> None:
    """Hand work to the worker whenever a session is committed that somebody marked.

    A rolled-back mark at worst wakes the worker for nothing. What the work is about is safe in the
    database by then: when the queue does not answer, a task of the clock must do it.

    :param mark: key in ``session.info``
    """

    def wake(session: Session) -> None:
        if session.in_nested_transaction() or not session.info.pop(mark, False):
            return
        try:
            enqueue(work)
        except Exception as error:
            log = structlog.get_logger("jobs")
            log.warning("not woken", task=_name(work), reason=type(error).__name__)

    event.listen(db.session, "after_commit", wake)


def init_app(app: Flask) -> None:
    """Bind the queue and every task to the application."""
    queue = _make_queue(app)
    app.extensions["portal_queue"] = queue
    app.extensions["portal_jobs"] = {
        name: _bind(app, queue, name, job) for name, job in _tasks.items()
    }


class _GentleConsumer(Consumer):
    """Ends after the job under way, whichever signal asks for the end."""

    def _handle_signal(self, signum: int, _frame: FrameType | None) -> None:
        """Note that the end was asked for; huey itself would interrupt the job on SIGTERM."""
        self._signum, self._restart, self._graceful = signum, False, True


def run_worker(app: Flask) -> None:
    """Run the worker until it is told to stop; jobs under way are finished first."""
    queue: Huey = app.extensions["portal_queue"]
    _GentleConsumer(queue, workers=1, worker_type="thread", periodic=True).run()


def _bind(app: Flask, queue: Huey, name: str, job: _Task) -> Callable[..., Any]:
    """Give a task to the queue; it runs within the application's context."""

    @functools.wraps(job.work)
    def in_context(*args: Any, **kwargs: Any) -> None:
        with app.app_context():
            job.work(*args, **kwargs)

    if isinstance(job, Periodic):
        noted = functools.wraps(job.work)(functools.partial(_run_and_note, app, in_context, name))
        bound: Callable[..., Any] = queue.periodic_task(job.is_due, name=name)(noted)
    else:
        bound = queue.task(name=name)(in_context)
    return bound


def _run_and_note(app: Flask, work: Callable[..., None], name: str) -> None:
    """Run a task and note how it went once its own transactions have ended."""
    note = functools.partial(note_run, name, started_at=real_now())
    try:
        work()
    except Exception as error:
        with app.app_context():
            note(ended_at=real_now(), error=error)
        raise
    with app.app_context():
        note(ended_at=real_now(), error=None)


def _make_queue(app: Flask) -> Huey:
    """Return the queue the settings name; its payloads are signed."""
    address = str(app.config["QUEUE_URL"])
    serializer = SignedSerializer(secret=str(app.config["SECRET_KEY"]))
    if address.startswith("redis"):
        return RedisHuey("portal", url=address, serializer=serializer, utc=True)
    if address.startswith("postgresql"):
        return PostgresHuey("portal", dsn=address, serializer=serializer, utc=True)
    path = app.config["INSTANCE_DIR"] / "jobs.db"
    return SqliteHuey("portal", filename=str(path), serializer=serializer, utc=True)


def _name(work: Callable[..., None]) -> str:
    return f"{work.__module__}.{work.__qualname__}"
