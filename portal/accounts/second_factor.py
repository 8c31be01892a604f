"""The second factor as authenticator apps know it (RFC 6238), and recovery codes for its loss."""

from datetime import datetime

from passlib.totp import TOTP

#: So many recovery codes somebody gets at a time.
RECOVERY_CODES = 10
#: Letters of recovery codes that are not taken for each other: no i, l, o, 0, 1.
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
#: A code counts for its half minute and the one before and after: clocks of phones differ.
WINDOW_SECONDS = 30


def new_key() -> str:
    """Return a new key for an authenticator app, in base 32."""
    key: str = TOTP.new().base32_key
    return key


def code_at(key: str, at: datetime) -> str:
    """Return the code an authenticator app shows at a time."""
    code: str = TOTP(key).generate(at).token
    return code


def plain_recovery_code(typed: str) -> str:
    """Return a typed recovery code in its one form: small letters without dashes and spaces."""
    return "".join(letter for letter in typed.lower() if letter in RECOVERY_LETTERS)
