"""Passwords: what is accepted, and how they are kept (argon2id).

The rule is that of NIST SP 800-63B, 5.1.1.2: length and a list of common ones, nothing about
which signs are in it. Korean syllables come composed or decomposed from different keyboards, so
every password is brought to one form first.
"""

import functools
import os
import unicodedata
from pathlib import Path

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

LEAST_LETTERS = 12
MOST_LETTERS = 200
_COMMON = Path(__file__).with_name("common_passwords.txt")
# OWASP, Password Storage Cheat Sheet: argon2id with 19 MiB, two rounds and one lane.
_MEMORY_KIB, _ROUNDS, _LANES = 19_456, 2, 1
_SALT_BYTES, _HASH_BYTES = 16, 32


def normalise(password: str) -> str:
    """Return a password in the one form that is hashed."""
    return unicodedata.normalize("NFKC", password)


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
    return _hasher().derive_phc_encoded(normalise(password).encode())


def is_password(password: str, password_hash: str | None) -> bool:
    """Say whether a password is the one whose hash is kept.

    Without a hash the answer is no, after the same time: nobody learns which accounts exist.
    """
    given = normalise(password).encode()
    try:
        Argon2id.verify_phc_encoded(given, password_hash or _nobodys_hash())
    except InvalidKey:
        return False
    return password_hash is not None


def _hasher() -> Argon2id:
    return Argon2id(
        salt=os.urandom(_SALT_BYTES),
        length=_HASH_BYTES,
        iterations=_ROUNDS,
        lanes=_LANES,
        memory_cost=_MEMORY_KIB,
    )


def _plain(password: str) -> str:
    """Return a password without case and without what is only hung on to lengthen it."""
    return normalise(password).casefold().strip(" !.?*#@~_-")


@functools.cache
def _common_passwords() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(_plain(line) for line in lines if line and not line.startswith("//"))


@functools.cache
def _nobodys_hash() -> str:
    return hash_password(os.urandom(_SALT_BYTES).hex())
