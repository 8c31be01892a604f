"""Commands about the staff: the first administrator, the demo's accounts."""

import click
from flask.cli import AppGroup

from portal.accounts import services
from portal.accounts.emails import address_of_link
from portal.accounts.rules import Grant, Role
from portal.core.clock import real_now, today
from portal.core.errors import PortalError
from portal.core.transactions import begin_write
from portal.extensions import db

_ACTOR = "command line"

staff = AppGroup("staff", help="Accounts of the staff.")


@staff.command("create")
@click.argument("email")
@click.argument("name")
def create(email: str, name: str) -> None:
    """Make an administrator and print the one-time link by which they set their password."""
    begin_write()
    try:
        account = services.create_account(
            db.session(), email=email, name=name, language="ko", at=real_now(), actor=_ACTOR
        )
        services.give_role(
            db.session(),
            account=account,
            grant=Grant(Role.ADMINISTRATOR),
            actor=_ACTOR,
            on=today(),
        )
        token = services.make_link(db.session(), account=account, actor=_ACTOR, at=real_now())
    except PortalError as error:
        db.session.rollback()
        raise click.ClickException(error.sentence) from None
    db.session.commit()
    click.echo(f"open once, within 72 hours: {address_of_link(account, token)}")


commands = (staff,)
