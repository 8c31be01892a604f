"""The command that compares the table of files and the store."""

import click
from flask.cli import AppGroup

from portal.core.clock import real_now
from portal.core.files import services
from portal.core.transactions import begin_write
from portal.extensions import db

files_group = AppGroup("files", help="The files that people sent.")


@files_group.command("check")
@click.option("--repair", is_flag=True, help="Delete files without a row, refuse rows without one.")
def check_files(repair: bool) -> None:
    """Name rows without a file and files without a row; exit 1 when some are left."""
    begin_write()
    now = real_now()
    check = services.check_store(db.session(), at=now)
    for file_id in check.without_file:
        click.echo(f"row {file_id} has no file")
    for key in check.without_row:
        click.echo(f"file {key} has no row")
    if repair:
        services.repair_store(db.session(), check, at=now)
        click.echo("repaired")
    db.session.commit()
    if not repair and (check.without_file or check.without_row):
        raise SystemExit(1)


commands = (files_group,)
