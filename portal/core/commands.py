"""Commands of the house: the clock, the worker."""

from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup

from portal.core import audit, clock
from portal.core.jobs import run_worker
from portal.core.models import SiteState
from portal.core.state import BUSINESS_DAY, change_state, find_state
from portal.core.transactions import begin_write
from portal.core.versions import raise_version
from portal.extensions import db

clock_group = AppGroup("clock", help="The day the site stands on.")


@clock_group.command("set")
@click.argument("day")
def set_clock(day: str) -> None:
    """Move the day the site stands on; only under the data set's clock."""
    if not clock.is_practice():
        raise click.ClickException("PORTAL_CLOCK=real: the site follows the real day")
    try:
        moved_to = date.fromisoformat(day)
    except ValueError:
        raise click.BadParameter("write the day as 2020-12-22", param_hint="DAY") from None
    begin_write()
    day_before = find_state(db.session(), BUSINESS_DAY)
    change_state(db.session(), BUSINESS_DAY, moved_to.isoformat())
    audit.record(
        db.session(),
        actor="command",
        deed="clock.set",
        kind=SiteState.__tablename__,
        row_id=BUSINESS_DAY,
        before={"day": day_before or ""},
        after={"day": moved_to.isoformat()},
    )
    raise_version(db.session())
    db.session.commit()
    click.echo(f"day {moved_to.isoformat()}")


@clock_group.command("show")
def show_clock() -> None:
    """Print the day the site stands on."""
    click.echo(f"day {clock.today().isoformat()}")


@click.command("worker", help="Run the worker: periodic tasks and the job queue.")
def worker() -> None:
    """Run the worker until it is told to stop."""
    run_worker(current_app._get_current_object())  # type: ignore[attr-defined]


commands = (clock_group, worker)
