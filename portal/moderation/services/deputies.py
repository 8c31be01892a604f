"""Appointing deputies for absent colleagues."""

from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.accounts.rules import Permission
from portal.core import audit
from portal.core.errors import Conflict, Invalid, NotAllowed
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
    _check_may_arrange(account, actor)
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
        after={"account": account, "deputy": deputy, **_days_of(appointed)},
    )
    return appointed


def end_deputy(session: Session, appointed: Deputy, *, on: date, actor: Actor) -> None:
    """End an appointment from a day on; one that had not begun before that day goes altogether.

    :raise NotAllowed: the actor is neither the absent account nor keeps accounts
    :raise Conflict: it was over before
    """
    _check_may_arrange(appointed.account_key, actor)
    if appointed.ends_on < on:
        raise Conflict(_("This appointment is over already."))
    before, row_id = _days_of(appointed), appointed.id
    if appointed.starts_on < on:
        appointed.ends_on = on - timedelta(days=1)
        after = _days_of(appointed)
    else:
        session.delete(appointed)
        after = {}
    session.flush()
    audit.record(
        session,
        actor=actor.key,
        deed="deputy.end",
        kind=Deputy.__tablename__,
        row_id=row_id,
        before=before,
        after=after,
    )


def _check_may_arrange(account: str, actor: Actor) -> None:
    """Refuse to arrange deputies of others to whoever does not keep accounts."""
    if actor.key != account and Permission.ACCOUNTS_MANAGE not in actor.permissions:
        raise NotAllowed(_("Your role does not let you do this."))


def _days_of(appointed: Deputy) -> dict[str, str]:
    return {
        "starts_on": appointed.starts_on.isoformat(),
        "ends_on": appointed.ends_on.isoformat(),
    }
