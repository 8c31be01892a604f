"""Roles with their places by name: to read, and to choose from in a form."""

from flask import g
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice

from portal.accounts.rules import Grant, Place, Role, ScopeKind
from portal.accounts.words import PLACE_WORDS, ROLE_WORDS, WHOLE_COUNCIL
from portal.core.filters import in_language, plain_text
from portal.core.scopes import ScopeChoice, scopes_of


def write_grant(grant: Grant) -> Markup | str:
    """Return a role with its place: ``Committee office (Transport Committee)``."""
    role = str(ROLE_WORDS[grant.role])
    if grant.place is None:
        return role
    return Markup("{} ({})").format(role, name_of_place(grant.place))


def say_role(written: str) -> Markup | str:
    """Return a role in words as the trail keeps it: ``committee_office committee:transport``."""
    role, _space, place = written.partition(" ")
    try:
        return write_grant(Grant(Role(role), read_place(place)))
    except ValueError:
        return written


def name_of_place(place: Place) -> Markup | str:
    """Return what a place is called; its address where nobody offers it any more."""
    names = {choice.key: choice for choice in _offered(place.kind)}
    known = names.get(place.key)
    return in_language(known.name, known.name_en) if known else place.key


def place_choices() -> list[SelectChoice]:
    """Return the whole council, then every place, each kind in a group of its own."""
    places = [_choice(kind, offered) for kind in ScopeKind for offered in _offered(kind)]
    return [SelectChoice("", WHOLE_COUNCIL), *places]


def _choice(kind: ScopeKind, offered: ScopeChoice) -> SelectChoice:
    name = in_language(offered.name, offered.name_en)
    lang = {"lang": "ko"} if isinstance(name, Markup) else {}
    group = str(PLACE_WORDS[kind])
    return SelectChoice(f"{kind}:{offered.key}", plain_text(name), lang, group)


def read_place(chosen: str | None) -> Place | None:
    """Return the place that was chosen; None: the whole council."""
    kind, _colon, key = (chosen or "").partition(":")
    return Place(ScopeKind(kind), key) if key else None


def _offered(kind: ScopeKind) -> tuple[ScopeChoice, ...]:
    """Return what a kind offers; a request asks once for each."""
    known: dict[ScopeKind, tuple[ScopeChoice, ...]] = g.setdefault("staff_places", {})
    if kind not in known:
        known[kind] = scopes_of(kind)
    return known[kind]
