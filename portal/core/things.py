"""What the trail's things are called: features name their kinds, rows and values.

A line of the trail names things by kind and id, and values by codes. Whoever reads it sees the
codes and, beside them, the names that are registered here.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

#: The kind of those who act; their keys are ``staff:`` and the id.
ACCOUNT = "staff_account"
#: Who acts and is no account.
_MACHINES = {
    "command": _l("Command line"),
    "import": _l("Import"),
    "worker": _l("Scheduled work"),
    "reader": _l("Reader"),
}


@dataclass(frozen=True)
class ThingName:
    """What a row is called.

    :ivar url: where it can be seen by whoever reads the page; None: they may not, or nowhere
    """

    title: Markup | str
    url: str | None = None


#: Gives the names of rows by their ids, in one query; those that are gone are left out.
Finder = Callable[[Collection[str]], Mapping[str, ThingName]]
#: Says a value in words.
Sayer = Callable[[str], Markup | str]


@dataclass(frozen=True)
class Kind:
    """A kind of thing: what it is called, and how its rows are named."""

    label: LazyString | str
    find: Finder | None = None


Provider = Callable[[], Mapping[str, Kind]]
_labels: dict[str, LazyString] = {}
_sayers: dict[str, Sayer] = {}
_words: dict[str, dict[str, LazyString]] = {}


def register_kinds(app: Flask, provider: Provider) -> None:
    """Let a feature name its kinds of things."""
    app.extensions.setdefault("portal_things", []).append(provider)


def register_field(name: str, label: LazyString, say: Sayer | None = None) -> None:
    """Say what a value of the trail's lines is called, and how it is said."""
    _labels[name] = label
    if say is not None:
        _sayers[name] = say


def register_values(name: str, words: Mapping[Any, LazyString]) -> None:
    """Say what some values of a name are called, beside those that others named."""
    _words.setdefault(name, {}).update(words)


def kinds() -> dict[str, Kind]:
    """Return every kind that features named."""
    providers: list[Provider] = current_app.extensions.get("portal_things", [])
    return {kind: named for provider in providers for kind, named in provider().items()}


def names_of_things(wanted: Mapping[str, Collection[str]]) -> dict[tuple[str, str], ThingName]:
    """Return the names of rows by kind and id; a query for each kind."""
    known = kinds()
    return {
        (kind, row_id): name
        for kind, ids in wanted.items()
        if kind in known and (find := known[kind].find) is not None
        for row_id, name in find(ids).items()
    }


def id_of_actor(actor: str) -> str | None:
    """Return the id of an account's key; None for who is no account."""
    return actor.partition(":")[2] if actor.startswith("staff:") else None


def machine_words(actor: str) -> str:
    """Return what somebody who is no account is called; empty for one that nobody named."""
    return str(_MACHINES.get(actor, ""))


def field_words(name: str) -> str:
    """Return what a value is called; its own name where nobody named it."""
    return str(_labels.get(name, name))


def value_words(name: str, value: str) -> Markup | str:
    """Return a value in words; itself where nobody says it otherwise."""
    if name in _sayers:
        return _sayers[name](value)
    return str(_words.get(name, {}).get(value, value))
