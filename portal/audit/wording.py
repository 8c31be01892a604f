"""The trail in words: who acted, on what, and what was so before and after."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from portal.audit.pages import LineRow, Wanted
from portal.audit.queries import actors_of_trail
from portal.core import things
from portal.core.deeds import deed_words, known_deeds
from portal.core.things import ACCOUNT, ThingName

#: Values that name an account.
_ACCOUNTS = ("account", "deputy")
Choices = list[tuple[str, Markup | str]]


@dataclass(frozen=True)
class SaidLine:
    """A line as the auditor reads it.

    :ivar who: name of the account, or what a machine is called; empty: nobody is known
    :ivar changes: a short line for each value
    """

    line: LineRow
    who: Markup | str
    deed: str
    kind: str
    thing: ThingName | None
    changes: tuple[Markup, ...]


def say_lines(rows: Iterable[LineRow]) -> tuple[SaidLine, ...]:
    """Return lines with the names of what they name; a query for each kind of thing."""
    lines = tuple(rows)
    names = things.names_of_things(_named_things(lines))
    labels = {kind: str(known.label) for kind, known in things.kinds().items()}
    return tuple(
        SaidLine(
            line=line,
            who=_who(line.actor, names),
            deed=deed_words(line.deed),
            kind=labels.get(line.kind, line.kind),
            thing=names.get((line.kind, line.row_id)),
            changes=tuple(_changes(line, names)),
        )
        for line in lines
    )


def filter_choices(session: Session, wanted: Wanted) -> dict[str, Choices]:
    """Return what each filter offers: people, deeds and kinds; also the one that is chosen."""
    actors = actors_of_trail(session)
    ids = {id_ for actor in actors if (id_ := things.id_of_actor(actor))}
    names = things.names_of_things({ACCOUNT: ids})
    people = {actor: _with_code(_who(actor, names), actor) for actor in actors}
    deeds = {deed: deed_words(deed) for deed in known_deeds()}
    kinds = {kind: str(known.label) for kind, known in things.kinds().items()}
    return {
        "actor": _choices(people, wanted.actor),
        "deed": _choices(deeds, wanted.deed),
        "kind": _choices(kinds, wanted.kind),
    }


def _choices(known: dict[str, str] | dict[str, Markup], chosen: str) -> Choices:
    listed: Choices = sorted(known.items(), key=lambda pair: pair[1])
    return [*listed, (chosen, chosen)] if chosen and chosen not in known else listed


def _named_things(lines: tuple[LineRow, ...]) -> dict[str, set[str]]:
    """Return the ids of all things that lines name, by kind."""
    wanted: dict[str, set[str]] = {ACCOUNT: set()}
    for line in lines:
        wanted.setdefault(line.kind, set()).add(line.row_id)
        values = {**json.loads(line.before), **json.loads(line.after)}
        actors = (line.actor, *(values.get(name, "") for name in _ACCOUNTS))
        wanted[ACCOUNT] |= {id_ for actor in actors if (id_ := things.id_of_actor(actor))}
    return wanted


def _who(actor: str, names: dict[tuple[str, str], ThingName]) -> Markup | str:
    name = names.get((ACCOUNT, things.id_of_actor(actor) or ""))
    return name.title if name else things.machine_words(actor)


def _with_code(words: Markup | str, code: str) -> Markup:
    return Markup("{} ({})").format(words, code) if words else escape(code)


def _changes(line: LineRow, names: dict[tuple[str, str], ThingName]) -> Iterable[Markup]:
    """Give a short line for each value: ``State: Draft → In review``."""
    before, after = json.loads(line.before), json.loads(line.after)
    for name in sorted({**before, **after}):
        codes = dict.fromkeys(side[name] for side in (before, after) if side.get(name))
        sides = (_say(name, code, names) for code in codes)
        yield Markup("{}: {}").format(things.field_words(name), Markup(" → ").join(sides))


def _say(name: str, value: str, names: dict[tuple[str, str], ThingName]) -> Markup | str:
    if name in _ACCOUNTS:
        return _with_code(_who(value, names), value)
    return things.value_words(name, value)
