"""Samples of money for the style guide: a made-up budget, none of it a fact."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from portal.budget.pages import LineRow, Money, StepRow
from portal.budget.rules import LineKind, StepNature, Unit
from portal.budget.treemap import Area, build_treemap
from portal.budget.waterfall import Waterfall, build_waterfall

MILLION = 1_000_000
TREEMAP_SIZE = (1200.0, 320.0)


@dataclass(frozen=True)
class MoneySamples:
    """What the style guide shows of money.

    :ivar points: share of the year gone and share spent, both 0 to 1
    """

    waterfall: Waterfall | None
    areas: tuple[tuple[LineRow, Area], ...]
    points: tuple[tuple[float, float], ...] = ((0.25, 0.1), (0.5, 0.35), (0.75, 0.5))


def build_money_samples(today: date) -> MoneySamples:
    """Return the samples; their amounts are as of today."""
    lines = [_line(name, today, size * MILLION) for name, size in enumerate((90, 40, 22, 9, 3))]
    areas = build_treemap([line.money.current for line in lines], *TREEMAP_SIZE)
    return MoneySamples(
        waterfall=build_waterfall(
            (
                _step(StepNature.ORIGINAL, _("Original budget"), 160),
                _step(StepNature.CARRIED_OVER, _("Carried over"), 12),
                _step(StepNature.SUPPLEMENTARY, _("Supplementary budget"), -8),
                _step(StepNature.CURRENT, _("Current budget"), 164),
            )
        ),
        areas=tuple((lines[area.index], area) for area in areas),
    )


def _step(nature: StepNature, label: str, millions: int) -> StepRow:
    return StepRow(nature, millions * MILLION, label, label)


def _line(number: int, today: date, won: int) -> LineRow:
    name = _("Sample line %(number)s", number=number + 1)
    money = Money(
        as_of=today,
        unit=Unit.MILLION,
        current=won,
        committed=None,
        committed_rate=None,
        spent=won // 2,
        spent_rate=None,
        planned=None,
        planned_rate=None,
        planned_is=None,
        remaining=None,
        remaining_reason=None,
        remaining_reason_en=None,
    )
    return LineRow(
        number, f"sample-{number}", LineKind.PROGRAMME, None, name, name, None, None, money, None
    )
