"""Differences of Korean texts: complete for the computer, readable for a person."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.moderation.rules import (
    Piece,
    PieceKind,
    diff,
    diff_fields,
    diff_texts,
    new_text,
    old_text,
)

KEPT, REMOVED, ADDED = PieceKind.KEPT, PieceKind.REMOVED, PieceKind.ADDED
WORDS = st.sampled_from(
    "의회는 의회가 의회 제298회 3,000원 3,500원 정례회를 a1".split() + [" ", "\n"]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=14).map("".join))


@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts_back(old: str, new: str):
    pieces = diff_texts(old, new)
    assert (old_text(pieces), new_text(pieces)) == (old, new)


@given(TEXTS, TEXTS)
def test_no_piece_is_empty_and_the_removed_stands_before_the_added(old: str, new: str):
    kinds = [piece.kind for piece in diff_texts(old, new)]
    assert all(piece.text for piece in diff_texts(old, new))
    assert (ADDED, REMOVED) not in list(zip(kinds, kinds[1:], strict=False))
    assert all(a is not b for a, b in zip(kinds, kinds[1:], strict=False))


@given(TEXTS)
def test_the_same_text_is_kept_whole(text: str):
    assert diff_texts(text, text) == ((Piece(KEPT, text),) if text else ())


@given(TEXTS, TEXTS)
def test_each_side_is_its_own_text(old: str, new: str):
    (field,) = diff_fields({"note": old}, {"note": new}) or (None,)
    if field is None:
        assert old == new
        return
    assert "".join(piece.text for piece in field.sides.old) == old
    assert "".join(piece.text for piece in field.sides.new) == new


def test_only_the_particle_is_struck_out():
    assert diff_texts("시의회는 엽니다.", "시의회가 엽니다.") == (
        Piece(KEPT, "시의회"),
        Piece(REMOVED, "는"),
        Piece(ADDED, "가"),
        Piece(KEPT, " 엽니다."),
    )


def test_a_number_is_never_cut_in_two():
    assert diff_texts("예산은 2020년부터는 는다", "예산은 2021년부터는 는다") == (
        Piece(KEPT, "예산은 "),
        Piece(REMOVED, "2020"),
        Piece(ADDED, "2021"),
        Piece(KEPT, "년부터는 는다"),
    )


def test_another_word_is_replaced_whole():
    assert diff_texts("본회의 날", "공청회 날") == (
        Piece(REMOVED, "본회의 "),
        Piece(ADDED, "공청회 "),
        Piece(KEPT, "날"),
    )


def test_an_added_word_leaves_its_neighbours_alone():
    assert diff_texts("2일에 정례회를 연다", "3일에 제298회 정례회를 연다") == (
        Piece(REMOVED, "2"),
        Piece(ADDED, "3"),
        Piece(KEPT, "일에 "),
        Piece(ADDED, "제298회 "),
        Piece(KEPT, "정례회를 연다"),
    )


def test_fields_that_stayed_are_left_out():
    (field,) = diff_fields({"name": "가", "items": 3}, {"name": "가", "items": None})
    assert (field.name, field.pieces) == ("items", (Piece(REMOVED, "3"),))


def test_what_would_take_too_long_to_compare_is_replaced():
    old, new = "가 나 " * 600, "나 가 가 " * 400
    kinds = [piece.kind for piece in diff_texts(f"앞\n{old}\n뒤", f"앞\n{new}\n뒤")]
    assert kinds == [KEPT, REMOVED, ADDED, KEPT]


def test_fields_share_what_may_be_compared(monkeypatch: pytest.MonkeyPatch):
    compared: list[int] = []

    class Counting(SequenceMatcher[str]):
        def __init__(self, junk: None, a: list[str], b: list[str], autojunk: bool) -> None:
            super().__init__(junk, a, b, autojunk)
            equal = sum(len(self.b2j.get(word, ())) for word in a)
            compared.append(equal * min(len(a), len(b)))

    monkeypatch.setattr(diff, "SequenceMatcher", Counting)
    old = {str(place): "가 나 " * 100 for place in range(60)}
    diff_fields(old, {name: "나 가 가 " * 80 for name in old})
    assert 0 < sum(compared) <= diff.MOST_COMPARISONS


def test_two_words_far_apart_in_a_long_text_are_told_by_themselves():
    lines = [" ".join(f"말{line}의{place}" for place in range(60)) for line in range(200)]
    old, new = "\n\n".join(["처음은", *lines, "끝은"]), "\n\n".join(["처음이", *lines, "끝이"])
    kinds = [piece.kind for piece in diff_texts(old, new)]
    assert kinds == [KEPT, REMOVED, ADDED, KEPT, REMOVED, ADDED]
