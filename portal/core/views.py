"""The staff's page about scheduled work."""

from datetime import datetime

from flask import Blueprint

from portal.core.clock import real_now
from portal.core.jobs import Periodic, periodic_tasks
from portal.core.permissions import needs
from portal.core.runs import TaskRow, TaskRun, runs_by_name
from portal.core.templates import render
from portal.extensions import db

tasks = Blueprint("tasks", __name__, url_prefix="/staff")


@tasks.get("/tasks")
@needs("tasks.read")
def show_tasks() -> str:
    """Show what runs by the clock: what it does, its last and next run, its failures."""
    runs, now = runs_by_name(db.session()), real_now()
    rows = [_row(task, runs.get(task.name), now) for task in periodic_tasks()]
    return render("core/show_tasks.html", rows=rows)


def _row(task: Periodic, run: TaskRun | None, now: datetime) -> TaskRow:
    """Return a task as staff see it."""
    next_at = task.next_run(now)
    if run is None:
        return TaskRow(task.name, task.does, next_at)
    return TaskRow(
        name=task.name,
        does=task.does,
        next_at=next_at,
        started_at=run.started_at,
        seconds=round((run.ended_at - run.started_at).total_seconds(), 1),
        failures=run.failures,
        failed_at=run.failed_at,
        last_error=run.last_error,
    )


blueprints = (tasks,)
