"""What is indexed, what is asked, what an engine answers; no database, no application."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from portal.search.analysis import spellings, starts_of, tokens_of

#: So many of the best documents are looked at; a list of results says when there are more.
MOST_HITS = 1000
#: Whoosh serves so many documents, and so fast; beyond that another engine is due.
FEW_DOCUMENTS, SLOW_MILLISECONDS = 5000, 300
#: What a token in the title and one in the text are worth, in every engine.
TITLE_WEIGHT, BODY_WEIGHT = 2.0, 1.0
#: So many results stand on a page.
HITS_A_PAGE = 10


class DocumentKind(StrEnum):
    """What a document is about, in the order in which equals are shown."""

    PAGE = "page"
    SESSION = "session"
    COMMITTEE = "committee"
    MEMBER = "member"
    UNIT = "unit"
    ORDINANCE = "ordinance"
    BILL = "bill"
    PROGRAMME = "programme"
    BUDGET = "budget"
    PUBLICATION = "publication"
    HEARING = "hearing"
    EVENT = "event"


class Operation(StrEnum):
    """What an index still has to do with a document."""

    INDEX = "index"
    DELETE = "delete"


class Match(StrEnum):
    """How much of a question a document must have.

    It is called so; its title, or a word of it, begins so; it has each word; it has some of it.
    """

    WHOLE = "whole"
    START = "start"
    ALL = "all"
    ANY = "any"


@dataclass(frozen=True)
class Document:
    """A published text in one language, as its feature gives it.

    :ivar source: table of the row it is made of; ``pages`` for those that templates hold
    :ivar key: which row: its id, or the endpoint of a page
    :ivar called: words by which it is found, too, and which are never shown
    :ivar address: path of its page, without the language
    :ivar day: the day it is about
    :ivar committee: slug of the committee it belongs to
    :ivar until: from then on it is public no longer
    """

    kind: DocumentKind
    source: str
    key: str
    language: str
    title: str
    body: str
    called: str
    address: str
    day: date | None = None
    committee: str | None = None
    until: datetime | None = None

    @property
    def version(self) -> int:
        """Return a number of all its values: another one as soon as one of them differs."""
        values = "\x1f".join(str(getattr(self, field.name)) for field in fields(self))
        return int.from_bytes(hashlib.sha256(values.encode()).digest()[:6], "big")


@dataclass(frozen=True)
class Entry:
    """A document as an index takes it.

    :ivar whole: the forms under which its title is found as a whole
    :ivar starts: what somebody may have typed so far who wants it
    """

    id: int
    version: int
    language: str
    kind: str
    day: date | None
    committee: str | None
    whole: tuple[str, ...]
    title: tuple[str, ...]
    body: tuple[str, ...]
    starts: tuple[str, ...]


def entry_of(
    document_id: int,
    version: int,
    *,
    language: str,
    kind: str,
    day: date | None,
    committee: str | None,
    title: str,
    body: str,
    called: str,
) -> Entry:
    """Take a document apart for an index."""
    return Entry(
        id=document_id,
        version=version,
        language=language,
        kind=kind,
        day=day,
        committee=committee,
        whole=spellings(title),
        title=tuple(tokens_of(title, language)),
        body=(*tokens_of(body, language), *_called(called, language)),
        starts=starts_of(title),
    )


def _called(words: str, language: str) -> tuple[str, ...]:
    """Return the tokens of words that don't belong together."""
    return tuple(token for word in words.split() for token in tokens_of(word, language))


@dataclass(frozen=True)
class Narrowing:
    """What the answers are limited to; None limits nothing."""

    language: str
    kind: str | None = None
    first: date | None = None
    last: date | None = None
    committee: str | None = None


@dataclass(frozen=True)
class Hit:
    """A document that an engine names.

    :ivar score: the higher the better, within one engine and one answer
    """

    document_id: int
    score: float


@dataclass(frozen=True)
class Found:
    """The best hits, and how many documents there are in all."""

    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True)
class EngineStatus:
    """How an index is.

    :ivar versions: the version of each document in it, by id
    """

    engine: str
    versions: Mapping[int, int]
    size_bytes: int | None
