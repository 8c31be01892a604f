"""Where the seats of a half circle stand, for the picture of the council's composition.

The picture shows how many there are; it does not show who really sits where.
"""

from dataclasses import dataclass
from math import cos, pi, sin

#: Radius of the innermost arc as a share of the outermost, so that the count fits inside.
INNER_RADIUS = 0.47


@dataclass(frozen=True)
class SeatPosition:
    """One seat of the half circle.

    :ivar x: from -1 at the left to 1 at the right
    :ivar y: from 0 on the base line to 1 at the top
    :ivar row: arc of the seat, 0 is the innermost
    """

    x: float
    y: float
    row: int


def seat_positions(total: int, rows: int = 5) -> tuple[SeatPosition, ...]:
    """Return the seats of a half circle in the order in which parties take them.

    Each arc gets a share of the seats by its length. The seats are ordered by their angle from
    the left, the inner arc first, so that a party fills a wedge and not a stripe.

    :param total: number of seats, 0 or more
    :param rows: number of arcs, at least 1; fewer when there are not enough seats
    :return: as many positions as there are seats
    :raise ValueError: a number is below its least value
    """
    if total < 0 or rows < 1:
        raise ValueError("seats need a total of 0 or more and at least one row")
    radii = _radii(min(rows, max(total, 1)))
    counts = _seats_by_row(total, radii)
    placed = [
        (_angle(seat, count), radius, row)
        for row, (radius, count) in enumerate(zip(radii, counts, strict=True))
        for seat in range(count)
    ]
    return tuple(
        SeatPosition(x=cos(angle) * radius, y=sin(angle) * radius, row=row)
        for angle, radius, row in sorted(placed, key=_place_in_order)
    )


def _radii(rows: int) -> list[float]:
    """Return the radius of each arc from the innermost to the outermost, which is 1."""
    if rows == 1:
        return [1.0]
    step = (1 - INNER_RADIUS) / (rows - 1)
    return [INNER_RADIUS + step * row for row in range(rows)]


def _seats_by_row(total: int, radii: list[float]) -> list[int]:
    """Share seats among arcs by length; what rounding leaves goes to the largest remainders."""
    shares = [total * radius / sum(radii) for radius in radii]
    counts = [int(share) for share in shares]
    by_remainder = sorted(
        range(len(radii)), key=lambda row: (shares[row] - counts[row], row), reverse=True
    )
    for row in by_remainder[: total - sum(counts)]:
        counts[row] += 1
    return counts


def _place_in_order(seat: tuple[float, float, int]) -> tuple[float, float]:
    """Return what seats are sorted by: angle from the left, then the inner arc first."""
    angle, radius, _row = seat
    return -round(angle, 9), radius


def _angle(seat: int, count: int) -> float:
    """Return the angle of a seat in its arc, pi at the left and 0 at the right."""
    return pi / 2 if count == 1 else pi - pi * seat / (count - 1)
