"""Passwords: what is accepted. How they are kept (argon2id), Flask-Security knows.

The rule is that of NIST SP 800-63B, 5.1.1.2: length and a list of common ones, nothing about
which signs are in it. Korean syllables come composed or decomposed from different keyboards, so
every password is brought to one form first.
"""

import functools
import unicodedata
from pathlib import Path
from typing import Final

import flask_security
from flask_babel import gettext as _

LEAST_LETTERS = 12
MOST_LETTERS = 200
#: The one form, as ``SECURITY_PASSWORD_NORMALIZE_FORM`` names it too.
FORM: Final = "NFKC"
_COMMON = Path(__file__).with_name("common_passwords.txt")


def normalise(password: str) -> str:
    """Return a password in the one form that is hashed."""
    return unicodedata.normalize(FORM, password)


def fault_of(password: str, *own_words: str) -> str | None:
    """Return in a sentence why a new password is not taken, or None.

    :param own_words: what everybody knows about the person, such as the name and the address
    """
    if is_too_short(password):
        return str(_("Please choose a password of 12 letters or more."))
    if is_common(password, *own_words):
        return str(_("This password is tried first by others. Choose another one."))
    return None


def is_too_short(password: str) -> bool:
    """Say whether a password has too few letters."""
    return len(normalise(password)) < LEAST_LETTERS


def is_common(password: str, *own_words: str) -> bool:
    """Say whether a password is one that is tried first.

    :param own_words: what everybody knows about the person, such as the name and the address
    """
    plain = _plain(password)
    known = {_plain(word) for word in own_words if word}
    return plain in _common_passwords() or plain in known or len(set(plain)) < 4


def hash_password(password: str) -> str:
    """Return what is kept of a password, in the PHC form ``$argon2id$...``."""
    return str(flask_security.hash_password(normalise(password)))


def is_password(password: str, password_hash: str) -> bool:
    """Say whether a password is the one whose hash is kept."""
    return bool(flask_security.verify_password(normalise(password), password_hash))


def _plain(password: str) -> str:
    """Return a password without case and without what is only hung on to lengthen it."""
    return normalise(password).casefold().strip(" !.?*#@~_-")


@functools.cache
def _common_passwords() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(_plain(line) for line in lines if line and not line.startswith("//"))
