"""The rule of the line: who is served, who is passed over, and when a hold or offer ends."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.places.rules import Handing, InLine, Terms, deadline, hand_out

AT = datetime(2020, 11, 9, 10, tzinfo=UTC)
LINES = st.lists(st.tuples(st.integers(1, 6), st.integers(0, 4)), max_size=12).map(
    lambda pairs: [InLine(number, *pair) for number, pair in enumerate(pairs, 1)]
)


def test_parties_are_served_in_order_while_they_fit() -> None:
    line = [InLine(1, 2), InLine(2, 3), InLine(3, 1)]
    assert hand_out(6, 6, line, 3) == Handing(served=(1, 2, 3))


def test_a_party_that_does_not_fit_is_passed_over_and_counted() -> None:
    line = [InLine(1, 4), InLine(2, 1), InLine(3, 1)]
    assert hand_out(2, 10, line, 3) == Handing(served=(2, 3), passed=(1, 1))


def test_after_so_many_passes_places_are_kept_for_the_head() -> None:
    line = [InLine(1, 4, passes=2), InLine(2, 1), InLine(3, 1)]
    assert hand_out(2, 10, line, 3) == Handing(served=(2,), passed=(1,))
    assert hand_out(1, 10, [InLine(1, 4, passes=3), InLine(3, 1)], 3) == Handing()


def test_nobody_waits_for_a_party_larger_than_the_room() -> None:
    line = [InLine(1, 6, passes=9), InLine(2, 2)]
    assert hand_out(2, 5, line, 0) == Handing(served=(2,))


def test_without_limit_everybody_is_served() -> None:
    assert hand_out(None, None, [InLine(1, 4), InLine(2, 9)], 0).served == (1, 2)


@given(st.integers(0, 12), LINES, st.integers(0, 4))
def test_never_more_people_than_free_places_and_never_twice(
    free: int, line: list[InLine], most: int
) -> None:
    handing = hand_out(free, 12, line, most)
    sizes = {party.claim_id: party.size for party in line}
    assert sum(sizes[claim] for claim in handing.served) <= free
    assert len(set(handing.served)) == len(handing.served)
    assert not set(handing.passed) & set(handing.served)


@given(st.integers(0, 12), LINES, st.integers(0, 4))
def test_nobody_behind_a_party_that_was_passed_over_enough_is_served(
    free: int, line: list[InLine], most: int
) -> None:
    served = hand_out(free, 12, line, most).served
    for party in line:
        if party.claim_id not in served and party.passes >= most:
            assert all(claim < party.claim_id for claim in served)


@given(st.integers(0, 12), LINES)
def test_what_fits_at_the_head_is_never_left_waiting(free: int, line: list[InLine]) -> None:
    served = hand_out(free, 12, line, 3).served
    if line and line[0].size <= free:
        assert served[0] == line[0].claim_id


@given(
    st.integers(0, 96), st.integers(0, 24), st.integers(0, 200).map(lambda n: timedelta(hours=n))
)
def test_no_deadline_lies_in_the_past_or_after_the_beginning(
    hours: int, rest: int, ahead: timedelta
) -> None:
    terms = Terms(capacity=1, rest_hours=rest, starts_at=AT + ahead)
    until = deadline(terms, AT, hours)
    assert AT <= until <= max(AT + timedelta(hours=hours), AT)
    assert until <= AT + ahead


def test_an_offer_ends_two_hours_before_or_after_a_day() -> None:
    terms = Terms(capacity=1, starts_at=AT + timedelta(hours=10))
    assert deadline(terms, AT, 24) == AT + timedelta(hours=8)
    assert deadline(terms, AT, 4) == AT + timedelta(hours=4)
    assert deadline(Terms(capacity=1), AT, 24) == AT + timedelta(hours=24)


def test_shortly_before_an_offer_stands_for_an_hour() -> None:
    terms = Terms(capacity=1, starts_at=AT + timedelta(hours=2))
    assert deadline(terms, AT, 24) == AT + timedelta(hours=1)
