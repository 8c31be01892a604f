"""The port for permissions: an endpoint names one, the accounts feature decides.

Refused by default: without a decider nobody may do anything.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app

View = TypeVar("View", bound=Callable[..., Any])
#: Says whether the person of the current request holds a permission.
Decider = Callable[[str], bool]


def register_decider(app: Flask, decider: Decider) -> None:
    """Say who decides about permissions from now on."""
    app.extensions["portal_permissions"] = decider


def needs(permission: str) -> Callable[[View], View]:
    """Name the permission a view needs; the guard of the request reads it."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def is_allowed(permission: str) -> bool:
    """Say whether the person of the current request holds a permission."""
    decider: Decider | None = current_app.extensions.get("portal_permissions")
    return decider is not None and decider(permission)
