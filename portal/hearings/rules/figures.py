"""Yearly figures of hearings: what is counted, and how applications are counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.hearings.rules.kinds import HearingKind


class Measure(StrEnum):
    """What the business report counts (November 2020, lines 2053 to 2056); online is a part."""

    TOTAL = "total"
    HEARINGS = "hearings"
    DISCUSSIONS = "discussions"
    ONLINE = "online"
    SEMINARS = "seminars"


#: What a hearing of a kind counts for. An online discussion is a discussion, too.
COUNTS_FOR: Mapping[HearingKind, tuple[Measure, ...]] = {
    HearingKind.PUBLIC_HEARING: (Measure.TOTAL, Measure.HEARINGS),
    HearingKind.PUBLIC_DISCUSSION: (Measure.TOTAL, Measure.DISCUSSIONS),
    HearingKind.ONLINE_DISCUSSION: (Measure.TOTAL, Measure.DISCUSSIONS, Measure.ONLINE),
    HearingKind.EXPERT_SEMINAR: (Measure.TOTAL, Measure.SEMINARS),
}


@dataclass(frozen=True)
class Supported:
    """An approved application, as far as figures need it.

    :ivar ends_at: in the council's zone
    :ivar is_called_off: its hearing does not take place
    """

    kind: HearingKind
    ends_at: datetime
    is_called_off: bool


@dataclass(frozen=True)
class YearCount:
    """How many applications of a year were approved, and how many of these were held."""

    year: int
    approved: Mapping[Measure, int]
    held: Mapping[Measure, int]


def count_years(rows: Iterable[Supported], now: datetime) -> tuple[YearCount, ...]:
    """Return what the approved applications come to, the latest year first.

    Held is what is over and was not called off.

    :param now: aware business time
    """
    approved: dict[int, dict[Measure, int]] = {}
    held: dict[int, dict[Measure, int]] = {}
    for row in rows:
        year = row.ends_at.year
        _add(approved.setdefault(year, _nothing()), row.kind)
        of_year = held.setdefault(year, _nothing())
        if row.ends_at <= now and not row.is_called_off:
            _add(of_year, row.kind)
    years = sorted(approved, reverse=True)
    return tuple(YearCount(year, approved[year], held[year]) for year in years)


def _nothing() -> dict[Measure, int]:
    return dict.fromkeys(Measure, 0)


def _add(counts: dict[Measure, int], kind: HearingKind) -> None:
    for measure in COUNTS_FOR.get(kind, ()):
        counts[measure] += 1
