"""Links in letters: signed, revocable, without anything about a person.

A token names a row and the version of its links. It is signed with the portal's secret key, older
keys are still read. Whoever raises ``link_version`` revokes every link that was sent before.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

#: A token is shorter than this; longer ones are not even read.
LONGEST_TOKEN = 200


def version_of(instant: datetime) -> int:
    """Return a version for a row that is erased whole: its id may come again, its time does not."""
    return int(instant.timestamp())


class LinkKind(StrEnum):
    """What a link is for; a token of one kind is none of another."""

    OWN = "own"
    TICKET = "ticket"
    NOTICE = "notice"
    REVIEW = "review"


@dataclass(frozen=True)
class Named:
    """What a token names."""

    row_id: int
    version: int


def sign_link(kind: LinkKind, row_id: int, version: int) -> str:
    """Return the token of a link."""
    return str(_signer(kind).dumps([row_id, version]))


def read_link(kind: LinkKind, token: str) -> Named | None:
    """Return what a token names, None for one that the portal did not sign for this."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        row_id, version = _signer(kind).loads(token)
    except (BadData, ValueError, TypeError):
        return None
    return Named(int(row_id), int(version))


def _signer(kind: LinkKind) -> URLSafeSerializer:
    """Return what signs; the last key of the list signs, each is read."""
    config = current_app.config
    keys = [*reversed(config.get("SECRET_KEY_FALLBACKS") or ()), config["SECRET_KEY"]]
    return URLSafeSerializer(keys, salt=f"hearings.{kind}")
