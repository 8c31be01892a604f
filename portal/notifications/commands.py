"""Commands of the outbox: ``flask mail test``, ``status`` and ``bounces``."""

from pathlib import Path

import click
from flask.cli import AppGroup

from portal.core.clock import real_now
from portal.core.errors import Invalid
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.notifications import queries
from portal.notifications.kinds import TEST
from portal.notifications.rules import read_bounces
from portal.notifications.services import note_bounces, queue_letter

mail_group = AppGroup("mail", help="The outbox.")


@mail_group.command("test")
@click.argument("address")
def test_mail(address: str) -> None:
    """Put a test letter for an address into the outbox; the worker sends it."""
    begin_write()
    try:
        letter = queue_letter(
            db.session(), kind=TEST.name, to=address, language="ko", context={}, at=real_now()
        )
    except Invalid:
        raise click.BadParameter("write it like name@example.kr", param_hint="ADDRESS") from None
    db.session.commit()
    click.echo(f"letter {letter.id} is in the outbox; flask mail status shows how the outbox is")


@mail_group.command("status")
def show_status() -> None:
    """Print how many letters stand in each state."""
    for state, count in queries.letter_counts(db.session()).items():
        click.echo(f"{state.value}\t{count}")


@mail_group.command("bounces")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take_bounces(file: Path) -> None:
    """Note the letters that came back: a file with a Message-ID or an address in each line."""
    names = read_bounces(file.read_text("utf-8-sig"))
    begin_write()
    noted = note_bounces(db.session(), names, actor="command", at=real_now())
    db.session.commit()
    click.echo(f"{len(names)} lines, {noted} letters noted as returned")


commands = (mail_group,)
