"""The chain of the audit trail: the hash of a line, and what a walk along the lines finds.

The canonical form of a line, of which SHA-256 is taken: one JSON object in UTF-8 with the keys
``actor``, ``after``, ``at``, ``before``, ``deed``, ``kind``, ``number``, ``origin``,
``previous_hash``, ``reason``, ``row_id`` in this order, without spaces, letters outside ASCII as
themselves. ``at`` is text, UTC with six decimals: ``2026-11-26T03:04:05.000000+00:00``. ``before``
and ``after`` are texts that hold JSON objects of the same form, exactly as their columns do.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum

#: What the first line names as the hash before it.
FIRST_HASH = "0" * 64


@dataclass(frozen=True)
class Head:
    """The end of the chain: number and hash of the newest line; 0 and ``FIRST_HASH`` at first."""

    number: int
    hash: str


@dataclass(frozen=True)
class Content:
    """Everything of a line that its hash covers; the columns of the table, by the same names."""

    number: int
    at: datetime
    actor: str
    origin: str
    deed: str
    kind: str
    row_id: str
    before: str
    after: str
    reason: str | None
    previous_hash: str


@dataclass(frozen=True)
class Link:
    """A line as it stands in the table, with the hash written beside it."""

    content: Content
    hash: str


class FaultKind(StrEnum):
    """What is wrong at a number of the chain."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    UNLINKED = "unlinked"
    HEAD = "head"


@dataclass(frozen=True)
class Fault:
    """Something wrong with the lines from a number to another, both included."""

    kind: FaultKind
    first: int
    last: int


def canonical_values(values: Mapping[str, str]) -> str:
    """Return a small mapping as the text a line keeps."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(content: Content) -> str:
    """Return the hash of a line, 64 hexadecimal digits."""
    at = content.at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(
        {**asdict(content), "at": at}, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def find_faults(links: Iterable[Link], head: Head) -> Iterator[Fault]:
    """Give what is wrong with a chain, in the order of its numbers; nothing for a whole one.

    :param links: every line, ordered by number; read once, one at a time
    :param head: the end of the chain, read before the lines in the same snapshot
    """
    last = Head(0, FIRST_HASH)
    for link in links:
        yield from _faults_between(last, link)
        last = Head(link.content.number, link.hash)
        if last.number == head.number and last.hash != head.hash:
            yield Fault(FaultKind.HEAD, head.number, head.number)
    if last.number < head.number:
        yield Fault(FaultKind.MISSING, last.number + 1, head.number)
    elif last.number > head.number:
        yield Fault(FaultKind.INSERTED, head.number + 1, last.number)


def _faults_between(last: Head, link: Link) -> Iterator[Fault]:
    """Give what is wrong with a line, and between it and the line before it."""
    content = link.content
    number = content.number
    if number <= last.number:
        yield Fault(FaultKind.INSERTED, number, number)
    elif number > last.number + 1:
        yield Fault(FaultKind.MISSING, last.number + 1, number - 1)
    elif content.previous_hash != last.hash:
        yield Fault(FaultKind.UNLINKED, number, number)
    if hash_of(content) != link.hash:
        yield Fault(FaultKind.CHANGED, number, number)
