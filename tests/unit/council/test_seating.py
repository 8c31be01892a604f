"""Where the seats of the half circle stand."""

import pytest

from portal.council.seating import INNER_RADIUS, seat_positions


@pytest.mark.parametrize("total", [0, 1, 2, 4, 5, 7, 63, 110, 300])
def test_every_seat_has_a_place_of_its_own(total: int) -> None:
    """As many places as seats, no two in one spot, all inside the half circle."""
    places = seat_positions(total)
    assert len(places) == total
    assert len({(round(place.x, 6), round(place.y, 6)) for place in places}) == total
    assert all(-1 <= round(p.x, 9) <= 1 and 0 <= round(p.y, 9) <= 1 for p in places)


def test_seats_go_from_left_to_right_in_wedges() -> None:
    """The first seats are at the far left, the last at the far right, inner arcs first."""
    places = seat_positions(110)
    assert [place.row for place in places[:5]] == [0, 1, 2, 3, 4]
    assert all(place.x < 0 for place in places[:40])
    assert places[-1].x == pytest.approx(1)
    assert places[-5].x == pytest.approx(INNER_RADIUS)


def test_longer_arcs_hold_more_seats() -> None:
    """Each arc has more seats than the one inside it."""
    rows = [place.row for place in seat_positions(110)]
    counts = [rows.count(row) for row in range(5)]
    assert counts == sorted(set(counts)) and sum(counts) == 110


@pytest.mark.parametrize(("total", "rows"), [(-1, 5), (10, 0)])
def test_impossible_numbers_are_refused(total: int, rows: int) -> None:
    """A negative number of seats or no arc is an error."""
    with pytest.raises(ValueError):
        seat_positions(total, rows)
