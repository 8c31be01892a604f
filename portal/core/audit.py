"""The port for audit lines: every feature records, the audit feature keeps.

A line names people by key and things by kind and id. It never holds a personal text: what a person
wrote stays in its own table, where it can be erased; a line can't. Without a keeper the bare deed
goes to the application log.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from flask import Flask, current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core.clock import real_now
from portal.core.errors import Invalid

#: The longest word of a line: actor, deed, kind, id, and the names of what changed.
LONGEST_WORD = 80
#: The longest value before or after; a longer one is somebody's text and does not belong here.
LONGEST_VALUE = 200
MOST_VALUES = 30
LONGEST_REASON = 500
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Deed:
    """What somebody did.

    :ivar at: the real time, aware
    :ivar actor: key of who did it: ``staff:12``, ``command``, ``import``, ``worker``
    :ivar deed: a word such as ``account.disabled``
    :ivar kind: what it was done to, as its table is named
    :ivar row_id: which one
    :ivar before: what changed, as it was
    :ivar after: what changed, as it is now
    :ivar reason: why, where the deed asks for it
    :ivar origin: from where, when the network of the request shall not be kept; None: the network
    """

    at: datetime
    actor: str
    deed: str
    kind: str
    row_id: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    reason: str | None
    origin: str | None = None


#: Keeps a deed in the session's transaction.
Keeper = Callable[[Session, Deed], None]


def register_keeper(app: Flask, keeper: Keeper) -> None:
    """Say who keeps audit lines from now on."""
    app.extensions["portal_audit"] = keeper


def record(
    session: Session,
    *,
    actor: str,
    deed: str,
    kind: str,
    row_id: int | str,
    before: Mapping[str, str] = NOTHING,
    after: Mapping[str, str] = NOTHING,
    reason: str | None = None,
    origin: str | None = None,
) -> None:
    """Record that somebody did something to a row, in the session's transaction.

    A transaction that only reads, yet must be recorded, starts with ``begin_write``.

    :param before: short values by name, as they were; no text a person wrote
    :param after: the same, as they are now
    :param origin: a word for where a reader's deed came from, since lines are kept for good; None:
        the network of the request, as for the staff
    :raise ValueError: a word or value is longer than a line takes
    :raise Invalid: the reason is too long
    """
    for values in (before, after):
        _check_values(values)
    if any(len(word) > LONGEST_WORD for word in (actor, deed, kind, str(row_id))):
        raise ValueError(f"a word of the audit line {deed[:LONGEST_WORD]!r} is too long")
    if reason is not None and len(reason) > LONGEST_REASON:
        raise Invalid(_("Write the reason in at most %(most)s letters.", most=LONGEST_REASON))
    line = Deed(
        real_now(), actor, deed, kind, str(row_id), dict(before), dict(after), reason, origin
    )
    keeper: Keeper | None = current_app.extensions.get("portal_audit")
    if keeper is None:
        structlog.get_logger("audit").info(deed, actor=actor, kind=kind, id=str(row_id))
    else:
        keeper(session, line)


def _check_values(values: Mapping[str, str]) -> None:
    """Refuse what is no small mapping of short texts; the message repeats no value."""
    if len(values) > MOST_VALUES:
        raise ValueError("an audit line takes few values: name what changed, not the whole row")
    for name, value in values.items():
        if not isinstance(value, str):
            raise ValueError(f"the audit value {name[:LONGEST_WORD]!r} is no text")
        if len(name) > LONGEST_WORD or len(value) > LONGEST_VALUE:
            raise ValueError(f"the audit value {name[:LONGEST_WORD]!r} is too long for a line")
