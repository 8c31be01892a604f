"""The commands of the key ring: check it, keep a copy apart, put a new key first."""

import os
from pathlib import Path

import click
import pyrage
from flask import current_app
from flask.cli import AppGroup

from portal.core import keys
from portal.core.crypto import learn_keys
from portal.core.files.sealed.keys import Readable, check_keys, renew_fields, renew_files
from portal.core.transactions import begin_write
from portal.extensions import db

keys_group = AppGroup("keys", help="The keys by which fields and files are encrypted.")


@keys_group.command("check")
def check() -> None:
    """Say what the keys read of each column and of the files; exit 1 when they don't fit."""
    found = check_keys(db.session())
    db.session.rollback()
    for counted in found:
        if counted.newest or counted.older or counted.unreadable:
            click.echo(_line(counted))
    if any(counted.unreadable for counted in found):
        raise click.ClickException("the keys don't read everything: put the right key file back")
    click.echo("the keys read everything")


@keys_group.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--recipient", help="Public key (age1...) of who keeps it; else a passphrase.")
def export(file: Path, recipient: str | None) -> None:
    """Write the key file, encrypted with age, to be kept apart from copies of the data."""
    plain = (current_app.config["INSTANCE_DIR"] / keys.FILE_NAME).read_bytes()
    if recipient:
        try:
            sealed = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient)])
        except pyrage.RecipientError:
            raise click.BadParameter("this is no public key of age") from None
    else:
        words = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
        sealed = pyrage.passphrase.encrypt(plain, words)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(sealed)
    click.echo(f"wrote {file}; `age --decrypt` opens it")


@keys_group.command("rotate")
@click.option("--resume", is_flag=True, help="Go on with what was broken off; add no key.")
def rotate(resume: bool) -> None:
    """Put a new key first and encrypt everything anew by it, while the site runs."""
    if not resume:
        if any(counted.older for counted in check_keys(db.session())):
            raise click.ClickException("an earlier key is still in use: go on with --resume")
        db.session.rollback()
        _add_key()
    for name, rows in renew_fields():
        click.echo(f"{name}: {rows}")
    click.echo(f"sealed files: {renew_files()}")
    click.echo("done; start the site again, then run it once more with --resume")


def _add_key() -> None:
    """Add a key and let the database know it; killed in between, the next start does the rest."""
    instance: Path = current_app.config["INSTANCE_DIR"]
    key = keys.add_key(instance)
    learn_keys()
    begin_write()
    keys.prove_key(db.session(), key, instance)
    db.session.commit()
    click.echo("a new key stands first; export it and keep it apart")


def _line(counted: Readable) -> str:
    return (
        f"{counted.name}: {counted.newest} by the newest key, {counted.older} by older ones, "
        f"{counted.unreadable} unreadable"
    )
