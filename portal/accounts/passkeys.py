"""The passkeys of the staff: rows that are added, used once per challenge, renamed, removed."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from portal.accounts import emails
from portal.accounts.models import StaffAccount, StaffPasskey, UsedChallenge
from portal.accounts.services import record
from portal.core.crypto import blind_index
from portal.core.database import add_row_once
from portal.core.errors import Conflict, NotFound

#: So long an authenticator has to answer.
CHALLENGE_LIVES = timedelta(minutes=10)
#: So many passkeys somebody may have.
MOST_PASSKEYS = 20


def passkeys_of(session: Session, account_id: int) -> tuple[StaffPasskey, ...]:
    """Return somebody's passkeys, the oldest first; at most ``MOST_PASSKEYS``."""
    query = select(StaffPasskey).where(StaffPasskey.account_id == account_id)
    return tuple(session.scalars(query.order_by(StaffPasskey.id).limit(MOST_PASSKEYS)))


def find_passkey(session: Session, credential_id: bytes) -> StaffPasskey | None:
    """Return the passkey of an id of WebAuthn, with its account, or None."""
    query = select(StaffPasskey).where(StaffPasskey.credential_id == credential_id)
    return session.scalar(query.options(joinedload(StaffPasskey.account)))


def get_passkey(session: Session, account: StaffAccount, passkey_id: int) -> StaffPasskey:
    """Return one of somebody's own passkeys.

    :raise NotFound: there is no such passkey, or it is somebody else's
    """
    passkey = session.get(StaffPasskey, passkey_id)
    if passkey is None or passkey.account_id != account.id:
        raise NotFound(_("There is no such passkey; perhaps it was removed already."))
    return passkey


def add_passkey(
    session: Session, *, account: StaffAccount, passkey: StaffPasskey, at: datetime
) -> None:
    """Add a passkey that its owner has just made, and tell them by letter.

    :raise Conflict: there are as many as there may be by now: a page lists no more
    """
    if len(passkeys_of(session, account.id)) >= MOST_PASSKEYS:
        raise Conflict(_("You have as many passkeys as there may be. Remove one first."))
    session.add(passkey)
    session.flush()
    record(session, account.key, "add_passkey", account.id)
    emails.tell_of_second_factor(session, account=account, at=at)


def move_count(session: Session, *, passkey: StaffPasskey, count: int, at: datetime) -> bool:
    """Note the new count of a passkey, in one statement: of two copies only one gets in."""
    unmoved = update(StaffPasskey).where(
        StaffPasskey.id == passkey.id, StaffPasskey.sign_count == passkey.sign_count
    )
    moved = session.execute(unmoved.values(sign_count=count, used_at=at).returning(StaffPasskey.id))
    return moved.scalar() is not None


def use_challenge(session: Session, challenge: str, *, at: datetime) -> bool:
    """Note that a challenge was answered, and say whether it was for the first time.

    The challenge itself waits in the page and the browser's signed cookie, which can be copied.
    It lives up to a second longer than it is said to, so what is known of it stays for twice as
    long.
    """
    over = UsedChallenge.used_at < at - 2 * CHALLENGE_LIVES
    session.execute(delete(UsedChallenge).where(over))
    challenge_hash = blind_index("staff.challenge", challenge)
    return add_row_once(session, UsedChallenge, challenge_hash=challenge_hash, used_at=at)


def rename_passkey(session: Session, *, account: StaffAccount, passkey_id: int, name: str) -> None:
    """Give one of one's own passkeys another name.

    :raise NotFound: there is no such passkey, or it is somebody else's
    """
    get_passkey(session, account, passkey_id).name = name.strip()
    session.flush()
    record(session, account.key, "rename_passkey", account.id)


def remove_passkey(
    session: Session, *, account: StaffAccount, passkey_id: int, at: datetime
) -> None:
    """Remove one of one's own passkeys, and tell its owner by letter.

    :raise NotFound: there is no such passkey, or it is somebody else's
    """
    session.delete(get_passkey(session, account, passkey_id))
    session.flush()
    record(session, account.key, "remove_passkey", account.id)
    emails.tell_of_second_factor(session, account=account, at=at)
