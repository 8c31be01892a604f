"""Letters to the staff about their own accounts, in the language they chose.

They name nobody and hold no secret but the one-time link: others may read a mailbox.
"""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from portal.accounts.models import StaffAccount
from portal.notifications.kinds import Kind, kind_of, register_kind
from portal.notifications.services import queue_letter
from portal.notifications.wording import link_to

_INVITATIONS = "/staff/invitations/"
_RESETS = "/staff/new-password/"
_SAMPLE_PATH = {"path": f"{_INVITATIONS}sample"}

INVITATION = register_kind(
    Kind("account_invitation", _l("Your account with the council portal"), _SAMPLE_PATH)
)
NEW_LINK = register_kind(
    Kind("account_link", _l("A new one-time link for your account"), _SAMPLE_PATH)
)
RESET = register_kind(
    Kind("account_reset", _l("A new password for your account"), {"path": f"{_RESETS}sample"})
)
PASSWORD_CHANGED = register_kind(
    Kind("account_password_changed", _l("Your password was changed"), {})
)
SECOND_FACTOR_CHANGED = register_kind(
    Kind("account_second_factor_changed", _l("Your second factor was changed"), {})
)


def send_link(session: Session, *, account: StaffAccount, token: str, at: datetime) -> None:
    """Send somebody their one-time link: an invitation, or a new one for who was here before.

    :raise Invalid: the account's address is none that letters reach
    """
    kind = INVITATION if account.password_hash is None else NEW_LINK
    _send(session, kind, account, at, path=_INVITATIONS + token)


def address_of_link(account: StaffAccount, token: str) -> str:
    """Return the whole address of a one-time link, in the language of its account."""
    return link_to(_INVITATIONS + token, account.language)


def tell_of_password(session: Session, *, account: StaffAccount, at: datetime) -> None:
    """Tell the owner that the password was changed."""
    _send(session, PASSWORD_CHANGED, account, at)


def send_kind(
    session: Session, *, kind: str, account: StaffAccount, reset_token: str | None, at: datetime
) -> None:
    """Send the owner a letter of Flask-Security, which names it by its kind.

    :param reset_token: leads to a new password; None: the letter has no link of its own
    :raise KeyError: there is no such kind
    """
    context = {"path": _RESETS + reset_token} if reset_token else {}
    _send(session, kind_of(kind), account, at, **context)


def tell_of_second_factor(session: Session, *, account: StaffAccount, at: datetime) -> None:
    """Tell the owner that the second factor was changed."""
    _send(session, SECOND_FACTOR_CHANGED, account, at)


def _send(
    session: Session, kind: Kind, account: StaffAccount, at: datetime, **context: str
) -> None:
    queue_letter(
        session,
        kind=kind.name,
        to=account.email,
        language=account.language,
        context=context,
        at=at,
    )
