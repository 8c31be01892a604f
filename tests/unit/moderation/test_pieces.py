"""How much of a difference is shown at once."""

from hypothesis import given
from hypothesis import strategies as st

from portal.moderation.rules import FieldDiff, LineGroup, Piece, PieceKind, diff_texts

TEXTS = st.lists(st.sampled_from(["가", "나", "다을", "다를", "\n", " "]), max_size=60).map("".join)


def change(old: str, new: str) -> FieldDiff:
    return FieldDiff("body", diff_texts(old, new))


def words(first: int, last: int) -> str:
    return "".join(f"말{number} " for number in range(first, last))


def side(group: LineGroup) -> list[tuple[str, str]]:
    return [
        ("".join(piece.text for piece in line.old), "".join(piece.text for piece in line.new))
        for line in group.lines
    ]


def test_a_long_unchanged_middle_is_folded_with_some_words_in_sight():
    text = words(0, 40)
    first = change(f"가 {text}나", f"다 {text}라").stretches[2]
    assert first.piece.text + first.folded + first.end == text
    assert (first.piece.text, first.words, first.end) == (words(0, 8), 24, words(32, 40))


def test_what_stands_before_the_first_change_keeps_its_end_in_sight():
    stretch = change(words(0, 30) + "가", words(0, 30) + "나").stretches[0]
    assert (stretch.piece.text, stretch.end) == ("", words(22, 30))


def test_a_short_unchanged_text_is_shown_whole():
    assert all(
        not s.folded for s in change(f"가 {words(0, 20)}나", f"다 {words(0, 20)}라").stretches
    )


@given(TEXTS, TEXTS)
def test_folding_loses_nothing(old: str, new: str):
    diff = change(old, new)
    shown = "".join(s.piece.text + s.folded + s.end for s in diff.stretches)
    assert shown == "".join(piece.text for piece in diff.pieces)


@given(TEXTS, TEXTS)
def test_the_sides_hold_both_texts_but_for_line_breaks_they_share(old: str, new: str):
    lines = [pair for group in change(old, new).line_groups for pair in side(group)]
    for at, text in enumerate((old, new)):
        assert "".join(pair[at] for pair in lines).replace("\n", "") == text.replace("\n", "")


@given(TEXTS, TEXTS)
def test_no_changed_line_is_folded(old: str, new: str):
    groups = change(old, new).line_groups
    assert not any(line.is_changed for group in groups if group.is_folded for line in group.lines)


def test_one_unchanged_line_stays_in_sight_on_either_side():
    old = "하나\n둘\n셋\n넷을\n다섯\n여섯\n일곱\n"
    groups = change(old, old.replace("넷을", "넷도")).line_groups
    assert [(group.is_folded, [new for _, new in side(group)]) for group in groups] == [
        (True, ["하나", "둘"]),
        (False, ["셋", "넷도", "다섯"]),
        (True, ["여섯", "일곱"]),
    ]


def test_a_line_that_was_parted_stands_beside_its_two_parts():
    (group,) = change("가 나\n다", "가\n나\n다").line_groups
    assert side(group) == [("가 나", "가\n나"), ("다", "다")]


def test_a_piece_of_space_alone_says_that_nothing_is_seen():
    assert Piece(PieceKind.REMOVED, " \n").is_blank
    assert not Piece(PieceKind.REMOVED, " 가").is_blank
