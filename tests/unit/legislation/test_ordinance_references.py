"""References in an ordinance: its own articles, and never a law's taken for one of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.legislation.rules.references import ReferenceKind, find_references
from tests.unit.legislation.texts import WORDS

OWN, LAW = ReferenceKind.OWN, ReferenceKind.LAW
ORDINANCE, UNSURE = ReferenceKind.ORDINANCE, ReferenceKind.UNSURE
TITLE = "한빛시 회의실 개방 조례"


def found(text: str) -> list[tuple[str, ReferenceKind, str | None]]:
    return [
        (text[reference.start : reference.end], reference.kind, reference.anchor)
        for reference in find_references(text, TITLE)
    ]


@pytest.mark.parametrize(
    ("text", "printed", "anchor"),
    [
        ("제7조에 따라", "제7조", "article-7"),
        ("의장은 제7조제2항에 따른", "제7조제2항", "article-7"),
        ("제3조의2제1항제4호에", "제3조의2제1항제4호", "article-3-2"),
        ("제33조 제1항 제6호 아목을", "제33조 제1항 제6호 아목", "article-33"),
        ("제1항제1호의2다목 및 제5조제1호의2다목을", "제5조제1호의2다목", "article-5"),
        ("등록일(제7조에 따라", "제7조", "article-7"),
        ("이 조례 제29조 각 호", "제29조", "article-29"),
        ("제7조의 규정", "제7조", "article-7"),
    ],
)
def test_an_article_alone_is_the_ordinances_own(text: str, printed: str, anchor: str):
    assert found(text) == [(printed, OWN, anchor)]


@pytest.mark.parametrize(
    "text", ["같은 조 제2항", "제2항제1호", "별지 제3호서식", "제3장", "제12345조"]
)
def test_what_names_no_article_is_left_alone(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "「지방자치법」 제22조",
        "「지방자치법」제22조제1항제3호",
        "｢지방자치법｣ 제22조",
        '「지방자치법」(이하 "법"이라 한다) 제22조',
        "「지방자치법」의 제22조",
        "법 제22조",
        "같은 법 시행령 제22조",
        "영 제22조",
        "회의규칙 제22조",
        "헌법 제22조",
        "SOFA 제22조",
    ],
)
def test_an_article_of_a_law_is_not_the_ordinances_own(text: str):
    *_, (_, kind, anchor) = found(text)
    assert (kind, anchor) == (LAW, "article-22")


def test_a_list_behind_a_law_belongs_to_it():
    text = "법 제52조, 제83조제1항 단서 및 제2항, 제90조부터 제92조까지와 제103조ㆍ제104조에 따라"
    assert [kind for _, kind, _ in found(text)] == [LAW] * 6


def test_a_later_article_of_the_same_sentence_stays_unsure():
    text = "「가법」 제32조에 따른 기관장 및 제34조의 장은 이 조례 제5조에 따른다. 다만, 제6조는"
    assert [kind for _, kind, _ in found(text)] == [LAW, LAW, UNSURE, OWN, OWN]


def test_a_law_named_without_an_article_leaves_the_next_one_alone():
    assert found("「가법」에 따른 법인은 제5조에")[-1] == ("제5조", OWN, "article-5")


def test_articles_before_a_law_stay_own():
    text = "제3조와 「가법」 제5조에 따라. 제7조는"
    assert [kind for _, kind, _ in found(text)] == [OWN, LAW, LAW, OWN]


def test_other_ordinances_are_named_with_their_articles():
    text = "「한빛시 공유재산 관리 조례」 제8조의2 및 제9조에"
    name, first, second = find_references(text, TITLE)
    assert (name.kind, name.name, name.anchor) == (ORDINANCE, "한빛시 공유재산 관리 조례", None)
    assert (first.kind, first.name, first.anchor) == (ORDINANCE, name.name, "article-8-2")
    assert (second.kind, second.name, second.anchor) == (ORDINANCE, name.name, "article-9")


def test_the_ordinances_own_name_leads_to_its_own_articles():
    text = "「한빛시 회의실  개방 조례」 제8조"
    assert [(kind, anchor) for _, kind, anchor in found(text)] == [(OWN, None), (OWN, "article-8")]


def test_a_particle_is_not_the_word_that_means_this_ordinance():
    assert found("위원이 조례 제3조에")[0][1] is ORDINANCE


def test_articles_before_a_renumbering_are_not_linked():
    assert found("종전 제8조는")[0][1] is UNSURE
    assert found("종전의 제8조는")[0][1] is UNSURE


@given(st.lists(WORDS | st.text("「」제조의1.다법 ,(및", max_size=30), max_size=4).map("".join))
def test_references_stand_in_order_and_never_overlap(text: str):
    place = 0
    for reference in find_references(text, TITLE):
        assert place <= reference.start < reference.end <= len(text)
        assert text[reference.start] in "제「｢『"
        place = reference.end
