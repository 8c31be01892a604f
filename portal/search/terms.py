"""What people search for, without who: counted by day, and readable from the third day on.

Each process counts in its memory and writes once in half a minute: a search costs no writing, and
what a killed process had not written yet is lost. What looks personal is counted nowhere.
"""

import re
import threading
from collections import deque
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import quantiles

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.core.clock import council_zone
from portal.core.crypto import blind_index
from portal.core.database import add_row_once, write_row
from portal.core.personal_data import find_personal
from portal.core.state import change_state
from portal.search.analysis import normalise
from portal.search.models import SearchCount, SearchedTerm

#: From so many separate days on a term can be read.
DAYS_TO_READ = 3
#: Counts are kept so long.
KEPT_FOR = timedelta(days=90)
#: Longer questions are nobody's word.
LONGEST_TERM = 80
WRITE_EVERY = timedelta(seconds=30)
#: The state in which a web process leaves how long its last searches took.
TIMES = "search_times"
#: Where the application keeps its process's counts.
COUNTER = "portal_search_counter"
MOST_TERMS = 50
_MOST_TIMES = 500
#: A receipt, a telephone, a resident number: no word for a search.
_NUMBER = re.compile(r"\d{5}|\d[\d -]{6,}\d")


@dataclass
class _Tally:
    """What a process has counted since it wrote last."""

    times: int = 0
    misses: int = 0


class Counter:
    """The counts of one process; safe for threads."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lock = threading.Lock()
        self._tallies: dict[str, _Tally] = {}
        self._seconds: deque[float] = deque(maxlen=_MOST_TIMES)
        self._written_at: datetime | None = None

    def note(self, text: str, *, is_found: bool, seconds: float) -> None:
        """Count a search."""
        term = term_of(text)
        with self._lock:
            self._seconds.append(seconds)
            if term:
                tally = self._tallies.setdefault(term, _Tally())
                tally.times += 1
                tally.misses += not is_found

    def is_due(self, at: datetime) -> bool:
        """Say whether it is time to write."""
        with self._lock:
            self._written_at = self._written_at or at
            return at - self._written_at >= WRITE_EVERY

    def write(self, session: Session, *, at: datetime) -> None:
        """Write what was counted; the caller commits."""
        with self._lock:
            tallies, self._tallies, self._written_at = self._tallies, {}, at
            seconds = sorted(self._seconds)
        day = at.astimezone(council_zone()).date()
        for term, tally in tallies.items():
            _write(session, term, tally, day)
        if len(seconds) > 1:
            cuts = quantiles(seconds, n=100)
            change_state(session, TIMES, f"{cuts[49] * 1000:.0f} {cuts[98] * 1000:.0f}")


def term_of(text: str) -> str | None:
    """Return what is counted of a question; None for what looks personal, or is no word."""
    term = " ".join(normalise(text).split())
    if not term or len(term) > LONGEST_TERM or _NUMBER.search(term) or find_personal(term):
        return None
    return term


def _write(session: Session, term: str, tally: _Tally, day: date) -> None:
    """Add to the count of a day; the word itself is kept from the third day on."""
    term_hash = blind_index("search.term", term)
    add_row_once(session, SearchedTerm, term_hash=term_hash, text=None)
    write_row(
        session,
        SearchCount,
        key=("term_hash", "day"),
        values={
            "term_hash": term_hash,
            "day": day,
            "times": tally.times,
            "misses": tally.misses,
        },
        again={
            "times": SearchCount.times + tally.times,
            "misses": SearchCount.misses + tally.misses,
        },
    )
    days = select(func.count()).where(SearchCount.term_hash == term_hash)
    if (session.scalar(days) or 0) >= DAYS_TO_READ:
        session.get_one(SearchedTerm, term_hash).text = term
    session.flush()


def write_quietly(counter: Counter, session: Session, *, at: datetime) -> None:
    """Write what was counted, and commit; a search never fails for it."""
    try:
        counter.write(session, at=at)
        session.commit()
    except Exception as error:
        session.rollback()
        structlog.get_logger("search").warning("not counted", reason=type(error).__name__)


@dataclass(frozen=True)
class TermRow:
    """A term that can be read, with its counts.

    :ivar recent: how often in the last 30 days
    :ivar before: how often in the 30 days before
    :ivar misses: how often nothing was found in the last 30 days
    """

    text: str
    recent: int
    before: int
    misses: int


def searched_terms(session: Session, today: date, *, in_vain: bool) -> tuple[TermRow, ...]:
    """Return the terms that were searched for most, or that most often in vain.

    :param today: the real day
    """
    middle, first = today - timedelta(days=30), today - timedelta(days=60)
    is_recent = SearchCount.day > middle
    recent = func.coalesce(func.sum(SearchCount.times).filter(is_recent), 0)
    misses = func.coalesce(func.sum(SearchCount.misses).filter(is_recent), 0)
    before = func.coalesce(func.sum(SearchCount.times).filter(~is_recent), 0)
    order = misses if in_vain else recent
    rows = session.execute(
        select(SearchedTerm.text, recent, before, misses)
        .join(SearchCount, SearchCount.term_hash == SearchedTerm.term_hash)
        .where(SearchedTerm.text.is_not(None), SearchCount.day > first)
        .group_by(SearchedTerm.term_hash, SearchedTerm.text)
        .having(order > 0)
        .order_by(order.desc(), SearchedTerm.text)
        .limit(MOST_TERMS)
    )
    return tuple(
        TermRow(text or "", recent, before, misses) for text, recent, before, misses in rows
    )


def erase_old_terms(session: Session, *, today: date) -> None:
    """Erase counts that are over, and terms that nobody searches for any more."""
    session.execute(delete(SearchCount).where(SearchCount.day < today - KEPT_FOR))
    counted = select(SearchCount.term_hash)
    session.execute(delete(SearchedTerm).where(SearchedTerm.term_hash.not_in(counted)))
