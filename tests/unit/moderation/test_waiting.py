"""Who answers for whom, what is overdue, and what lacks its English."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.moderation.rules import (
    MOVES,
    LanguageState,
    Move,
    PublicationState,
    answering,
    climbed,
    is_overdue,
    language_of,
    standing_in,
)

SINCE = datetime(2026, 3, 5, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_thing_climbs_one_step_each_time_the_patience_has_passed():
    assert [climbed(SINCE, SINCE + n * DAY / 2, DAY) for n in range(5)] == [0, 0, 1, 1, 2]
    assert not is_overdue(SINCE, SINCE + DAY / 2, DAY)
    assert is_overdue(SINCE, SINCE + DAY, DAY)


def test_no_patience_is_a_mistake():
    with pytest.raises(ValueError, match="Patience"):
        climbed(SINCE, SINCE, timedelta())


def test_the_last_of_a_chain_keeps_what_climbs_further():
    assert [answering(("a", "b"), steps) for steps in range(4)] == ["a", "b", "b", "b"]


@given(st.dictionaries(st.sampled_from("abcd"), st.sampled_from("abcd")))
def test_somebody_always_answers_and_is_not_absent_but_in_a_circle(deputies: dict[str, str]):
    answerer = standing_in("a", deputies)
    assert answerer == "a" or answerer not in deputies


def test_a_deputys_deputy_answers():
    assert standing_in("a", {"a": "b", "b": "c"}) == "c"
    assert standing_in("a", {"a": "b", "b": "a"}) == "a"


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"name": "가", "name_en": "A", "items": None}, LanguageState.BOTH),
        ({"name": "가", "name_en": None}, LanguageState.ENGLISH_MISSING),
        ({"note": None, "note_en": "A", "name": "가", "name_en": ""}, LanguageState.KOREAN_MISSING),
        ({"note": None, "note_en": None}, LanguageState.BOTH),
    ],
)
def test_a_text_without_its_twin_is_told(fields: dict[str, object], state: LanguageState):
    assert language_of(fields) is state


def test_every_state_is_reached_and_only_review_leads_to_the_public():
    reached = {rule.target for rule in MOVES.values()}
    assert reached == set(PublicationState)
    opening = {
        move
        for move, rule in MOVES.items()
        if rule.target is PublicationState.PUBLISHED
        and PublicationState.PUBLISHED not in rule.sources
    }
    assert opening == {Move.PUBLISH, Move.RELEASE}
    assert MOVES[Move.SCHEDULE].needs_another
    assert MOVES[Move.PUBLISH].needs_another
