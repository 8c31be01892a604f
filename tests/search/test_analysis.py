"""Texts and questions are taken apart by one rule."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.analysis import (
    bare,
    compact,
    normalise,
    spellings,
    starts_of,
    tokens_of,
    tokens_of_word,
)
from portal.search.questions import LONGEST_QUESTION, MOST_TOKENS, ask, translate, words_of_group

HANGUL = st.text("가나다라마바사아자차카타파하의회예산민원", min_size=1, max_size=12)
ANY_TEXT = st.text(max_size=400)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("예산 집행", ["예산", "산집", "집행"]),
        ("제298회 임시회", ["제", "298", "회임", "임시", "시회"]),
        ("방청․참관", ["방청", "청참", "참관"]),
        ("방청ㆍ참관", ["방청", "청참", "참관"]),
        ("AI-기반 T/F팀", ["ai", "기반", "t", "f", "팀"]),
        ("끝났다. 다음", ["끝났", "났다", "다음"]),
    ],
)
def test_korean_becomes_pairs_and_the_rest_stays_whole(text: str, tokens: list[str]):
    assert tokens_of(text, "ko") == tokens


def test_english_is_reduced_to_stems_without_little_words():
    assert tokens_of("The public hearings of 2020", "en") == ["public", "hear", "2020"]


@given(HANGUL, HANGUL)
def test_spaces_do_not_matter_within_a_text(first: str, second: str):
    assert tokens_of(f"{first} {second}", "ko") == tokens_of(first + second, "ko")


@given(ANY_TEXT)
def test_composed_and_decomposed_texts_are_the_same(text: str):
    decomposed = unicodedata.normalize("NFD", text)
    assert tokens_of(decomposed, "ko") == tokens_of(unicodedata.normalize("NFC", text), "ko")


@pytest.mark.parametrize(
    ("word", "left"),
    [
        ("예산의", "예산"),
        ("집행에서는", "집행"),
        ("방청하려면", "방청"),
        ("의의", "의의"),
        ("은", "은"),
    ],
)
def test_a_particle_is_left_out_when_two_syllables_remain(word: str, left: str):
    assert bare(word) == left


def test_a_title_is_found_whole_without_its_tail():
    assert spellings("청년 기본 조례") == ("청년기본조례", "청년기본")


def test_a_title_is_suggested_by_each_word_and_by_consonants():
    assert {"공", "공청회", "ㄱㅊㅎ", "일정", "ㅇㅈ"} <= set(starts_of("공청회 일정"))


@given(ANY_TEXT)
def test_whatever_is_typed_becomes_a_bounded_question(text: str):
    for language in ("ko", "en"):
        question = ask(text, language, (("민원", "신문고"), ("complaint", "민원")))
        assert len(question.tokens) <= MOST_TOKENS
        assert len(question.text) <= LONGEST_QUESTION
        assert all(all(alternatives) for alternatives in question.words)


@given(st.text(alphabet=st.characters(), max_size=200))
def test_tokens_hold_letters_and_figures_only(text: str):
    for token in (*tokens_of(text, "ko"), *tokens_of(text, "en"), compact(text)):
        assert "'" not in token and " " not in token and "\x00" not in token


def test_a_word_is_also_looked_up_by_what_means_the_same():
    question = ask("방청신청", "ko", (("방청", "참관", "gallery"),))
    assert question.words == ((tokens_of_word("방청신청"), tokens_of_word("참관신청")),)


def test_an_english_question_is_said_in_korean():
    groups = (words_of_group("공청회, public hearing, hearing"),)
    assert translate("Public Hearings 2020", groups) == "공청회 2020"


def test_text_is_compared_in_small_letters_and_full_width_signs_as_usual_ones():
    assert normalise("ＡＩ") == "ai"
