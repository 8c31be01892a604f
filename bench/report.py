"""The table of results: what each way costs, how it compares, and whether the limit is met."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

#: CPU seconds per request of one round, by way.
Round = Mapping[str, float]

BARE_WSGI, BARE_FLASK = "bare WSGI", "bare Flask"
CACHED, UNCHANGED, UNCACHED = "cached", "304", "uncached"
WAYS = (BARE_WSGI, BARE_FLASK, CACHED, UNCHANGED, UNCACHED)


@dataclass(frozen=True)
class Limit:
    """At most so many times the cost of a bare application (design, section 7)."""

    way: str
    base: str
    times: float


LIMITS = (
    Limit(CACHED, BARE_WSGI, 1.2),
    Limit(UNCHANGED, BARE_WSGI, 1.1),
    Limit(UNCACHED, BARE_FLASK, 8.0),
)


def ratio_of(rounds: Sequence[Round], limit: Limit) -> float:
    """Return how many times the base a way costs: the median over rounds.

    Both figures of one ratio are of one round, so a machine that is busy for a while disturbs
    them alike.
    """
    return median(figures[limit.way] / figures[limit.base] for figures in rounds)


def is_met(rounds: Sequence[Round], limit: Limit) -> bool:
    """Say whether a limit is met."""
    return ratio_of(rounds, limit) <= limit.times


def lines_of(page: str, size_bytes: int, rounds: Sequence[Round]) -> Iterator[str]:
    """Give the lines of the table for one page."""
    yield f"{page}  ({size_bytes:,} bytes)"
    for way in WAYS:
        cost = median(figures[way] for figures in rounds)
        yield f"  {way:<11}{cost * 1e6:9.0f} µs CPU{_verdicts(rounds, way)}"


def _verdicts(rounds: Sequence[Round], way: str) -> str:
    """Return the ratio of a way, its spread, its limit and whether it is met."""
    for limit in LIMITS:
        if limit.way == way:
            every = [figures[way] / figures[limit.base] for figures in rounds]
            spread = f"({min(every):.2f} to {max(every):.2f})"
            word = "met" if is_met(rounds, limit) else "NOT met"
            ratio = f"{ratio_of(rounds, limit):5.2f} x {limit.base} {spread}"
            return f"   {ratio:<38} limit {limit.times:g}: {word}"
    return ""
