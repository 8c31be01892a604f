"""The picture of shares as areas: a squarified treemap (Bruls, Huizing, van Wijk 2000)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """One rectangle, in the units of the picture.

    :ivar index: place of its amount in the list that was given
    """

    index: int
    x: float
    y: float
    width: float
    height: float


def build_treemap(amounts: Sequence[int], width: float, height: float) -> tuple[Area, ...]:
    """Return a rectangle for each amount above zero, the largest first.

    :param amounts: any order; areas are in proportion to them
    """
    left = sorted(
        ((amount, index) for index, amount in enumerate(amounts) if amount > 0), reverse=True
    )
    total = sum(amount for amount, _index in left)
    scale = width * height / total if total else 0.0
    x, y, areas = 0.0, 0.0, []
    while left:
        side = min(width, height)
        count = _best_count([amount * scale for amount, _index in left], side)
        row, left = left[:count], left[count:]
        depth = sum(amount for amount, _index in row) * scale / side if side else 0.0
        is_column = width >= height
        areas += _lay_row(row, scale, x, y, depth, is_column)
        if is_column:
            x, width = x + depth, width - depth
        else:
            y, height = y + depth, height - depth
    return tuple(areas)


def _best_count(sizes: Sequence[float], side: float) -> int:
    """Return how many rectangles make the least stretched row."""
    count = 1
    while count < len(sizes) and _stretch(sizes[: count + 1], side) <= _stretch(
        sizes[:count], side
    ):
        count += 1
    return count


def _stretch(sizes: Sequence[float], side: float) -> float:
    """Return the worst ratio of sides in a row."""
    total = sum(sizes)
    return max(
        max(side * side * size / (total * total), total * total / (side * side * size))
        for size in sizes
    )


def _lay_row(
    row: Sequence[tuple[int, int]], scale: float, x: float, y: float, depth: float, is_column: bool
) -> list[Area]:
    """Return the rectangles of one row, side by side."""
    areas = []
    for amount, index in row:
        length = amount * scale / depth if depth else 0.0
        sides = (depth, length) if is_column else (length, depth)
        areas.append(Area(index, round(x, 2), round(y, 2), round(sides[0], 2), round(sides[1], 2)))
        x, y = (x, y + length) if is_column else (x + length, y)
    return areas
