"""Encryption of whole files with age, whose programs can open them without the portal.

The identities (X25519) are derived from the portal's secret keys, so that one key file is kept and
no second one can be lost.
"""

import functools

import pyrage

from portal.core.crypto import derive_key, learn_keys, ring_secrets

_PREFIX = "age-secret-key-"
#: The signs of Bech32 and the numbers of its checksum (BIP 173).
_SIGNS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_SIGNS = 6
_SIGN_BITS = 5


class Unreadable(Exception):
    """No key of the ring opens a sealed file, or it was damaged."""


def seal(content: bytes) -> bytes:
    """Return a file encrypted with the newest key."""
    sealed: bytes = pyrage.encrypt(content, [_identities()[0].to_public()])
    return sealed


def unseal(sealed: bytes) -> bytes:
    """Return the content of a file that any key of the ring sealed.

    :raise Unreadable: none did, or a byte of it was changed
    """
    try:
        return _opened(sealed)
    except Unreadable:
        if not learn_keys():
            raise
    return _opened(sealed)


def is_sealed_by_newest(sealed: bytes) -> bool:
    """Say whether the newest key of the ring sealed a file."""
    try:
        pyrage.decrypt(sealed, _identities()[:1])
    except pyrage.DecryptError:
        return False
    return True


def _opened(sealed: bytes) -> bytes:
    try:
        content: bytes = pyrage.decrypt(sealed, _identities())
    except pyrage.DecryptError:
        raise Unreadable from None
    return content


def identity_of(secret: str) -> str:
    """Return the age identity of a secret key, as age's own program reads it."""
    return _bech32(_PREFIX, derive_key(secret, "sealed files")).upper()


def _identities() -> list[pyrage.x25519.Identity]:
    return [_identity(secret) for secret in ring_secrets()]


@functools.lru_cache(maxsize=8)
def _identity(secret: str) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(identity_of(secret))


def _bech32(prefix: str, content: bytes) -> str:
    """Return bytes as Bech32 writes them (BIP 173), the form of age's keys."""
    values = _in_fives(content)
    spread = [ord(sign) >> _SIGN_BITS for sign in prefix] + [0]
    spread += [ord(sign) & 31 for sign in prefix]
    check = _checksum(spread + values + [0] * _CHECKSUM_SIGNS) ^ 1
    places = range(_CHECKSUM_SIGNS - 1, -1, -1)
    values += [check >> _SIGN_BITS * place & 31 for place in places]
    return f"{prefix}1" + "".join(_SIGNS[value] for value in values)


def _in_fives(content: bytes) -> list[int]:
    """Return bytes as numbers of five bits, the last one filled up with zeros."""
    count = -(-len(content) * 8 // _SIGN_BITS)
    number = int.from_bytes(content, "big") << (count * _SIGN_BITS - len(content) * 8)
    return [number >> _SIGN_BITS * place & 31 for place in range(count - 1, -1, -1)]


def _checksum(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << _SIGN_BITS ^ value
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if top >> place & 1 else 0
    return check
