"""The pictures of money: floating blocks from one budget to the next, and areas of a whole."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.budget.pages import StepRow
from portal.budget.rules import StepNature
from portal.budget.treemap import Area, build_treemap
from portal.budget.waterfall import Waterfall, build_waterfall

MILLION = 1_000_000
WIDTH, HEIGHT = 1200.0, 520.0
#: Sides and places are rounded to hundredths of the picture's units.
ROUNDING = 0.011
SUMS = (StepNature.ORIGINAL, StepNature.CURRENT)
#: The eight programmes and the basic expenses of 2020, in million won.
PROGRAMMES_2020 = (12146, 3796, 2196, 5881, 268, 1375, 460, 47, 1597)


def step(nature: StepNature, amount: int) -> StepRow:
    return StepRow(nature, amount, nature.value, None)


BRIDGE = tuple(
    step(nature, amount * MILLION)
    for nature, amount in (
        (StepNature.ORIGINAL, 27_485),
        (StepNature.CARRIED_OVER, 338),
        (StepNature.DEEMED, 55),
        (StepNature.SUPPLEMENTARY, -668),
        (StepNature.SUPPLEMENTARY, 556),
        (StepNature.CURRENT, 27_766),
    )
)
STEPS = st.lists(
    st.builds(step, st.sampled_from(StepNature), st.integers(-(10**14), 10**14)),
    min_size=2,
    max_size=12,
)


def picture_of(steps: tuple[StepRow, ...] | list[StepRow]) -> Waterfall:
    picture = build_waterfall(steps)
    assert picture is not None
    return picture


def amount_at(picture: Waterfall, place: float) -> float:
    """Return the amount at a place of the picture."""
    return picture.first + place * (picture.last - picture.first) / 100


def test_the_steps_of_2020_lead_from_the_first_budget_to_the_last():
    picture = picture_of(BRIDGE)
    ends = [amount_at(picture, block.end) / MILLION for block in picture.blocks]
    assert ends == pytest.approx([27_485, 27_823, 27_878, 27_210, 27_766, 27_766], abs=0.1)
    assert [block.is_total for block in picture.blocks] == [True, *[False] * 4, True]
    assert picture.blocks[3].left == picture.blocks[3].end
    assert picture.blocks[4].left == picture.blocks[4].begin


def test_the_small_steps_of_2020_can_be_seen():
    picture = picture_of(BRIDGE)
    widths = [block.width for block in picture.blocks if not block.is_total]
    assert min(widths) > 3
    assert widths[2] / widths[0] == pytest.approx(668 / 338, rel=0.01)


def test_the_grid_of_2020_stands_at_round_amounts():
    picture = picture_of(BRIDGE)
    assert 2 <= len(picture.lines) <= 6
    assert all(won % (50 * MILLION) == 0 for won, _place in picture.lines)


@given(STEPS)
def test_every_block_lies_within_the_picture(steps: list[StepRow]):
    for block in picture_of(steps).blocks:
        assert 0 <= block.left <= block.left + block.width <= 100.001
        assert {block.begin, block.end} == {block.left, max(block.begin, block.end)}


@given(STEPS)
def test_every_block_begins_where_the_step_before_it_ended(steps: list[StepRow]):
    blocks = picture_of(steps).blocks
    assert blocks[0].before is None
    assert [block.before for block in blocks[1:]] == [block.end for block in blocks[:-1]]
    for before, block in pairwise(blocks):
        if not block.is_total:
            assert block.begin == before.end


@given(STEPS)
def test_blocks_are_as_wide_as_their_amounts(steps: list[StepRow]):
    picture = picture_of(steps)
    for block in picture.blocks:
        width = 0 if block.is_total else abs(block.step.amount)
        assert block.width == pytest.approx(
            width * 100 / (picture.last - picture.first), abs=0.0021
        )
        if block.is_total:
            place = (block.step.amount - picture.first) * 100 / (picture.last - picture.first)
            assert block.end == pytest.approx(place, abs=0.001)


@given(STEPS)
def test_grid_lines_lie_inside_the_picture_at_their_amounts(steps: list[StepRow]):
    picture = picture_of(steps)
    assert len(picture.lines) <= 8
    for won, place in picture.lines:
        assert 0 < place < 100
        assert picture.first < won < picture.last
        assert place == pytest.approx(
            (won - picture.first) * 100 / (picture.last - picture.first), abs=0.001
        )


def test_steps_that_do_not_add_up_leave_a_gap_that_is_seen():
    picture = picture_of(
        [
            step(StepNature.ORIGINAL, 100),
            step(StepNature.DEEMED, 10),
            step(StepNature.CURRENT, 120),
        ]
    )
    last = picture.blocks[-1]
    assert last.before is not None and last.before < last.end


@pytest.mark.parametrize("steps", [(), BRIDGE[:1]])
def test_fewer_than_two_steps_make_no_picture(steps: tuple[StepRow, ...]):
    assert build_waterfall(steps) is None


def overlap(one: Area, other: Area) -> float:
    """Return how far two areas reach into each other: the lesser of both directions."""
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return min(wide, high)


def check_areas(amounts: list[int], areas: tuple[Area, ...], width: float, height: float) -> None:
    total = sum(amounts)
    assert {area.index for area in areas} == {place for place, won in enumerate(amounts) if won}
    for area in areas:
        assert -ROUNDING <= area.x and area.x + area.width <= width + 2 * ROUNDING
        assert -ROUNDING <= area.y and area.y + area.height <= height + 2 * ROUNDING
        exact = amounts[area.index] * width * height / total
        lost = ROUNDING * (area.width + area.height + 1)
        assert area.width * area.height == pytest.approx(exact, abs=lost)
    for one, other in combinations(areas, 2):
        assert overlap(one, other) <= 2 * ROUNDING


@given(
    st.lists(st.integers(0, 10**11), min_size=1, max_size=25).filter(any),
    st.integers(100, 2000),
    st.integers(100, 2000),
)
def test_areas_fill_the_picture_in_proportion_and_none_overlaps(
    amounts: list[int], width: int, height: int
):
    areas = build_treemap(amounts, float(width), float(height))
    check_areas(amounts, areas, float(width), float(height))
    lost = sum(ROUNDING * (area.width + area.height + 1) for area in areas)
    assert sum(area.width * area.height for area in areas) == pytest.approx(
        width * height, abs=lost
    )


def test_the_programmes_of_2020_are_no_thin_strips():
    amounts = [won * MILLION for won in PROGRAMMES_2020]
    areas = build_treemap(amounts, WIDTH, HEIGHT)
    check_areas(amounts, areas, WIDTH, HEIGHT)
    assert all(
        max(area.width, area.height) < 4 * min(area.width, area.height)
        for area in areas
        if amounts[area.index] >= 268 * MILLION
    )


@given(st.lists(st.integers(-(10**11), 10**11), max_size=20))
def test_only_amounts_above_zero_have_an_area_the_largest_first(amounts: list[int]):
    areas = build_treemap(amounts, WIDTH, HEIGHT)
    shown = [amounts[area.index] for area in areas]
    assert shown == sorted((won for won in amounts if won > 0), reverse=True)


@pytest.mark.parametrize("small", [1, 10**3, 10**6])
def test_amounts_that_vanish_beside_a_huge_one_are_no_error(small: int):
    areas = build_treemap([10**16, small, small], WIDTH, HEIGHT)
    assert areas[0].index == 0
    assert areas[0].width * areas[0].height == pytest.approx(WIDTH * HEIGHT, rel=0.001)
