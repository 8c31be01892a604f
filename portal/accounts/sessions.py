"""Who is signed in where: sessions are rows, and the browser's cookie only holds their secret.

So a session can be listed and ended, and a cookie that was copied is worth nothing afterwards.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import StaffAccount, StaffSession
from portal.core.actors import coarse_network
from portal.core.crypto import blind_index

_TOKEN_BYTES = 32
#: So long somebody has to give the second factor.
PENDING_FOR = timedelta(minutes=10)
#: A session's last sight is written at most this often.
TOUCH_EVERY = timedelta(minutes=1)
_BROWSERS = (("Edg", "Edge"), ("Whale", "Whale"), ("SamsungBrowser", "Samsung Internet"))
_MORE_BROWSERS = (("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))


@dataclass(frozen=True)
class Limits:
    """How long a session lives: without being used, and at all."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True)
class Origin:
    """Where a session began, as coarse as its owner needs to know it again."""

    address: str
    browser: str


def origin_of(address: str | None, user_agent: str) -> Origin:
    """Return where a request comes from, without telling the one machine."""
    named = (*_BROWSERS, *_MORE_BROWSERS)
    browser = next((name for sign, name in named if sign in user_agent), "")
    return Origin(coarse_network(address), browser)


def start_session(
    session: Session, *, account: StaffAccount, is_complete: bool, origin: Origin, at: datetime
) -> str:
    """Start a session and return the secret for the browser; only its hash is kept.

    :param is_complete: whether the second factor was given, too
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    row = StaffSession(
        account_id=account.id,
        token_hash=_hash(token),
        is_complete=is_complete,
        started_at=at,
        seen_at=at,
        address=origin.address,
        browser=origin.browser,
    )
    session.add(row)
    session.flush()
    return token


def find_session(
    session: Session, token: str, *, limits: Limits, at: datetime
) -> StaffSession | None:
    """Return the living session of a secret with its account and roles, or None."""
    account = joinedload(StaffSession.account)
    query = select(StaffSession).where(StaffSession.token_hash == _hash(token))
    row = session.scalar(query.options(account.selectinload(StaffAccount.roles)))
    if row is None or row.account.is_disabled or is_over(row, limits, at):
        return None
    return row


def is_over(row: StaffSession, limits: Limits, at: datetime) -> bool:
    """Say whether a session has lived too long, or too long without being used."""
    if not row.is_complete:
        return at - row.started_at >= PENDING_FOR
    return at - row.seen_at >= limits.idle or at - row.started_at >= limits.absolute


def touch_session(session: Session, *, row: StaffSession, at: datetime) -> bool:
    """Note that a session is used; say whether there was anything to write."""
    if at - row.seen_at < TOUCH_EVERY:
        return False
    row.seen_at = at
    session.flush()
    return True


def sessions_of(
    session: Session, account_id: int, *, limits: Limits, at: datetime
) -> tuple[StaffSession, ...]:
    """Return the living sessions of somebody, the latest first; at most 50."""
    query = select(StaffSession).where(
        StaffSession.account_id == account_id, StaffSession.is_complete
    )
    rows = session.scalars(query.order_by(StaffSession.started_at.desc()).limit(50))
    return tuple(row for row in rows if not is_over(row, limits, at))


def end_session(session: Session, *, token: str | None) -> None:
    """End the session of a secret, if it has one."""
    session.execute(delete(StaffSession).where(StaffSession.token_hash == _hash(token or "")))


def end_sessions(session: Session, *, account_id: int, but: int | None = None) -> None:
    """End every session of somebody.

    :param but: id of a session that goes on
    """
    whose = StaffSession.account_id == account_id
    which = whose if but is None else whose & (StaffSession.id != but)
    session.execute(delete(StaffSession).where(which))


def forget_old_sessions(session: Session, *, limits: Limits, at: datetime) -> None:
    """Remove the rows of sessions that are over."""
    is_unused = StaffSession.seen_at < at - limits.idle
    is_old = StaffSession.started_at < at - limits.absolute
    session.execute(delete(StaffSession).where(is_unused | is_old))


def _hash(token: str) -> str:
    return blind_index("staff.session", token)
