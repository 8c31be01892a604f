"""Deeds on staff accounts; each writes its audit line and flushes."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts import emails, second_factor
from portal.accounts.models import (
    RecoveryCode,
    StaffAccount,
    StaffLink,
    StaffPasskey,
    StaffRole,
    StaffSession,
    new_uniquifier,
)
from portal.accounts.passwords import hash_password
from portal.accounts.queries import find_account_by_email, plain_email
from portal.accounts.rules import Grant, Role, is_complete
from portal.accounts.sessions import end_sessions
from portal.core import audit
from portal.core.crypto import blind_index
from portal.core.errors import Conflict, Gone, Invalid, NotFound
from portal.core.things import ACCOUNT

LINK_LIVES = timedelta(hours=72)
_TOKEN_BYTES = 32
_KIND = ACCOUNT


def create_account(
    session: Session,
    *,
    email: str,
    name: str,
    language: str,
    at: datetime,
    actor: str,
    is_sample: bool = False,
) -> StaffAccount:
    """Create an account without password; its one-time link comes from ``make_link``.

    :raise Conflict: somebody has an account with this address
    """
    if find_account_by_email(session, email) is not None:
        raise Conflict(_("There is an account with this e-mail address already."))
    account = StaffAccount(
        email=plain_email(email),
        name=name.strip(),
        language=language,
        is_sample=is_sample,
        created_at=at,
        roles=[],
    )
    session.add(account)
    session.flush()
    record(session, actor, "invite", account.id)
    return account


def make_link(session: Session, *, account: StaffAccount, actor: str, at: datetime) -> str:
    """Return the secret of a new one-time link; an older one of the account ends.

    :raise Conflict: the account is disabled
    """
    if account.is_disabled:
        raise Conflict(_("The account is disabled. Enable it first."))
    session.execute(delete(StaffLink).where(StaffLink.account_id == account.id))
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    expires_at = at + LINK_LIVES
    session.add(StaffLink(account_id=account.id, token_hash=_hash(token), expires_at=expires_at))
    session.flush()
    record(session, actor, "make_link", account.id)
    return token


def send_link(session: Session, *, account: StaffAccount, actor: str, at: datetime) -> str:
    """Send the owner a new one-time link and return its secret: the letter may not arrive.

    :raise Conflict: the account is disabled
    :raise Invalid: its address is none that letters reach
    """
    token = make_link(session, account=account, actor=actor, at=at)
    emails.send_link(session, account=account, token=token, at=at)
    return token


def get_link(session: Session, token: str, *, at: datetime) -> StaffLink:
    """Return a one-time link with its account.

    :raise Gone: it is wrong, used or too old
    """
    query = select(StaffLink).where(StaffLink.token_hash == _hash(token))
    link = session.scalar(query.options(joinedload(StaffLink.account)))
    if link is None or link.expires_at <= at or link.account.is_disabled:
        raise _link_is_gone()
    return link


def use_link(session: Session, *, link: StaffLink, password: str, at: datetime) -> StaffAccount:
    """Set the password of a one-time link; the old second factor and all sessions end.

    :raise Gone: somebody used it at the same moment; it is removed in one statement
    """
    account = link.account
    if session.query(StaffLink).where(StaffLink.id == link.id).delete() != 1:
        raise _link_is_gone()
    account.password_hash = hash_password(password)
    _drop_second_factor(session, account)
    end_what_was_signed(session, account=account)
    note_new_password(session, account=account)
    emails.tell_of_password(session, account=account, at=at)
    return account


def _link_is_gone() -> Gone:
    return Gone(_("This link was used or is too old. Ask an administrator for a new one."))


def end_what_was_signed(session: Session, *, account: StaffAccount) -> None:
    """End all links and half sign-ins that were signed for an account, and its sessions.

    The account is written first, so that it waits for whoever holds it (``tries.hold``).
    """
    account.fs_uniquifier = new_uniquifier()
    session.flush()
    end_sessions(session, account_id=account.id)


def change_name(session: Session, *, account: StaffAccount, name: str, language: str) -> None:
    """Change one's own name and the language of letters."""
    account.name, account.language = name.strip(), language
    session.flush()
    record(session, account.key, "change_own_details", account.id)


