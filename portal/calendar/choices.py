"""The filters of a month: chips with counts that hold for what a click would show."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.calendar import words
from portal.calendar.pages import Choice, Entry
from portal.calendar.rules import EventKind


@dataclass(frozen=True)
class EntryFilter:
    """What a month is narrowed to; None narrows nothing.

    :ivar body: slug of a committee, ``body_name`` its name in the page's language
    """

    kind: EventKind | None = None
    body: str | None = None
    body_name: str = ""

    @property
    def narrows(self) -> bool:
        """Say whether anything is left out."""
        return self.kind is not None or self.body is not None

    def fits(self, entry: Entry) -> bool:
        """Say whether an entry stays."""
        return self.kind in (None, entry.kind) and self.body in (None, entry.body)


#: Gives the address of the month with another kind or body.
Address = Callable[[str | None, str | None], str]


def narrow(entries: Iterable[Entry], wanted: EntryFilter) -> tuple[Entry, ...]:
    """Return the entries that fit."""
    return tuple(entry for entry in entries if wanted.fits(entry))


def kind_choices(
    entries: Iterable[Entry], wanted: EntryFilter, address: Address
) -> tuple[Choice, ...]:
    """Return a chip for all and one for each kind of the month, counted under the chosen body.

    :param entries: all entries of the month
    """
    fitting = narrow(entries, EntryFilter(body=wanted.body))
    counts = Counter(entry.kind for entry in fitting)
    chips = [Choice(_("All"), address(None, wanted.body), wanted.kind is None, len(fitting))]
    for kind in EventKind:
        if counts[kind] or kind is wanted.kind:
            label = words.kind_label(kind)
            is_current = kind is wanted.kind
            chips.append(Choice(label, address(kind.value, wanted.body), is_current, counts[kind]))
    return tuple(chips)


def body_choices(
    entries: Iterable[Entry], wanted: EntryFilter, address: Address
) -> tuple[Choice, ...]:
    """Return a chip for all bodies and one for each committee, counted under the chosen kind.

    Nothing is returned when the month has no committee's entries, as there is nothing to choose.
    """
    kind = wanted.kind.value if wanted.kind else None
    fitting = narrow(entries, EntryFilter(kind=wanted.kind))
    counts = Counter(entry.body for entry in fitting if entry.body)
    names = {entry.body: entry.body_name for entry in entries if entry.body}
    if wanted.body:
        names.setdefault(wanted.body, wanted.body_name)
    if not names:
        return ()
    chips = [Choice(_("All bodies"), address(kind, None), wanted.body is None, len(fitting))]
    for body, name in names.items():
        if counts[body] or body == wanted.body:
            chips.append(Choice(name, address(kind, body), body == wanted.body, counts[body]))
    return tuple(chips) if len(chips) > 1 else ()
