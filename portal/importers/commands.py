"""Commands that fill the portal: prepare, import, check-data, data new."""

import csv
from dataclasses import fields
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from portal.core import clock, keys
from portal.core.models import DataCheck
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.importers.checks import PATH as CHECKS_PATH
from portal.importers.checks import IdentityRow
from portal.importers.council_yaml import PATH as COUNCIL_PATH
from portal.importers.coverage import PATH as COVERAGE_PATH
from portal.importers.coverage import CoverageRow
from portal.importers.dataset import FILES, Report, import_dataset
from portal.importers.starter import COUNCIL_TEMPLATE
from portal.importers.tables import DataErrors

data_group = AppGroup("data", help="The files of the data set.")


@click.command("prepare", help="Make the database ready: key, migrations, import of changed data.")
def prepare() -> None:
    """Make the instance ready to serve; the last line names the site's day."""
    instance: Path = current_app.config["INSTANCE_DIR"]
    upgrade()
    key = keys.read_key(instance)
    try:
        if key is None and keys.is_new_database(db.session()):
            key = keys.make_key(instance)
        keys.prove_key(db.session(), key, instance)
    except keys.WrongKey as error:
        raise click.ClickException(str(error)) from None
    db.session.commit()
    _import(current_app.config["DATA_DIR"])
    click.echo(f"day {clock.today().isoformat()}")


@click.command("import", help="Import the changed files of a data folder (default: the setting's).")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def import_data(folder: Path | None) -> None:
    """Import a data folder in one transaction and report the differences."""
    _import(folder or current_app.config["DATA_DIR"])


@click.command("check-data", help="List printed figures with what their parts give.")
def check_data() -> None:
    """Print each declared difference between a printed figure and its parts."""
    rows = db.session.scalars(select(DataCheck).order_by(DataCheck.position)).all()
    differing = [row for row in rows if not row.agrees]
    for row in differing:
        printed = "-" if row.printed is None else row.printed
        computed = "-" if row.computed is None else row.computed
        click.echo(f"{row.locator or '-'}\t{row.key}\tprinted {printed}\tparts {computed}")
    click.echo(f"{len(rows)} figures checked, {len(differing)} differ and say so")


@data_group.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
def new_data(folder: Path) -> None:
    """Write the empty files that another council fills."""
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty: name a new folder")
    for data_file in FILES:
        _write_header(folder / data_file.path, data_file.columns)
    for path, row_type in ((CHECKS_PATH, IdentityRow), (COVERAGE_PATH, CoverageRow)):
        _write_header(folder / path, tuple(field.name for field in fields(row_type)))
    (folder / COUNCIL_PATH).write_text(COUNCIL_TEMPLATE, encoding="utf-8")
    click.echo(f"{folder}: fill in council.yaml first, then the CSV files; data/README.md explains")


def _import(folder: Path) -> None:
    """Import a folder: all of it or, with the reasons told, nothing."""
    try:
        begin_write()
        report = import_dataset(db.session(), folder, at=clock.real_now(), tell=click.echo)
        db.session.commit()
    except DataErrors as error:
        db.session.rollback()
        raise click.ClickException(f"nothing was imported from {folder}\n{error}") from None
    except SQLAlchemyError as error:
        db.session.rollback()
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise click.ClickException(f"nothing was imported: {reason}") from None
    _tell(report)


def _tell(report: Report) -> None:
    """Print what needs a person's eye."""
    if not report.counts:
        click.echo("data: nothing changed since the last import")
    for difference in report.differences:
        click.echo(f"difference: {difference}")


def _write_header(path: Path, columns: tuple[str, ...]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(columns)


commands = (prepare, import_data, check_data, data_group)
