"""Appointing deputies for absent colleagues."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.accounts.rules import Permission
from portal.core import audit
from portal.core.errors import Invalid, NotAllowed
from portal.moderation.models import Deputy
from portal.moderation.rules import Actor


def appoint_deputy(
    session: Session,
    *,
    account: str,
    deputy: str,
    starts_on: date,
    ends_on: date,
    actor: Actor,
) -> Deputy:
    """Let one account answer for another from one day to another, and return the appointment.

    :raise NotAllowed: the actor is neither the account nor keeps accounts
    :raise Invalid: nobody stands in for themselves, and the last day is not before the first
    """
    if actor.key != account and Permission.ACCOUNTS_MANAGE not in actor.permissions:
        raise NotAllowed(_("Your role does not let you do this."))
    if account == deputy:
        raise Invalid(_("Choose another person as deputy."))
    if ends_on < starts_on:
        raise Invalid(_("The last day lies before the first. Choose a later last day."))
    appointed = Deputy(account_key=account, deputy_key=deputy, starts_on=starts_on, ends_on=ends_on)
    session.add(appointed)
    session.flush()
    audit.record(
        session,
        actor=actor.key,
        deed="deputy.appoint",
        kind=Deputy.__tablename__,
        row_id=appointed.id,
        after={"account": account, "deputy": deputy},
    )
    return appointed
