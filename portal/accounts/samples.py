"""Sample accounts of the demo: one for each role, with a password and codes that everybody sees."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.accounts import second_factor, services
from portal.accounts.models import StaffAccount
from portal.accounts.passwords import hash_password
from portal.accounts.rules import SCOPES_NEEDED, Grant, Place, Role, ScopeKind

#: Shown on the demo's page; accounts with it are refused everywhere else.
PASSWORD = "체험용 비밀번호입니다"  # noqa: S105 - meant to be seen


class SampleAccount(NamedTuple):
    """What somebody needs to sign in as a sample."""

    role: Role
    email: str
    code: str


def make_samples(session: Session, *, places: dict[ScopeKind, str], at: datetime, on: date) -> None:
    """Make one account for each role that can be given, unless they are there already.

    :param places: addresses of a committee and a member, for the roles that need one
    """
    if session.scalar(select(StaffAccount.id).where(StaffAccount.is_sample).limit(1)):
        return
    for role in Role:
        kind = SCOPES_NEEDED.get(role)
        if kind is None or kind in places:
            place = Place(kind, places[kind]) if kind else None
            _make_sample(session, Grant(role, place), at, on)


def sample_accounts(session: Session, *, at: datetime) -> tuple[SampleAccount, ...]:
    """Return the sample accounts with the codes of a moment, in the order of the roles."""
    query = select(StaffAccount).where(StaffAccount.is_sample).order_by(StaffAccount.id)
    rows = session.scalars(query.options(selectinload(StaffAccount.roles)).limit(50))
    return tuple(
        SampleAccount(row.roles[0].role, row.email, second_factor.code_at(row.totp_key or "", at))
        for row in rows
        if row.roles
    )


def _make_sample(session: Session, grant: Grant, at: datetime, on: date) -> None:
    account = services.create_account(
        session,
        email=f"{grant.role}@demo.example",
        name=f"체험 {grant.role}",
        language="ko",
        at=at,
        actor="command",
        is_sample=True,
    )
    account.password_hash = hash_password(PASSWORD)
    account.totp_key = second_factor.new_key()
    services.give_role(session, account=account, grant=grant, actor="command", on=on)
