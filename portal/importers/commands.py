"""Commands that fill the portal: prepare, import, check-data, data new."""

import csv
from dataclasses import fields
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from portal.accounts.rules import ScopeKind
from portal.accounts.samples import make_samples
from portal.core import clock, crypto, jobs, keys
from portal.core.database import reason_of
from portal.core.i18n import in_language
from portal.core.models import DataCheck
from portal.core.refusals import forget_refusal, note_refusal
from portal.core.transactions import begin_write
from portal.council import queries as council_queries
from portal.extensions import db
from portal.importers.checks import PATH as CHECKS_PATH
from portal.importers.checks import IdentityRow, save_checks
from portal.importers.complaint_periods import PATH as PERIODS_PATH
from portal.importers.council_yaml import PATH as COUNCIL_PATH
from portal.importers.council_yaml import read_council
from portal.importers.coverage import PATH as COVERAGE_PATH
from portal.importers.coverage import CoverageRow
from portal.importers.dataset import FILES, import_dataset
from portal.importers.open_bill_rows import read_bills
from portal.importers.open_bills import lines_of as lines_of_bills
from portal.importers.open_bills import save_open_bills
from portal.importers.ordinance_versions import lines_of, save_ordinance_texts
from portal.importers.reports import Report
from portal.importers.sample_hearings import make_sample_hearings
from portal.importers.sample_webtoon import make_sample_webtoon
from portal.importers.samples import make_sample_publications, open_office
from portal.importers.starter import COUNCIL_TEMPLATE, PERIODS_TEMPLATE, TEXTS_TEMPLATE
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
            _use_key(key)
        keys.prove_key(db.session(), key, instance)
    except keys.WrongKey as error:
        raise click.ClickException(str(error)) from None
    db.session.commit()
    _import(current_app.config["DATA_DIR"])
    if current_app.config["DEMO"]:
        _make_samples()
    click.echo(f"day {clock.today().isoformat()}")


def _use_key(key: str) -> None:
    """Encrypt and sign with a new key from now on; the process began with one of its own."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    app.config["SECRET_KEY"] = key
    crypto.init_app(app)
    # What is queued now is read by a worker that knows the new key only.
    jobs.init_app(app)


def _make_samples() -> None:
    """Make the demo's sample accounts, and samples of what they work on."""
    begin_write()
    day = clock.today()
    committees = council_queries.live_committees(db.session(), day)
    members = council_queries.published_members(db.session(), day)
    places = {ScopeKind.COMMITTEE: committees[0][0]} if committees else {}
    places |= {ScopeKind.MEMBER: members[0].person.slug} if members else {}
    make_samples(db.session(), places=places, at=clock.real_now(), on=day)
    office = open_office(db.session(), at=clock.real_now(), now=clock.business_now())
    if office is not None:
        make_sample_publications(db.session(), office)
        make_sample_webtoon(db.session(), office)
        make_sample_hearings(db.session(), office)
    db.session.commit()


@click.command("import", help="Import the changed files of a data folder (default: the setting's).")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def import_data(folder: Path | None) -> None:
    """Import a data folder in one transaction and report the differences."""
    _import(folder or current_app.config["DATA_DIR"])


@click.command("check-data", help="List printed figures that differ from their parts.")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@in_language("en")
def check_data(folder: Path | None) -> None:
    """Check the figures of a folder against the database as it is now; change nothing.

    A difference that ``identities.csv`` does not declare ends with exit code 1.
    """
    folder = folder or current_app.config["DATA_DIR"]
    try:
        begin_write()
        save_checks(db.session(), folder, read_council(folder))
        rows = db.session.scalars(select(DataCheck).order_by(DataCheck.position)).all()
        lines = [_difference_line(row) for row in rows if not row.agrees]
    except DataErrors as error:
        raise click.ClickException(f"a difference that is not declared\n{error}") from None
    finally:
        db.session.rollback()
    click.echo("\n".join(lines))
    click.echo(f"{len(rows)} figures checked, {len(lines)} differ and say so")


def _difference_line(row: DataCheck) -> str:
    """Return place, name, printed, computed and difference of a figure, apart by tabs."""
    known = row.printed is not None and row.computed is not None
    difference = f"{(row.printed or 0) - (row.computed or 0):+}" if known else "-"
    values = ["-" if value is None else str(value) for value in (row.printed, row.computed)]
    unit = row.unit or "-"
    return "\t".join((row.locator or "-", row.key, *values, difference, unit))


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
    (folder / PERIODS_PATH).parent.mkdir()
    (folder / PERIODS_PATH).write_text(PERIODS_TEMPLATE, encoding="utf-8")
    click.echo(f"{folder}: fill in council.yaml first, then the CSV files; data/README.md explains")


@data_group.command("ordinances")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@in_language("en")
def import_ordinances(folder: Path) -> None:
    """Import the texts of ordinances from a folder; what can't be read is listed."""
    try:
        begin_write()
        report = save_ordinance_texts(db.session(), folder)
        db.session.commit()
    except DataErrors as error:
        raise click.ClickException(f"no text was imported\n{error}") from None
    for line in lines_of(report):
        click.echo(line)
    if report.errors:
        raise click.exceptions.Exit(1)


@data_group.command("bills")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--council-term", type=click.IntRange(1, 999), help="Term of rows that tell none.")
@in_language("en")
def import_bills(file: Path, council_term: int | None) -> None:
    """Import a council's list of bills as open data: all rows of the CSV file, or none."""
    folder: Path = current_app.config["DATA_DIR"]
    try:
        opened = read_bills(file.read_bytes(), file.name)
        begin_write()
        report = save_open_bills(
            db.session(), opened, term=council_term, folder=folder, at=clock.real_now()
        )
        db.session.commit()
    except DataErrors as error:
        db.session.rollback()
        raise click.ClickException(f"nothing was imported from {file.name}\n{error}") from None
    for line in lines_of_bills(opened, report):
        click.echo(line)


@in_language("en")
def _import(folder: Path) -> None:
    """Import a folder: all of it or, with the reasons told, nothing."""
    try:
        begin_write()
        report = import_dataset(db.session(), folder, at=clock.real_now(), tell=click.echo)
        forget_refusal(db.session())
        db.session.commit()
    except DataErrors as error:
        _note_refusal(folder, [str(placed) for placed in error.errors])
        raise click.ClickException(f"nothing was imported from {folder}\n{error}") from None
    except SQLAlchemyError as error:
        reason = reason_of(error)
        _note_refusal(folder, [reason])
        raise click.ClickException(f"nothing was imported: {reason}") from None
    _tell(report)


def _note_refusal(folder: Path, errors: list[str]) -> None:
    """Undo what was read, and tell staff why; a database that is the reason may refuse that too."""
    db.session.rollback()
    try:
        begin_write()
        name = folder.resolve().name
        note_refusal(db.session(), folder=name, errors=errors, at=clock.real_now())
        db.session.commit()
    except SQLAlchemyError:
        db.session.rollback()


def _tell(report: Report) -> None:
    """Print what needs a person's eye."""
    if not report.counts:
        click.echo("data: nothing changed since the last import")
    for difference in report.differences:
        click.echo(f"difference: {difference}")


def _write_header(path: Path, columns: tuple[str, ...]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            csv.writer(file).writerow(columns)
        else:
            file.write(TEXTS_TEMPLATE)


commands = (prepare, import_data, check_data, data_group)
