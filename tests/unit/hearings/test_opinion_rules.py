"""Opinions: what is shown of a name, which texts say the same, and the table of moves."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.form_keys import is_key
from portal.hearings.rules.opinions import (
    LONGEST_NAME,
    MOVES,
    NameShown,
    ObjectionState,
    OpinionMove,
    OpinionState,
    can_move,
    digest_of_text,
    initials,
    name_to_show,
)

NAMES = st.text(max_size=LONGEST_NAME)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("홍길동", "홍○○"),
        ("홍 길동", "홍○○"),
        ("남궁민수", "남○○○"),
        ("홍", "홍○"),
        ("洪吉童", "洪○○"),
        (unicodedata.normalize("NFD", "홍길동"), "홍○○"),
        ("jane doe", "J. D."),
        ("Jane", "J."),
        ("Groß ßeta", "G. ß."),
        ("", ""),
    ],
)
def test_initials_tell_the_beginning_alone(name: str, shown: str) -> None:
    assert initials(name) == shown


@given(NAMES)
def test_what_is_shown_of_a_name_fits_its_column(name: str) -> None:
    for shown in NameShown:
        told = name_to_show(name, shown)
        assert told is None or 0 < len(told) <= 80
        assert told is None or "\n" not in told


@given(st.text(st.sampled_from("가나다라마바사"), min_size=2, max_size=LONGEST_NAME))
def test_a_korean_name_keeps_one_letter(name: str) -> None:
    told = name_to_show(name, NameShown.INITIALS)
    assert told is not None
    assert [letter for letter in told if letter != "○"] == [name[0]]


@given(
    st.lists(st.text(st.characters(categories=("Lu", "Ll")), min_size=2), min_size=1, max_size=9)
)
def test_of_each_word_nothing_but_its_first_letter_is_told(words: list[str]) -> None:
    told = initials(" ".join(words))
    assert len(told.split()) <= len(words)
    assert all(len(part) <= 2 for part in told.split())


@given(NAMES)
def test_who_is_not_shown_is_not_shown(name: str) -> None:
    assert name_to_show(name, NameShown.NONE) is None


def test_signs_that_turn_the_writing_are_left_out() -> None:
    assert name_to_show("홍\u202e길동\u200b", NameShown.FULL) == "홍 길동"


@given(st.text())
def test_the_same_text_has_one_digest_of_its_length(text: str) -> None:
    assert digest_of_text(text) == digest_of_text(f"  {text}\n")
    assert len(digest_of_text(text)) == 64


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("찬성합니다.", "찬성 합니다!!", True),
        ("YES please", "yes, please", True),
        ("찬성합니다", "반대합니다", False),
        ("예산을 1.5배로", "예산을 15배로", False),
        ("👍", "👎", False),
        ("3-4번 버스", "34번 버스", False),
    ],
)
def test_texts_say_the_same_by_their_letters_and_numbers(one: str, other: str, same: bool) -> None:
    assert (digest_of_text(one) == digest_of_text(other)) is same


def test_an_objection_is_decided_once_and_what_was_restored_stays() -> None:
    for move in (OpinionMove.RESTORE, OpinionMove.UPHOLD):
        allowed = {o for o in ObjectionState if can_move(OpinionState.HIDDEN, o, move)}
        assert allowed == {ObjectionState.OPEN}
    restored = (OpinionState.PUBLISHED, ObjectionState.RESTORED)
    assert {move for move in OpinionMove if can_move(*restored, move)} == {OpinionMove.CHANGE}
    upheld = (OpinionState.HIDDEN, ObjectionState.UPHELD)
    assert not any(can_move(*upheld, move) for move in OpinionMove)


def test_every_move_has_its_line_in_the_table() -> None:
    assert set(MOVES) == set(OpinionMove)


@pytest.mark.parametrize(
    ("text", "fits"), [("a" * 22, True), ("a" * 21, False), ("a/" * 11, False), ("", False)]
)
def test_a_key_has_a_shape(text: str, fits: bool) -> None:
    assert is_key(text) is fits
