"""The command that compares the table of sealed files and their store."""

import click
from flask.cli import AppGroup

from portal.core.clock import real_now
from portal.core.files.sealed.checking import check_store, repair_store
from portal.core.files.sealed.key_commands import keys_group
from portal.core.transactions import begin_write
from portal.extensions import db

sealed_group = AppGroup("sealed", help="The files that citizens sent about their cases.")


@sealed_group.command("check")
@click.option("--repair", is_flag=True, help="Delete files without a row and rows without a file.")
def check_sealed(repair: bool) -> None:
    """Name rows without a file and files without a row; exit 1 when some are left."""
    begin_write()
    check = check_store(db.session(), at=real_now())
    for file_id in check.without_file:
        click.echo(f"row {file_id} has no file")
    for key in check.without_row:
        click.echo(f"file {key} has no row")
    if repair:
        repair_store(db.session(), check)
        click.echo("repaired")
    db.session.commit()
    if not repair and (check.without_file or check.without_row):
        raise SystemExit(1)


commands = (sealed_group, keys_group)
