"""The port for audit lines: lower features record, the accounts feature keeps.

Until accounts registers its keeper, a line goes to the application log, so nothing is lost.
"""

from collections.abc import Callable, Mapping

import structlog
from flask import Flask, current_app

#: Takes the actor's key, the deed, the kind and id of what it was done to, and what changed.
Keeper = Callable[[str, str, str, int, Mapping[str, str]], None]


def register_keeper(app: Flask, keeper: Keeper) -> None:
    """Say who keeps audit lines from now on."""
    app.extensions["portal_audit"] = keeper


def record(actor: str, deed: str, kind: str, row_id: int, changed: Mapping[str, str]) -> None:
    """Record that somebody did something to a row, in the caller's transaction."""
    keeper: Keeper | None = current_app.extensions.get("portal_audit")
    if keeper is None:
        structlog.get_logger("audit").info(deed, actor=actor, kind=kind, id=row_id, **changed)
    else:
        keeper(actor, deed, kind, row_id, changed)
