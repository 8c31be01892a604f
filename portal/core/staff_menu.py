"""The menu of the staff's pages, which features fill; each person sees what they may open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flask import Flask, current_app
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.core.addresses import url_for
from portal.core.permissions import is_allowed


class MenuGroup(StrEnum):
    """The parts of the menu, in their order."""

    MINE = "mine"
    CONTENT = "content"
    COUNTERS = "counters"
    RUNNING = "running"


GROUP_WORDS: dict[MenuGroup, LazyString] = {
    MenuGroup.MINE: _l("My desk"),
    MenuGroup.CONTENT: _l("What is published"),
    MenuGroup.COUNTERS: _l("Counters"),
    MenuGroup.RUNNING: _l("Running the site"),
}


@dataclass(frozen=True)
class MenuEntry:
    """A page that the menu leads to.

    :ivar permission: who holds it sees the entry
    :ivar values: what the endpoint's address needs
    :ivar count: gives how many things wait there; None: nothing waits
    """

    group: MenuGroup
    label: LazyString
    endpoint: str
    permission: str
    values: Mapping[str, str] = field(default_factory=dict)
    count: Callable[[], int] | None = None


@dataclass(frozen=True)
class MenuLink:
    """An entry as one person sees it."""

    label: str
    url: str
    count: int | None


@dataclass(frozen=True)
class MenuPart:
    """A group of the menu as one person sees it."""

    label: str
    links: tuple[MenuLink, ...]


def register_entry(app: Flask, entry: MenuEntry) -> None:
    """Add a page to the menu."""
    app.extensions.setdefault("portal_staff_menu", []).append(entry)


def staff_menu() -> tuple[MenuPart, ...]:
    """Return the menu of the current person; groups without a link are left out."""
    entries: list[MenuEntry] = current_app.extensions.get("portal_staff_menu", [])
    seen = [entry for entry in entries if is_allowed(entry.permission)]
    parts = (
        MenuPart(str(GROUP_WORDS[group]), tuple(_link(e) for e in seen if e.group is group))
        for group in MenuGroup
    )
    return tuple(part for part in parts if part.links)


def _link(entry: MenuEntry) -> MenuLink:
    count = entry.count() if entry.count else None
    return MenuLink(str(entry.label), url_for(entry.endpoint, **entry.values), count)
