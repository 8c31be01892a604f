"""iCalendar files (RFC 5545): what people's own calendars read. Knows neither rows nor words."""

import functools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Component, Event, Timezone, vDuration, vText

#: How often a calendar should look again: a moved sitting must be seen the same day.
REFRESH_INTERVAL = timedelta(hours=6)
PRODUCT = "-//Council portal//Calendar//"


class Status(StrEnum):
    """The states of RFC 5545, 3.8.1.11."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class FeedEntry:
    """One entry of a feed; its texts are in the feed's language.

    :ivar uid: never changes, whatever happens to the entry
    :ivar starts_at: aware time of an entry with a time; None for one that takes whole days
    :ivar last_on: last day, for entries of whole days
    :ivar ends_at: aware end of an entry with a time; None where no source tells it
    :ivar changed_at: aware; DTSTAMP as well, so that an unchanged feed keeps its bytes
    """

    uid: str
    summary: str
    description: str
    location: str
    url: str
    category: str
    first_on: date
    last_on: date
    starts_at: datetime | None
    status: Status
    sequence: int
    changed_at: datetime
    ends_at: datetime | None = None


def write_feed(
    name: str, language: str, zone: str, entries: Iterable[FeedEntry], url: str
) -> bytes:
    """Return a feed as a file.

    :param zone: name of the council's time zone, such as ``Asia/Seoul``
    :param url: address of the feed itself
    """
    feed = Calendar()
    feed.add("version", "2.0")
    feed.add("prodid", f"{PRODUCT}{language.upper()}")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", vText(clean_text(name)))
    feed.add("x-wr-timezone", zone)
    feed.add("refresh-interval", REFRESH_INTERVAL, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", vDuration(REFRESH_INTERVAL))
    feed.add("url", url)
    components = [_component(entry) for entry in entries]
    if any(isinstance(component.decoded("dtstart"), datetime) for component in components):
        feed.add_component(_timezone(zone))
    for component in components:
        feed.add_component(component)
    written: bytes = feed.to_ical()
    return written


def clean_text(text: str) -> str:
    """Return a text without control characters, which RFC 5545 forbids."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in _FORBIDDEN)


#: Control characters, lone surrogates, and the line and paragraph separators.
_FORBIDDEN = ("Cc", "Cs", "Zl", "Zp")


def _component(entry: FeedEntry) -> Component:
    """Return one entry."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    _add_time(event, entry)
    event.add("status", entry.status.value)
    texts = {
        "summary": entry.summary,
        "description": entry.description,
        "location": entry.location,
    }
    for name, text in texts.items():
        if text:
            event.add(name, clean_text(text))
    event.add("categories", [clean_text(entry.category)])
    event.add("url", entry.url)
    return event


def _add_time(event: Event, entry: FeedEntry) -> None:
    """Add when an entry is. One with a time has an end only where a source tells it."""
    if entry.starts_at is not None:
        event.add("dtstart", entry.starts_at)
        if entry.ends_at is not None and entry.ends_at > entry.starts_at:
            event.add("dtend", entry.ends_at)
        event.add("transp", "OPAQUE")
        return
    event.add("dtstart", entry.first_on)
    event.add("dtend", entry.last_on + timedelta(days=1))
    # What takes a whole day of the council leaves the reader's own day free.
    event.add("transp", "TRANSPARENT")


@functools.lru_cache(maxsize=4)
def _timezone(zone: str) -> Timezone:
    """Return the rules of a time zone; making them takes longer than all the rest."""
    return Timezone.from_tzid(zone)
