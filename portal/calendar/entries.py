"""Entries: what a month, a day or an agenda says about events, in the page's language."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby

from flask_babel import gettext as _
from markupsafe import Markup, escape

from portal.calendar import words
from portal.calendar.pages import AgendaDay, CommitteeTime, Entry, EventRow
from portal.calendar.rules import (
    EventKind,
    EventState,
    Part,
    dates_left,
    parts_between,
    tense_of,
)
from portal.core.addresses import url_for
from portal.core.clock import council_zone
from portal.core.i18n import page_language, write_day, write_time

_KINDS = tuple(EventKind)
#: State word of an entry on a day from which its event was moved away.
MOVED = "moved"


def entries_between(
    events: Iterable[EventRow],
    ends: Iterable[CommitteeTime],
    first: date,
    last: date,
    today: date,
) -> tuple[Entry, ...]:
    """Return the entries from first to last, by day and kind; the whole council's come first.

    Moved events keep a struck entry on the day they left.
    """
    found = [e for e in end_entries(ends, today) if first <= e.on <= last]
    for event in events:
        for on, part in parts_between(event.starts_on, event.ends_on, today, first, last):
            entry = _part_entry(event, part, on)
            # The last day of an event under way is still to come.
            is_coming = event.state is EventState.NOW and on > today
            found.append(replace(entry, state=EventState.PLANNED.value) if is_coming else entry)
        for on in dates_left(event.starts_on, event.ends_on, event.changes, today):
            if first <= on <= last:
                found.append(_left_entry(event, on))
    return tuple(sorted(found, key=place_of))


def place_of(entry: Entry) -> tuple[date, int]:
    """Return the place of an entry in a list: by day, sittings before other events."""
    return entry.on, _KINDS.index(entry.kind)


def agenda_days(
    entries: Iterable[Entry], today: date, *, with_note: bool = False
) -> tuple[AgendaDay, ...]:
    """Return entries by day.

    :param entries: in the order of their days
    :param with_note: say at the first coming day how far ahead it lies
    """
    days = tuple(
        AgendaDay(on, on == today, tense_of(on, today), "", tuple(of_day))
        for on, of_day in groupby(entries, key=lambda entry: entry.on)
    )
    coming = next((day for day in days if day.on > today), None)
    if coming is None or not with_note:
        return days
    note = words.in_days((coming.on - today).days)
    return tuple(replace(day, note=note) if day is coming else day for day in days)


def running_entry(event: EventRow, on: date) -> Entry:
    """Return the entry of an event in an agenda: its name once, with all its dates."""
    title = words.event_title(event)
    if event.starts_on != event.ends_on and on == event.starts_on:
        until = write_day(event.ends_on, page_language(), year=False, weekday=False)
        title = words.fill(_("%(title)s (to %(day)s)"), title=title, day=words.unbroken(until))
    return replace(_part_entry(event, Part.WHOLE, on), title=title, meta=_agenda_meta(event, on))


def end_entries(ends: Iterable[CommitteeTime], today: date) -> tuple[Entry, ...]:
    """Return an entry for the last day of each committee."""
    return tuple(_end_entry(end, end.ends_on, today) for end in ends if end.ends_on is not None)


def time_and_place(event: EventRow, on: date) -> Markup:
    """Return when and where an event is on a day, as far as known; empty when neither is.

    The time is that of its first day.
    """
    parts: list[str] = []
    if event.starts_at is not None and on == event.starts_on:
        parts.append(write_time(event.starts_at.astimezone(council_zone())))
    if event.place:
        parts.append(words.marked(event.place, event.place_en))
    return Markup(" · ").join(parts)


def event_url(event: EventRow) -> str:
    """Return the address of an event's page."""
    return url_for("calendar.show_event", slug=event.slug)


def day_url(day: date) -> str:
    """Return the address of a day's page."""
    return url_for("calendar.show_day", year=day.year, month=f"{day.month:02}", day=f"{day.day:02}")


def _part_entry(event: EventRow, part: Part, on: date) -> Entry:
    return Entry(
        on=on,
        title=words.part_title(event, part, on),
        url=event_url(event),
        meta=_part_meta(event, part, on),
        kind=event.kind,
        state=event.state.value,
        body=event.committee_slug,
        body_name=words.marked(event.body, event.body_en) if event.body else "",
    )


def _left_entry(event: EventRow, on: date) -> Entry:
    """Return the struck entry on a day that an event left."""
    entry = _part_entry(event, Part.LEFT, on)
    day = words.unbroken(write_day(event.starts_on, page_language(), year=False))
    moved = words.fill(_("Moved to %(day)s"), day=day)
    return replace(entry, state=MOVED, meta=moved, moved_to_url=day_url(event.starts_on))


def _end_entry(end: CommitteeTime, on: date, today: date) -> Entry:
    name = words.marked(end.name, end.name_en)
    meta = ""
    if end.starts_on is not None:
        day = words.unbroken(write_day(end.starts_on, page_language(), weekday=False))
        meta = words.fill(_("Began on %(day)s"), day=day)
    return Entry(
        on=on,
        title=words.fill(_("%(committee)s ends its work"), committee=name),
        url=url_for("council.show_committee", slug=end.slug),
        meta=meta,
        kind=EventKind.COMMITTEE,
        state=EventState.PLANNED.value if on >= today else "",
        body=end.slug,
        body_name=name,
    )


def _part_meta(event: EventRow, part: Part, on: date) -> str:
    """Return the second line in a cell: until when, or time and place, or the body."""
    if part is Part.FIRST:
        until = write_day(event.ends_on, page_language(), year=False, weekday=False)
        return words.fill(_("until %(day)s"), day=words.unbroken(until))
    known = time_and_place(event, on)
    if known:
        return known
    if not event.body or event.body in event.title:
        # The title names the body already.
        return ""
    return words.marked(event.body, event.body_en)


def _agenda_meta(event: EventRow, on: date) -> Markup:
    """Return body or host, time and place, while it runs its dates; else what it is about."""
    parts: list[str] = []
    if event.body and event.body not in event.title:
        parts.append(words.marked(event.body, event.body_en))
    elif event.host and not event.body:
        parts.append(words.marked(event.host, event.host_en))
    if on != event.starts_on:
        parts.append(words.unbroken(words.dates_of(event)))
    known = time_and_place(event, on)
    if known:
        parts.append(known)
    elif event.state is EventState.NOW:
        parts.append(escape(_("Time and place are not announced yet")))
    if not parts and event.summary:
        parts.append(words.marked(event.summary, event.summary_en))
    return Markup(" · ").join(parts)
