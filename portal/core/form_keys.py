"""Keys of forms: made with a form, so that a form sent twice is taken in once.

Who has the key of a form may see what became of it, so a key is as long as a password.
"""

import re
import secrets

_BYTES = 16
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


def new_key() -> str:
    """Return the key of a form that is made now: 128 bits in 22 signs."""
    return secrets.token_urlsafe(_BYTES)


def is_key(text: str) -> bool:
    """Say whether a text has the shape of a form's key."""
    return _KEY.fullmatch(text) is not None
