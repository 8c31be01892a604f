"""What the budget's pages show: frozen rows read by ``queries``; amounts are whole won."""

from dataclasses import dataclass
from datetime import date

from portal.budget.rules import LineKind, PlannedMeaning, StepNature, Unit, normalise_plan
from portal.core.citations import SourceLine


@dataclass(frozen=True)
class Money:
    """What a line had, had committed and had spent at a date, as printed.

    Rates are printed hundredths of a percent. None: not printed.

    :ivar unit: the unit in which the source prints the amounts
    """

    as_of: date
    unit: Unit
    current: int
    committed: int | None
    committed_rate: int | None
    spent: int
    spent_rate: int | None
    planned: int | None
    planned_rate: int | None
    planned_is: PlannedMeaning | None
    remaining: int | None
    remaining_reason: str | None
    remaining_reason_en: str | None

    @property
    def spent_share(self) -> float | None:
        """Return what was spent as a share of the current budget, 0 to 1; None of nothing."""
        return self.spent / self.current if self.current else None

    @property
    def committed_share(self) -> float:
        """Return what is committed but not paid yet as a share of the current budget."""
        if self.committed is None or not self.current:
            return 0.0
        return max(0, self.committed - self.spent) / self.current

    @property
    def left_share(self) -> float | None:
        """Return what is not spent yet as a share of the current budget; None of nothing."""
        return self.left / self.current if self.current else None

    @property
    def left(self) -> int:
        """Return what is not spent yet: the current budget less what was spent."""
        return self.current - self.spent

    @property
    def still_planned(self) -> int | None:
        """Return what is to be spent after the date; None when not printed or unclear."""
        plan = normalise_plan(self.current, self.spent, self.planned, self.planned_is)
        return plan.additional if plan else None

    @property
    def left_at_the_end(self) -> int | None:
        """Return what will be left at the end of the year as planned; None when unclear."""
        plan = normalise_plan(self.current, self.spent, self.planned, self.planned_is)
        return plan.left if plan else None


@dataclass(frozen=True)
class LineRow:
    """A budget line with its money at a date."""

    id: int
    slug: str
    kind: LineKind
    parent_slug: str | None
    name: str
    name_en: str | None
    items: str | None
    items_en: str | None
    money: Money
    source: SourceLine | None


@dataclass(frozen=True)
class StepRow:
    """A step from the original budget to the current one."""

    nature: StepNature
    amount: int
    label: str
    label_en: str | None


@dataclass(frozen=True)
class RevenueRow:
    """What the council takes in."""

    name: str
    name_en: str | None
    amount: int


@dataclass(frozen=True)
class YearRow:
    """A fiscal year.

    :ivar dates: days for which execution is known, the latest first
    """

    id: int
    year: int
    dates: tuple[date, ...]
    population: int | None
    population_on: date | None
    population_source: SourceLine | None
    note: str | None
    note_en: str | None
