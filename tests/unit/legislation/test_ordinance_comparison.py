"""The difference of two texts of an ordinance, article by article."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from portal.legislation.rules import comparison, matching
from portal.legislation.rules.comparison import Pair, State, compare_texts
from portal.legislation.rules.text import Article, Heading, HeadingUnit, OrdinanceText
from portal.moderation.rules import PieceKind, new_text, old_text
from tests.unit.legislation.texts import (
    ARTICLES,
    HEADINGS,
    article,
    numbered_addendum,
    ordinance,
    texts,
)

PURPOSE = "이 조례는 회의실을 시민에게 여는 데 필요한 사항을 규정함을 목적으로 한다."
HOURS = "회의실은 평일 오전 아홉 시부터 오후 여섯 시까지 연다. <개정 2008.3.12>"
RIGHTS = "누구든지 함께 쓸 권리를 가지며, 의회는 이를 알리고 지켜야 한다."
GONE = "삭제 <2020.3.26>"
#: Few texts, each of which may stand under each number: so that articles move.
FEW = texts(
    st.builds(
        article,
        st.integers(1, 4),
        st.sampled_from([PURPOSE, HOURS, HOURS.replace("여섯", "일곱"), RIGHTS, GONE]),
        st.integers(0, 1),
    )
)
SWAPPED = {State.ADDED: State.REMOVED, State.REMOVED: State.ADDED}


def states(*pairs: Pair[Article]) -> list[tuple[State, int | None, int | None]]:
    return [
        (pair.state, pair.old.number if pair.old else None, pair.new.number if pair.new else None)
        for pair in pairs
    ]


@given(texts(ARTICLES | HEADINGS))
def test_a_text_compared_with_itself_is_unchanged(text: OrdinanceText):
    found = compare_texts(text, text)
    pairs = (*found.headings, *found.articles, *found.addenda)
    assert {pair.state for pair in pairs} <= {State.UNCHANGED}
    assert not any(pair.changes_words for pair in pairs)
    assert found.counts[State.UNCHANGED] == len(text.articles)


@given(FEW, FEW)
def test_swapping_the_texts_swaps_what_was_added_and_removed(
    old: OrdinanceText, new: OrdinanceText
):
    there, back = compare_texts(old, new), compare_texts(new, old)
    for name in ("headings", "articles", "addenda"):
        forth = Counter((p.state, p.old, p.new) for p in getattr(there, name))
        assert forth == Counter(
            (SWAPPED.get(p.state, p.state), p.new, p.old) for p in getattr(back, name)
        )


@given(FEW, FEW)
def test_each_article_stands_in_one_pair_and_the_pieces_give_both_texts(
    old: OrdinanceText, new: OrdinanceText
):
    pairs = compare_texts(old, new).articles
    assert Counter(pair.old for pair in pairs if pair.old) == Counter(old.articles)
    assert tuple(pair.new for pair in pairs if pair.new) == new.articles
    for pair in pairs:
        assert old_text(pair.pieces) == (matching.body_of(pair.old) if pair.old else "")
        assert new_text(pair.pieces) == (matching.body_of(pair.new) if pair.new else "")


def test_an_article_put_between_moves_those_behind_it():
    old = ordinance(article(1, PURPOSE), article(2, HOURS), article(3, GONE))
    new = ordinance(
        article(1, PURPOSE), article(2, RIGHTS), article(3, HOURS.replace("여섯", "일곱"))
    )
    found = compare_texts(old, new)
    assert states(*found.articles) == [
        (State.UNCHANGED, 1, 1),
        (State.ADDED, None, 2),
        (State.MOVED, 2, 3),
        (State.REMOVED, 3, None),
    ]
    moved = found.articles[2]
    (removed,) = (piece for piece in moved.pieces if piece.kind is PieceKind.REMOVED)
    assert removed.text.strip() == "여섯"
    assert found.counts[State.MOVED] == 1


def test_the_same_words_elsewhere_come_before_similar_ones_under_the_same_number():
    old = ordinance(article(1, HOURS))
    new = ordinance(article(1, HOURS.replace("여섯", "일곱")), article(2, HOURS))
    assert states(*compare_texts(old, new).articles) == [
        (State.ADDED, None, 1),
        (State.MOVED, 1, 2),
    ]


def test_what_was_rewritten_under_its_number_is_changed():
    found = compare_texts(ordinance(article(2, HOURS)), ordinance(article(2, RIGHTS)))
    assert states(*found.articles) == [(State.CHANGED, 2, 2)]


def test_deleted_articles_are_not_taken_for_moved_ones():
    old = ordinance(article(1, PURPOSE), article(2, GONE), article(3, HOURS))
    new = ordinance(article(1, PURPOSE), article(2, HOURS), article(4, GONE))
    assert states(*compare_texts(old, new).articles) == [
        (State.UNCHANGED, 1, 1),
        (State.REMOVED, 2, None),
        (State.MOVED, 3, 2),
        (State.ADDED, None, 4),
    ]


def test_a_new_mark_alone_changes_no_words():
    old, new = article(2, HOURS), article(2, HOURS.replace("12>", "12, 2020.3.26>"))
    (pair,) = compare_texts(ordinance(old), ordinance(new)).articles
    assert (pair.state, pair.changes_words) == (State.CHANGED, False)
    (pair,) = compare_texts(ordinance(old), ordinance(replace(old, title="시간"))).articles
    assert (pair.state, pair.changes_words) == (State.CHANGED, True)


def test_the_two_sides_are_shown_beside_each_other():
    old, new = ordinance(article(2, "날마다 연다.")), ordinance(article(2, "평일에 연다."))
    (pair,) = compare_texts(old, new).articles
    assert "".join(piece.text for piece in pair.sides.old) == "(제목)\n날마다 연다."
    assert "".join(piece.text for piece in pair.sides.new) == "(제목)\n평일에 연다."


def test_headings_and_addenda_are_compared_too():
    old = ordinance(Heading(HeadingUnit.CHAPTER, 1, 0, "총칙"), addenda=(numbered_addendum(1),))
    new = ordinance(
        Heading(HeadingUnit.CHAPTER, 1, 0, "총칙 <개정 2020.3.26>"),
        Heading(HeadingUnit.CHAPTER, 2, 0, "보칙"),
        addenda=(numbered_addendum(1), numbered_addendum(2)),
    )
    found = compare_texts(old, new)
    assert [pair.state for pair in found.headings] == [State.CHANGED, State.ADDED]
    assert not found.headings[0].changes_words
    assert [pair.state for pair in found.addenda] == [State.UNCHANGED, State.ADDED]


def test_a_renamed_ordinance_says_so():
    old = replace(ordinance(), title="한빛시 옛 조례")
    assert new_text(compare_texts(old, ordinance()).title) == "한빛시 시험 조례"


def test_too_many_moved_articles_are_not_looked_for(monkeypatch):
    old = ordinance(article(1, HOURS), article(2, RIGHTS))
    new = ordinance(article(1, RIGHTS + " 또한."), article(2, HOURS + " 또한."))
    assert {pair.state for pair in compare_texts(old, new).articles} == {State.MOVED}
    monkeypatch.setattr(matching, "MOST_LOOKUPS", 10)
    assert {pair.state for pair in compare_texts(old, new).articles} == {State.CHANGED}


def test_what_would_take_too_long_to_compare_is_shown_as_replaced(monkeypatch):
    old, new = article(1, HOURS), article(1, HOURS.replace("여섯", "일곱"))
    again = article(2, RIGHTS), article(2, RIGHTS.replace("권리", "의무"))
    signs = 2 * len(matching.body_of(old))
    monkeypatch.setattr(comparison, "MOST_SIGNS", signs)
    first, second = compare_texts(ordinance(old, again[0]), ordinance(new, again[1])).articles
    assert len(first.pieces) > 2
    assert [piece.kind for piece in second.pieces] == [PieceKind.REMOVED, PieceKind.ADDED]
    assert second.state is State.CHANGED
