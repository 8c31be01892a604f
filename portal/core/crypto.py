"""Encryption of what is stored about people, and hashes by which it is found again.

Fields are encrypted with keys that are derived from the portal's secret key, one for each purpose.
A copy of the database alone tells nothing.
"""

import base64
import functools
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app
from sqlalchemy import Dialect, Text, TypeDecorator

from portal.core.keys import read_keys

_KEY_BYTES = 32


class EncryptedText(TypeDecorator[str]):
    """A text that is encrypted in the database; it can't be searched, see ``blind_index``.

    :raise InvalidToken: the text was encrypted with a key that is not there
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt a text for the database."""
        return None if value is None else encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Decrypt what the database kept."""
        return None if value is None else decrypt(value)


def encrypt(text: str) -> str:
    """Return a text encrypted with the newest key."""
    return _ring().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Return the text of a token made by any key of the ring.

    A key that was put first while this process runs is learned when its first token is met.

    :raise InvalidToken: no key of the ring made it
    """
    try:
        return _ring().decrypt(token.encode()).decode()
    except InvalidToken:
        if not learn_keys():
            raise
    return _ring().decrypt(token.encode()).decode()


def is_by_newest(token: str) -> bool:
    """Say whether the newest key of the ring made a token."""
    try:
        _fernet(ring_secrets()[0]).decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def blind_index(purpose: str, value: str) -> str:
    """Return a keyed hash by which an encrypted value is found again, 64 hexadecimal digits.

    :param purpose: what the hash is for, such as ``letter.recipient``; the same value has another
        hash for another purpose
    :param value: already normalised, since the smallest difference gives another hash
    """
    key: bytes = current_app.extensions["portal_index_key"]
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def derive_key(secret: str, purpose: str) -> bytes:
    """Return the key for one purpose, 32 bytes; none gives another or the secret away."""
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=purpose.encode()).derive(secret.encode())


def ring_secrets() -> tuple[str, ...]:
    """Return the secrets of the key ring, the newest first."""
    secrets: tuple[str, ...] = current_app.extensions["portal_secrets"]
    return secrets


def learn_keys() -> bool:
    """Take keys over that were put into the key file since the start; say whether there were any.

    Only a file that still holds the key in use is believed.
    """
    known, found = ring_secrets(), read_keys(current_app.config["INSTANCE_DIR"])
    if set(found) <= set(known) or known[0] not in found:
        return False
    current_app.extensions["portal_secrets"] = found
    return True


def init_app(app: Flask) -> None:
    """Keep the application's key ring: its secret key and older ones (``SECRET_KEY_FALLBACKS``).

    The index key comes from the oldest, so that hashes stay when a new key is added.
    """
    secrets = (app.config["SECRET_KEY"], *(app.config.get("SECRET_KEY_FALLBACKS") or ()))
    app.extensions["portal_secrets"] = secrets
    app.extensions["portal_index_key"] = derive_key(secrets[-1], "index")


def _ring() -> MultiFernet:
    return MultiFernet([_fernet(secret) for secret in ring_secrets()])


@functools.lru_cache(maxsize=8)
def _fernet(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derive_key(secret, "fields")))


__all__ = ["EncryptedText", "InvalidToken", "blind_index", "decrypt", "derive_key", "encrypt"]
