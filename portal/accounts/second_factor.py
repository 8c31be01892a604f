"""The second factor: codes of an authenticator app (RFC 6238), and recovery codes for its loss."""

import secrets
from datetime import datetime

import segno
from passlib.exc import TokenError
from passlib.totp import TOTP

#: So many recovery codes somebody gets at a time.
RECOVERY_CODES = 10
# Letters that are not taken for each other: no i, l, o, 0, 1.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LETTERS = 3, 4
# A code counts for its half minute and the one before and after: clocks of phones differ.
_WINDOW_SECONDS = 30
_QUIET_MODULES = 4


def new_key() -> str:
    """Return a new key for an authenticator app, in base 32."""
    key: str = TOTP.new().base32_key
    return key


def counter_of(code: str, key: str, at: datetime, last_counter: int | None) -> int | None:
    """Return the counter of a right code, or None when it is wrong or was used.

    :param last_counter: counter of the last code that was used; it and older ones don't count
    """
    try:
        match = TOTP(key).match(code, at, window=_WINDOW_SECONDS, last_counter=last_counter)
    except (TokenError, ValueError, TypeError):
        return None
    counter: int = match.counter
    # The library takes the last code once more within its window; here a code works once.
    return None if last_counter is not None and counter <= last_counter else counter


def code_at(key: str, at: datetime) -> str:
    """Return the code an authenticator app shows at a time."""
    code: str = TOTP(key).generate(at).token
    return code


def address_of(key: str, email: str, issuer: str) -> str:
    """Return the address that an authenticator app takes from a QR code."""
    address: str = TOTP(key).to_uri(label=email, issuer=issuer.replace(":", " "))
    return address


def qr_path(text: str) -> tuple[str, int]:
    """Return a QR code as the path of a drawing, and the width of the drawing in modules."""
    matrix = tuple(segno.make_qr(text).matrix_iter(border=_QUIET_MODULES))
    dark = (
        f"M{x} {y}h1v1h-1z"
        for y, line in enumerate(matrix)
        for x, is_dark in enumerate(line)
        if is_dark
    )
    return "".join(dark), len(matrix)


def new_recovery_codes() -> tuple[str, ...]:
    """Return new recovery codes of 59 bits each, such as ``k7mp-x2dq-93hw``."""
    return tuple("-".join(_group() for _part in range(_GROUPS)) for _code in range(RECOVERY_CODES))


def plain_recovery_code(typed: str) -> str:
    """Return a typed recovery code in its one form: small letters without dashes and spaces."""
    return "".join(letter for letter in typed.lower() if letter in _LETTERS)


def _group() -> str:
    return "".join(secrets.choice(_LETTERS) for _letter in range(_GROUP_LETTERS))
