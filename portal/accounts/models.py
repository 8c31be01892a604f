"""Tables of the staff: accounts, roles, sessions, links, recovery codes, passkeys, tries."""

import json
import secrets
from datetime import date, datetime
from typing import Any

from flask_security import UserMixin, WebAuthnMixin
from sqlalchemy import (
    BigInteger,
    Boolean,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from portal.accounts.rules import PERMISSIONS, Grant, Place, Role, ScopeKind
from portal.core.clock import today
from portal.core.crypto import EncryptedText, blind_index
from portal.core.models import UtcDateTime, word_column
from portal.extensions import Base

#: Why an attempt was made; each kind is limited by itself.
TRY_KIND_LENGTH = 12


def new_uniquifier() -> str:
    """Return a new word by which Flask-Security knows an account."""
    return secrets.token_hex(32)


class Base64Url(TypeDecorator[bytes]):
    """Bytes that stand in the database as text, in base64url."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Write bytes as text."""
        return None if value is None else bytes_to_base64url(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Return the bytes of a text."""
        return None if value is None else base64url_to_bytes(value)


class StaffAccount(Base, UserMixin):
    """Somebody who works for the council and may sign in.

    :ivar email: office address in lower case; what is typed to sign in
    :ivar password_hash: argon2id; None until the first one-time link is used
    :ivar totp_key: key of the second factor in base 32; None until it is set up
    :ivar totp_counter: counter of the last code that was used; no older code counts
    :ivar fs_uniquifier: what Flask-Security signs in links and cookies for the account; with a new
        one all of them end
    :ivar is_sample: an account of the demo, refused everywhere else
    """

    __tablename__ = "staff_accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    language: Mapped[str] = mapped_column(String(2))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_key: Mapped[str | None] = mapped_column(EncryptedText)
    totp_counter: Mapped[int | None] = mapped_column(Integer)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=new_uniquifier)
    is_sample: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    roles: Mapped[list["StaffRole"]] = relationship(order_by="StaffRole.id")
    webauthn: Mapped[list["StaffPasskey"]] = relationship(
        order_by="StaffPasskey.id", back_populates="account"
    )
    #: Flask-Security's name for the hash.
    password: Mapped[str | None] = synonym("password_hash")

    @property
    def active(self) -> bool:
        """Say whether the account is open; Flask-Security asks."""
        return not self.is_disabled

    @property
    def tf_primary_method(self) -> str | None:
        """Return how the second factor is shown, in Flask-Security's words; None: not set up."""
        return "authenticator" if self.has_second_factor else None

    @property
    def tf_totp_secret(self) -> str | None:
        """Return the key as Flask-Security reads it; it is encrypted in its column."""
        return json.dumps({"v": 1, "type": "totp", "key": self.totp_key}) if self.totp_key else None

    @property
    def fs_webauthn_user_handle(self) -> str:
        """Return by what a passkey names its owner; it says nothing about them."""
        return blind_index("staff.passkey", str(self.id))

    @property
    def key(self) -> str:
        """Return how the account is named in audit lines."""
        return f"staff:{self.id}"

    @property
    def is_disabled(self) -> bool:
        """Say whether the account was closed."""
        return self.disabled_at is not None

    @property
    def is_set_up(self) -> bool:
        """Say whether its owner has chosen a password and a second factor."""
        return self.password_hash is not None and self.has_second_factor

    @property
    def has_second_factor(self) -> bool:
        """Say whether a second factor is set up."""
        return self.totp_key is not None


class StaffRole(Base):
    """A role as somebody holds it, from a day until a day.

    :ivar until_on: last day; None: until it is taken
    """

    __tablename__ = "staff_roles"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    role: Mapped[Role] = mapped_column(word_column(Role, "role"))
    place_kind: Mapped[ScopeKind | None] = mapped_column(word_column(ScopeKind, "place_kind"))
    place_key: Mapped[str | None] = mapped_column(String(80))
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    @property
    def name(self) -> str:
        """Return the role's word; Flask-Security asks."""
        return self.role.value

    def get_permissions(self) -> set[str]:
        """Return what the role lets do today, somewhere; Flask-Security asks."""
        return {p.value for p in PERMISSIONS[self.role]} if self.is_held(today()) else set()

    @property
    def grant(self) -> Grant:
        """Return the role with its place."""
        if self.place_kind is None or self.place_key is None:
            return Grant(self.role)
        return Grant(self.role, Place(self.place_kind, self.place_key))

    def is_held(self, on: date) -> bool:
        """Say whether the role counts on a day."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


class StaffSession(Base):
    """A browser that is signed in, or has given the password and owes the second factor.

    :ivar token_hash: hash of the secret in the browser's cookie
    :ivar is_complete: whether the second factor was given
    :ivar address: where it is, coarsely: ``203.0.113.0/24``
    :ivar browser: name of the browser, such as ``Firefox``
    """

    __tablename__ = "staff_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    is_complete: Mapped[bool] = mapped_column(Boolean)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    address: Mapped[str] = mapped_column(String(50))
    browser: Mapped[str] = mapped_column(String(20))

    account: Mapped[StaffAccount] = relationship(lazy="raise")


class StaffLink(Base):
    """A one-time link by which somebody sets a password; it goes with its use."""

    __tablename__ = "staff_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_accounts.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[StaffAccount] = relationship(lazy="raise")


class RecoveryCode(Base):
    """A code for the day the second factor is lost; it goes with its use."""

    __tablename__ = "staff_recovery_codes"
    __table_args__ = (UniqueConstraint("account_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))


class StaffPasskey(Base, WebAuthnMixin):
    """A passkey: a key pair whose secret half stays with the authenticator.

    :ivar credential_id: its name in WebAuthn
    :ivar public_key: in COSE, as the authenticator gave it
    :ivar sign_count: how often the authenticator says it was used; 0 for those that don't count
    """

    __tablename__ = "staff_passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    # At most 1,023 bytes (WebAuthn Level 2, 4), which are 1,364 signs.
    credential_id: Mapped[bytes] = mapped_column(Base64Url(1364), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[StaffAccount] = relationship(back_populates="webauthn")
    #: Each passkey verifies its owner, so it stands alone, and in the place of a code.
    usage = "first"
    #: What Flask-Security asks of an authenticator and this site does not keep.
    transports, extensions = (), None

    @property
    def lastuse_datetime(self) -> datetime:
        """Return when it was used last, in Flask-Security's words: made is used, too."""
        return self.used_at or self.created_at

    @lastuse_datetime.setter
    def lastuse_datetime(self, at: datetime) -> None:
        self.used_at = at

    def get_user_mapping(self) -> dict[str, Any]:
        """Return by what its owner is found."""
        return {"id": self.account_id}


class UsedChallenge(Base):
    """A challenge that an authenticator has answered; it is kept as long as it could be shown."""

    __tablename__ = "staff_used_challenges"

    challenge_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class SignInTry(Base):
    """One try of a password or a code; keyed hashes say whose and from where.

    :ivar kind: ``password`` or ``code``
    """

    __tablename__ = "staff_tries"
    __table_args__ = (
        Index(None, "kind", "account_hash", "at"),
        Index(None, "kind", "address_hash", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(TRY_KIND_LENGTH))
    account_hash: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    succeeded: Mapped[bool] = mapped_column(Boolean)
