"""Flask-Security's datastore on the tables of the staff."""

from typing import Any

from flask import g
from flask_security import SQLAlchemyUserDatastore
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.accounts import passkeys, services
from portal.accounts.guard import is_welcome
from portal.accounts.models import StaffAccount, StaffPasskey, StaffRole
from portal.accounts.queries import plain_email
from portal.core.clock import real_now
from portal.extensions import db


class StaffStore(SQLAlchemyUserDatastore):
    """Finds accounts that are welcome, and writes by the services, which leave lines."""

    def __init__(self) -> None:
        """Take the tables."""
        super().__init__(db, StaffAccount, StaffRole, StaffPasskey)

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> StaffAccount | None:
        """Return an open account by one of its columns, or None."""
        ((column, value),) = kwargs.items()
        wanted = plain_email(value) if column == "email" else value
        query = select(StaffAccount).where(getattr(StaffAccount, column) == wanted)
        account = db.session.scalar(query.options(selectinload(StaffAccount.roles)))
        return account if account is not None and is_welcome(account) else None

    def set_uniquifier(self, user: StaffAccount, uniquifier: str | None = None) -> None:
        """Let everything end that was signed for an account, and its sessions."""
        services.end_what_was_signed(db.session(), account=user)

    def tf_set(
        self,
        user: StaffAccount,
        primary_method: str,
        totp_secret: str | None = None,
        phone: str | None = None,
    ) -> None:
        """Keep the first key of an app; its recovery codes wait in ``g`` for the page.

        :raise Conflict: the account has a second factor meanwhile
        """
        if totp_secret and totp_secret != user.tf_totp_secret:
            key = services.totp_factory().get_totp_b32_key(totp_secret)
            g.recovery_codes = services.set_second_factor(
                db.session(), account=user, key=key, at=real_now()
            )

    def mf_get_recovery_codes(self, user: StaffAccount) -> list[str]:
        """Return nothing: of recovery codes only hashes are kept."""
        return []

    def create_webauthn(
        self,
        user: StaffAccount,
        credential_id: bytes,
        public_key: bytes,
        name: str,
        sign_count: int,
        **kwargs: Any,
    ) -> None:
        """Add a passkey that its owner has just made."""
        passkey = StaffPasskey(
            account_id=user.id,
            credential_id=credential_id,
            public_key=public_key,
            sign_count=sign_count,
            name=name,
            created_at=real_now(),
        )
        passkeys.add_passkey(db.session(), account=user, passkey=passkey, at=real_now())
