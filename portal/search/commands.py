"""Commands of the search: how the index is, and making it anew."""

import click
from flask.cli import AppGroup

from portal.core.clock import real_now, today
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.search.choice import search_engine
from portal.search.engines import IndexMissing, Unfit
from portal.search.indexing import drain, reconcile
from portal.search.indexing import rebuild as rebuild_index

search_group = AppGroup("search", help="The full-text search.")


@search_group.command("status")
def show_status() -> None:
    """Tell the engine, its documents and its size."""
    try:
        status = search_engine().status()
    except IndexMissing:
        raise click.ClickException("there is no index; make one: flask search rebuild") from None
    click.echo(f"{status.engine}: {len(status.versions)} documents, {status.size_bytes} bytes")


@search_group.command("check")
def check() -> None:
    """Tell whether the chosen engine can work here."""
    _refuse_unfit()
    click.echo(f"{search_engine().name} can work here")


def _refuse_unfit() -> None:
    """End with what is missing where the chosen engine can't work here."""
    try:
        search_engine().check()
    except Unfit as error:
        raise click.ClickException(str(error)) from None


@search_group.command("update")
def update() -> None:
    """Do what waits for the index; the worker does so by itself."""
    click.echo(f"{drain(search_engine())} done")


@search_group.command("rebuild")
def rebuild() -> None:
    """Make the index anew; the old one serves until then."""
    _refuse_unfit()
    click.echo(f"{rebuild_index(search_engine())} documents")


@search_group.command("reconcile")
def reconcile_now() -> None:
    """Compare pages, documents and index, and repair what differs."""
    begin_write()
    repair = reconcile(search_engine(), today=today(), at=real_now())
    db.session.commit()
    drain(search_engine())
    counts = f"{repair.documents} documents, {repair.entries} entries, {repair.strays} strays"
    click.echo(f"repaired: {counts}")


commands = (search_group,)
