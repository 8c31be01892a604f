"""The picture of how a budget changed: floating blocks on an axis that need not start at zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.budget.pages import StepRow
from portal.budget.rules import StepNature

#: Steps between grid lines, times a power of ten.
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
_FEWEST_LINES = 3


@dataclass(frozen=True)
class Block:
    """One step in the picture; places are percent of its width.

    :ivar is_total: a sum, drawn as a diamond at ``end``; else a block from ``begin`` to ``end``
    :ivar before: where the step before ended; None for the first
    """

    step: StepRow
    is_total: bool
    begin: float
    end: float
    before: float | None

    @property
    def left(self) -> float:
        """Return where the block begins on the page."""
        return min(self.begin, self.end)

    @property
    def width(self) -> float:
        """Return how wide the block is."""
        return round(abs(self.end - self.begin), 3)


@dataclass(frozen=True)
class Waterfall:
    """Blocks and the grid behind them; amounts are won.

    :ivar lines: amount and place of each grid line
    """

    blocks: tuple[Block, ...]
    lines: tuple[tuple[int, float], ...]
    first: int
    last: int


def build_waterfall(steps: Sequence[StepRow]) -> Waterfall | None:
    """Return the picture of steps; None when there is nothing to draw.

    A total restarts from its own amount: where the steps do not add up, the gap is seen.
    """
    levels = _levels(steps)
    if len(levels) < 2:
        return None
    first, last, lines = _axis([end for _begin, end in levels] + [begin for begin, _end in levels])

    def place(won: int) -> float:
        return round((won - first) * 100 / (last - first), 3)

    blocks = []
    before: float | None = None
    for step, (begin, end) in zip(steps, levels, strict=True):
        blocks.append(Block(step, _is_total(step), place(begin), place(end), before))
        before = place(end)
    return Waterfall(tuple(blocks), tuple((won, place(won)) for won in lines), first, last)


def _is_total(step: StepRow) -> bool:
    return step.nature in (StepNature.ORIGINAL, StepNature.CURRENT)


def _levels(steps: Sequence[StepRow]) -> list[tuple[int, int]]:
    """Return the amounts between which each step runs."""
    level = 0
    levels = []
    for step in steps:
        begin = step.amount if _is_total(step) else level
        level = step.amount if _is_total(step) else level + step.amount
        levels.append((begin, level))
    return levels


def _axis(amounts: Sequence[int]) -> tuple[int, int, list[int]]:
    """Return begin and end of the axis and its grid lines, at round amounts around all."""
    low, high = min(amounts), max(amounts)
    rough = max(high - low, abs(high) // 100, 1) / _FEWEST_LINES
    power = 10 ** (len(str(int(rough))) - 1)
    step = next(int(nice * power) for nice in _NICE if nice * power >= rough) or 1
    first = low // step * step - (step if low % step == 0 else 0)
    last = -(-high // step) * step + (step if high % step == 0 else 0)
    return first, last, list(range(first + step, last, step))
