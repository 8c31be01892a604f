"""Encryption of what is stored about people, and hashes by which it is found again.

Fields are encrypted with keys that are derived from the portal's secret key, one for each purpose.
A copy of the database alone tells nothing.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app
from sqlalchemy import Dialect, Text, TypeDecorator

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

    :raise InvalidToken: no key of the ring made it
    """
    return _ring().decrypt(token.encode()).decode()


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


def init_app(app: Flask) -> None:
    """Derive the application's keys from its secret key and older ones (``SECRET_KEY_FALLBACKS``).

    The index key comes from the oldest, so that hashes stay when a new key is added.
    """
    secrets = [app.config["SECRET_KEY"], *(app.config.get("SECRET_KEY_FALLBACKS") or ())]
    rings = [base64.urlsafe_b64encode(derive_key(secret, "fields")) for secret in secrets]
    app.extensions["portal_ring"] = MultiFernet([Fernet(ring) for ring in rings])
    app.extensions["portal_index_key"] = derive_key(secrets[-1], "index")


def _ring() -> MultiFernet:
    ring: MultiFernet = current_app.extensions["portal_ring"]
    return ring


__all__ = ["EncryptedText", "InvalidToken", "blind_index", "decrypt", "derive_key", "encrypt"]
