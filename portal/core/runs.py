"""How scheduled work went: one row a task, so that nothing grows.

Each row is written after its task has ended, in a transaction of its own: a note that can't be
written is logged, and the task's own work stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from flask_babel import LazyString
from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.database import write_row
from portal.core.models import UtcDateTime
from portal.core.transactions import begin_write
from portal.extensions import Base, db


class TaskRun(Base):
    """The last run of a task, and its failures.

    :ivar name: module and function
    :ivar failures: how often it failed in a row; 0 when the last run went well
    :ivar failed_at: when it failed last, however long ago
    :ivar last_error: the type of that error, no words of it
    """

    __tablename__ = "task_runs"

    name: Mapped[str] = mapped_column(String(160), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)
    failures: Mapped[int]
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(String(80))


@dataclass(frozen=True)
class TaskRow:
    """A task as staff see it.

    :ivar does: what it does, in words
    :ivar next_at: when the clock runs it next; None: not within a month
    :ivar started_at: None when it never ran
    """

    name: str
    does: LazyString
    next_at: datetime | None
    started_at: datetime | None = None
    seconds: float | None = None
    failures: int = 0
    failed_at: datetime | None = None
    last_error: str | None = None


def note_run(
    name: str, *, started_at: datetime, ended_at: datetime, error: Exception | None
) -> None:
    """Note how a run of a task went; never fails, for the work itself is done."""
    try:
        begin_write()
        _write(db.session(), name, started_at, ended_at, error)
        db.session.commit()
    except Exception as trouble:
        db.session.rollback()
        reason = type(trouble).__name__
        structlog.get_logger("tasks").warning("run not noted", task=name, reason=reason)


def _write(
    session: Session, name: str, started_at: datetime, ended_at: datetime, error: Exception | None
) -> None:
    """Write the row of a task; a task without one gets it."""
    values: dict[str, Any] = {"started_at": started_at, "ended_at": ended_at}
    if error is not None:
        values |= {"failed_at": ended_at, "last_error": type(error).__name__[:80]}
    write_row(
        session,
        TaskRun,
        key="name",
        values={**values, "name": name, "failures": int(error is not None)},
        again={**values, "failures": TaskRun.failures + 1 if error is not None else 0},
    )


def runs_by_name(session: Session) -> Mapping[str, TaskRun]:
    """Return the last run of each task that ran."""
    return {run.name: run for run in session.scalars(select(TaskRun).order_by(TaskRun.name))}


def count_failing(session: Session) -> int:
    """Return how many tasks failed when they ran last."""
    failing = select(func.count()).select_from(TaskRun).where(TaskRun.failures > 0)
    return session.scalar(failing) or 0
