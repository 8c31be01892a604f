"""The portal's secret key: made once, kept in the instance folder, proven against the database.

A database whose key is missing or another one can't be read rightly, so nothing starts then.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from sqlalchemy.orm import Session

from portal.core.state import KEY_PROOF, change_state, find_state

FILE_NAME = "secret.key"


class WrongKey(Exception):
    """The key is missing or wrong; the message names the file and the remedy."""


def read_keys(instance: Path) -> tuple[str, ...]:
    """Return the secret keys of an instance, one a line of its file, the newest first."""
    path = instance / FILE_NAME
    return tuple(path.read_text(encoding="ascii").split()) if path.exists() else ()


def read_key(instance: Path) -> str | None:
    """Return the secret key of an instance, or None when there is none yet."""
    return next(iter(read_keys(instance)), None)


def make_key(instance: Path) -> str:
    """Make a new secret key, readable by its owner only, and return it."""
    key = secrets.token_urlsafe(48)
    instance.mkdir(parents=True, exist_ok=True)
    handle = os.open(instance / FILE_NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key + "\n")
    return key


def add_key(instance: Path) -> str:
    """Put a new key before the ones of an instance, whole or not at all, and return it."""
    key, path = secrets.token_urlsafe(48), instance / FILE_NAME
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("\n".join((key, *read_keys(instance))) + "\n")
        file.flush()
        os.fsync(handle)
    unfinished.replace(path)
    return key


def prove_key(session: Session, key: str | None, instance: Path) -> None:
    """Check that the database was made with this key; remember the key in a new database.

    The proof of an older key of the file becomes that of the newest one.

    :raise WrongKey: the key is missing or another one
    """
    known = find_state(session, KEY_PROOF)
    path = instance / FILE_NAME
    if known is None and key is not None:
        change_state(session, KEY_PROOF, _proof(key))
    elif key is None:
        raise WrongKey(f"{path} is missing, but the database has data: put the key file back")
    elif not any(is_proven(str(known), one) for one in (key, *read_keys(instance))):
        raise WrongKey(f"{path} is not the key of this database: put the right key file back")
    elif not is_proven(str(known), key):
        change_state(session, KEY_PROOF, _proof(key))


def is_proven(known: str, key: str) -> bool:
    """Say whether what the database remembers is the proof of a key."""
    return hmac.compare_digest(known, _proof(key))


def is_new_database(session: Session) -> bool:
    """Say whether no key was ever used with this database."""
    return find_state(session, KEY_PROOF) is None


def _proof(key: str) -> str:
    """Return a digest that tells the key again and gives nothing of it away."""
    return hmac.new(key.encode(), b"portal database", hashlib.sha256).hexdigest()
