"""Hangul as letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.hangul import (
    first_initial,
    initials,
    is_initials,
    romanise,
    romanise_name,
)

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1)


def test_initials_are_the_first_consonants():
    assert initials("김정태") == "ㄱㅈㅌ"


def test_a_doubled_consonant_stands_with_its_single_one():
    assert first_initial("까치") == "ㄱ"


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("김정태", "Gim Jeong-tae"),
        ("최웅식", "Choe Ung-sik"),
        ("여명", "Yeo Myeong"),
        ("황규복", "Hwang Gyu-bok"),
    ],
)
def test_names_are_romanised_by_the_rule(name, latin):
    assert romanise_name(name) == latin


def test_a_name_in_latin_letters_stays():
    assert romanise_name("Ada Lovelace") == "Ada Lovelace"


@given(SYLLABLES)
def test_every_syllable_becomes_latin_letters(text):
    assert romanise(text).isascii()
    assert romanise(text)


@given(SYLLABLES)
def test_initials_are_as_many_as_syllables_and_can_be_searched(text):
    assert len(initials(text)) == len(text)
    assert is_initials(initials(text))