def set_second_factor(
    session: Session, *, account: StaffAccount, key: str, at: datetime
) -> tuple[str, ...]:
    """Set up the first second factor, whose code was just given; return new recovery codes.

    :raise Conflict: there is one by now
    """
    without = session.query(StaffAccount).where(
        StaffAccount.id == account.id, StaffAccount.totp_key.is_(None)
    )
    if without.update({"totp_key": key}, synchronize_session="fetch") != 1:
        raise Conflict(_("A second factor was set up meanwhile. Sign in with it."))
    record(session, account.key, "set_up_second_factor", account.id)
    emails.tell_of_second_factor(session, account=account, at=at)
    return renew_recovery_codes(session, account=account)


def replace_second_factor(
    session: Session,
    *,
    account: StaffAccount,
    key: str,
    counter: int,
    session_id: int,
    at: datetime,
) -> tuple[str, ...]:
    """Replace one's own second factor; every other session ends. Return new recovery codes."""
    end_sessions(session, account_id=account.id, but=session_id)
    account.totp_key, account.totp_counter = key, counter
    record(session, account.key, "replace_second_factor", account.id)
    emails.tell_of_second_factor(session, account=account, at=at)
    return renew_recovery_codes(session, account=account)


def renew_recovery_codes(session: Session, *, account: StaffAccount) -> tuple[str, ...]:
    """Return new recovery codes; the old ones end. Only their hashes are kept."""
    codes = tuple(totp_factory().generate_recovery_codes(second_factor.RECOVERY_CODES))
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    session.add_all(
        RecoveryCode(account_id=account.id, code_hash=_code_hash(account, code)) for code in codes
    )
    session.flush()
    record(session, account.key, "renew_recovery_codes", account.id)
    return codes


def use_code(session: Session, *, account: StaffAccount, code: str) -> bool:
    """Use a code of the app, once."""
    secret, window = account.tf_totp_secret, second_factor.WINDOW_SECONDS
    return secret is not None and totp_factory().verify_totp(code, secret, account, window)


def move_counter(session: Session, *, account: StaffAccount, counter: int) -> bool:
    """Note the counter of a right code, in one statement, so that of two only one wins."""
    newer = (StaffAccount.totp_counter.is_(None)) | (StaffAccount.totp_counter < counter)
    moved = session.query(StaffAccount).where(StaffAccount.id == account.id, newer)
    return moved.update({"totp_counter": counter}, synchronize_session="fetch") == 1


def use_recovery_code(session: Session, *, account: StaffAccount, code: str) -> bool:
    """Use a recovery code, once: it is removed in one statement."""
    used = session.query(RecoveryCode).where(
        RecoveryCode.account_id == account.id, RecoveryCode.code_hash == _code_hash(account, code)
    )
    is_right = used.delete() == 1
    if is_right:
        record(session, account.key, "use_recovery_code", account.id)
    return is_right


def use_any_code(session: Session, *, account: StaffAccount, code: str) -> bool:
    """Use a code of the app, or a recovery code of somebody who has lost it."""
    return use_code(session, account=account, code=code) or use_recovery_code(
        session, account=account, code=code
    )


def disable_account(session: Session, *, account: StaffAccount, actor: str, at: datetime) -> None:
    """Disable an account: its sessions, its one-time link and its letters' links end.

    :raise Conflict: it is the actor's own
    """
    if account.key == actor:
        raise Conflict(_("You can’t disable your own account. Ask another administrator."))
    account.disabled_at = at
    session.execute(delete(StaffLink).where(StaffLink.account_id == account.id))
    end_what_was_signed(session, account=account)
    session.flush()
    record(session, actor, "disable", account.id)


