"""Rules of money: units, rates, what "planned" means, and how far the year has gone.

Amounts are whole won. Rates are whole numbers of hundredths of a percent, so that a printed 97.82
is kept as printed.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class LineKind(StrEnum):
    """Level of a budget line."""

    TOTAL = "total"
    GROUP = "group"
    PROGRAMME = "programme"
    PROJECT = "project"


class Unit(StrEnum):
    """Unit in which a source prints an amount."""

    WON = "won"
    THOUSAND = "thousand"
    MILLION = "million"

    @property
    def won(self) -> int:
        """Return how many won one of it is."""
        return {"won": 1, "thousand": 1_000, "million": 1_000_000}[self.value]


class PlannedMeaning(StrEnum):
    """What a printed "planned" amount counts: the source uses one heading for two things.

    ``additional`` is spent after the date; ``cumulative`` is all that will be spent by the end
    of the year; ``unclear`` is neither, as the other figures of its row tell.
    """

    ADDITIONAL = "additional"
    CUMULATIVE = "cumulative"
    UNCLEAR = "unclear"


class StepNature(StrEnum):
    """What changes a budget between its first decision and a date."""

    ORIGINAL = "original"
    CARRIED_OVER = "carried_over"
    DEEMED = "deemed"
    SUPPLEMENTARY = "supplementary"
    CURRENT = "current"


class LineOrder(StrEnum):
    """Orders in which a reader may see lines."""

    AMOUNT = "amount"
    RATE = "rate"
    REMAINING = "remaining"


class ShownUnit(StrEnum):
    """Units in which a reader may see amounts.

    ``eok`` is a hundred million won (억); ``words`` are amounts in words.
    """

    MILLION = "million"
    THOUSAND = "thousand"
    WON = "won"
    EOK = "eok"
    WORDS = "words"

    @property
    def won(self) -> int:
        """Return how many won one of it is; 0 for words."""
        return {
            "won": 1,
            "thousand": 1_000,
            "million": 1_000_000,
            "eok": 100_000_000,
            "words": 0,
        }[self.value]


@dataclass(frozen=True)
class Plan:
    """What a line will do with its money until the end of the year, in won.

    :ivar additional: still to be spent as planned; None when the source is unclear
    :ivar left: current less spent less additional; None when the source is unclear
    """

    spent: int
    additional: int | None
    left: int | None


def normalise_plan(
    current: int, spent: int, planned: int | None, meaning: PlannedMeaning | None
) -> Plan | None:
    """Return a printed plan in one meaning; None when nothing is planned in print.

    :param planned: as printed, won
    """
    if planned is None or meaning is None:
        return None
    if meaning is PlannedMeaning.UNCLEAR:
        return Plan(spent, None, None)
    additional = planned - spent if meaning is PlannedMeaning.CUMULATIVE else planned
    return Plan(spent, additional, current - spent - additional)


def rate_of(part: int, whole: int) -> Fraction | None:
    """Return a part as percent of a whole, exactly; None of nothing."""
    return Fraction(part * 100, whole) if whole else None


def round_half_up(value: Fraction, steps: int = 1) -> int:
    """Return how many steps of 1/steps a value has, rounded half away from zero.

    ``round_half_up(Fraction(607, 10), 10)`` is 607: a percentage in tenths.
    """
    scaled = abs(value) * steps
    whole = int(scaled + Fraction(1, 2))
    return whole if value >= 0 else -whole


def permille_of(part: int, whole: int) -> int | None:
    """Return a rate in tenths of a percent, rounded half up as the source does."""
    rate = rate_of(part, whole)
    return None if rate is None else round_half_up(rate, 10)


def share_of_year(day: date) -> float:
    """Return how much of its year is gone when a day ends, 0 to 1.

    On 31 October 2020, 305 of 366 days: 83.3 %.
    """
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    return ((day - first).days + 1) / ((last - first).days + 1)


def per_person(won: int, people: int | None) -> int | None:
    """Return how many won are spent for each person, rounded half up; None when nobody counted."""
    return round_half_up(Fraction(won, people)) if people else None
