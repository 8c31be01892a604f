"""Reads of the staff's accounts, for those who may see them."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from portal.accounts.models import RecoveryCode, StaffAccount, StaffRole
from portal.accounts.rules import Role

#: A council has some hundreds of posts; so many accounts are listed.
MOST_ACCOUNTS = 1000


def find_account_by_email(session: Session, email: str) -> StaffAccount | None:
    """Return the account of an address in any spelling, with its roles, or None."""
    query = select(StaffAccount).where(StaffAccount.email == plain_email(email))
    return session.scalar(query.options(selectinload(StaffAccount.roles)))


def find_account(session: Session, account_id: int) -> StaffAccount | None:
    """Return an account with its roles, or None."""
    query = select(StaffAccount).where(StaffAccount.id == account_id)
    return session.scalar(query.options(selectinload(StaffAccount.roles)))


def accounts_for_administrators(session: Session) -> tuple[StaffAccount, ...]:
    """Return all accounts with their roles, by name; at most ``MOST_ACCOUNTS``."""
    query = select(StaffAccount).options(selectinload(StaffAccount.roles))
    ordered = query.order_by(StaffAccount.name, StaffAccount.id).limit(MOST_ACCOUNTS)
    return tuple(session.scalars(ordered))


def open_accounts(session: Session) -> tuple[tuple[str, str], ...]:
    """Return key and name of the accounts that may sign in, by name."""
    query = select(StaffAccount).where(StaffAccount.disabled_at.is_(None))
    ordered = query.order_by(StaffAccount.name, StaffAccount.id).limit(MOST_ACCOUNTS)
    return tuple((account.key, account.name) for account in session.scalars(ordered))


def holders_of(session: Session, role: Role, on: date) -> tuple[str, ...]:
    """Return the keys of open accounts that hold a role for the whole council, by their id."""
    ids = session.scalars(
        select(StaffAccount.id)
        .join(StaffRole, StaffRole.account_id == StaffAccount.id)
        .where(StaffAccount.disabled_at.is_(None))
        .where(StaffRole.role == role, StaffRole.place_kind.is_(None), StaffRole.from_on <= on)
        .where(or_(StaffRole.until_on.is_(None), StaffRole.until_on >= on))
        .distinct()
        .order_by(StaffAccount.id)
        .limit(MOST_ACCOUNTS)
    )
    return tuple(f"staff:{account_id}" for account_id in ids)


def count_recovery_codes(session: Session, account_id: int) -> int:
    """Return how many recovery codes somebody has left."""
    query = select(func.count(RecoveryCode.id)).where(RecoveryCode.account_id == account_id)
    return session.scalar(query) or 0


def plain_email(email: str) -> str:
    """Return an address in its one form."""
    return email.strip().casefold()


def names_of(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """Return the names behind account keys such as ``staff:12``; a key of nobody has none."""
    numbers = {key: key.partition(":")[2] for key in keys if key.startswith("staff:")}
    ids = {int(number) for number in numbers.values() if number.isdigit()}
    rows = session.execute(
        select(StaffAccount.id, StaffAccount.name).where(StaffAccount.id.in_(ids))
    )
    return {f"staff:{account_id}": name for account_id, name in rows}