def enable_account(session: Session, *, account: StaffAccount, actor: str) -> None:
    """Enable a disabled account again; its owner signs in as before."""
    account.disabled_at = None
    session.flush()
    record(session, actor, "enable", account.id)


def give_role(
    session: Session, *, account: StaffAccount, grant: Grant, actor: str, on: date
) -> StaffRole:
    """Give somebody a role from a day on.

    :raise Invalid: the role needs a place of another kind
    :raise Conflict: they hold it already
    """
    if not is_complete(grant):
        raise Invalid(_("This role is given for one committee or one member. Name it."))
    if any(role.grant == grant and role.is_held(on) for role in account.roles):
        raise Conflict(_("The person holds this role already."))
    place = grant.place
    role = StaffRole(
        account_id=account.id,
        role=grant.role,
        place_kind=place.kind if place else None,
        place_key=place.key if place else None,
        from_on=on,
    )
    account.roles.append(role)
    session.flush()
    record(session, actor, "give_role", account.id, role=_words(grant))
    return role


def take_role(
    session: Session, *, account: StaffAccount, role_id: int, actor: str, on: date
) -> None:
    """Take a role away; that it was held stays known.

    :raise NotFound: the account has no such role
    :raise Conflict: an administrator would take the right to manage from themselves
    """
    role = next((r for r in account.roles if r.id == role_id and r.is_held(on)), None)
    if role is None:
        raise NotFound(_("The person does not hold this role."))
    if role.role is Role.ADMINISTRATOR and account.key == actor:
        raise Conflict(_("You can’t take this role from yourself. Ask another administrator."))
    role.until_on = on - timedelta(days=1)
    session.flush()
    record(session, actor, "take_role", account.id, role=_words(role.grant))


def end_session(session: Session, *, account: StaffAccount, session_id: int) -> None:
    """End one of one's own sessions.

    :raise NotFound: there is no such session, or it is somebody else's
    """
    row = session.get(StaffSession, session_id)
    if row is None or row.account_id != account.id:
        raise NotFound(_("There is no such session; perhaps it has ended already."))
    session.delete(row)
    session.flush()
    record(session, account.key, "end_session", account.id)


def end_all_sessions(session: Session, *, account: StaffAccount) -> None:
    """End all of one's own sessions."""
    end_sessions(session, account_id=account.id)
    record(session, account.key, "end_all_sessions", account.id)


def note_new_password(session: Session, *, account: StaffAccount) -> None:
    """Write the audit line of a new password."""
    session.flush()
    record(session, account.key, "change_password", account.id)


def _drop_second_factor(session: Session, account: StaffAccount) -> None:
    """Take app, recovery codes and passkeys away; the next sign-in sets up a new app."""
    if account.totp_key is not None:
        account.totp_key = account.totp_counter = None
        record(session, account.key, "remove_second_factor", account.id)
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    session.execute(delete(StaffPasskey).where(StaffPasskey.account_id == account.id))


def totp_factory() -> Any:
    """Return what makes and checks codes of apps."""
    return current_app.extensions["security"].totp_factory


def _code_hash(account: StaffAccount, code: str) -> str:
    plain = second_factor.plain_recovery_code(code)
    return blind_index("staff.recovery", f"{account.id}:{plain}")


def _hash(token: str) -> str:
    return blind_index("staff.link", token)


def _words(grant: Grant) -> str:
    place = f" {grant.place.kind.value}:{grant.place.key}" if grant.place else ""
    return grant.role.value + place


def record(session: Session, actor: str, deed: str, account_id: int, **after: str) -> None:
    """Write the audit line of what was done to an account; 0 for an address that has none."""
    deed = f"account.{deed}"
    audit.record(session, actor=actor, deed=deed, kind=_KIND, row_id=account_id, after=after)
