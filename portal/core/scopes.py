"""The port for what a role may be narrowed to: features offer their rows, accounts let choose.

A role is kept with the address (slug) of a committee, member or unit; people choose and read names.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app


@dataclass(frozen=True)
class ScopeChoice:
    """Something that a role may be narrowed to.

    :ivar key: its address (slug)
    """

    key: str
    name: str
    name_en: str | None


#: Gives all choices of a kind in their order, in one query.
Offer = Callable[[], tuple[ScopeChoice, ...]]


def register_scope(app: Flask, kind: str, offer: Offer) -> None:
    """Let a feature offer what roles may be narrowed to."""
    app.extensions.setdefault("portal_scopes", {})[kind] = offer


def scopes_of(kind: str) -> tuple[ScopeChoice, ...]:
    """Return what a kind offers; nothing where no feature does."""
    offer: Offer | None = current_app.extensions.get("portal_scopes", {}).get(kind)
    return offer() if offer else ()
