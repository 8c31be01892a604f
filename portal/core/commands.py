"""Commands of the house: the clock, the worker."""

from datetime import date
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from portal.core import audit, clock
from portal.core.backups import copy_whole, restore_whole
from portal.core.jobs import run_worker
from portal.core.keys import FILE_NAME
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


@click.command("backup")
@click.argument("folder", type=click.Path(path_type=Path))
def backup(folder: Path) -> None:
    """Copy database and files into a new FOLDER, never the keys; see `flask keys export`."""
    day = clock.real_now().astimezone(clock.council_zone()).date()
    try:
        copy = copy_whole(db.engine, current_app.config["INSTANCE_DIR"], folder, on=day)
    except FileExistsError:
        raise click.ClickException(f"{folder} is there already: name a new one") from None
    if copy is None:
        click.echo("copied the files; copy the PostgreSQL database by pg_dump")
    else:
        click.echo(f"copied {copy.name} and the files; the keys are kept apart")


@click.command("restore")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore(folder: Path) -> None:
    """Put the copy in FOLDER back; the site stands still, the key file is put back by hand."""
    instance: Path = current_app.config["INSTANCE_DIR"]
    try:
        restore_whole(folder, instance)
    except FileExistsError as error:
        raise click.ClickException(f"{error} is there: move it away first") from None
    click.echo(f"put back; now put the keys into {instance / FILE_NAME} and run `flask keys check`")


commands = (clock_group, worker, backup, restore)
