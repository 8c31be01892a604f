"""Hints for plain summaries: long sentences and hard words."""

import csv

import pytest

from portal.config import ROOT
from portal.legislation.rules.plain_words import (
    MOST_SIGNS,
    MOST_WORDS,
    hard_words_in,
    long_sentences,
    sentences_of,
)

KNOWN = {"제고": "높임", "기타": "그 밖의", "prior to": "before"}


def test_a_date_ends_no_sentence():
    text = "2020. 11. 9.(월)에 시작합니다. 누구나 올 수 있습니다!\n- 시청역"
    assert sentences_of(text) == (
        "2020. 11. 9.(월)에 시작합니다.",
        "누구나 올 수 있습니다!",
        "- 시청역",
    )


def test_korean_sentences_are_measured_in_signs():
    short, long = "가" * (MOST_SIGNS - 1) + ".", "나" * MOST_SIGNS + "."
    assert long_sentences(f"{short} {long}", "ko") == (long,)
    assert long_sentences("", "ko") == ()


def test_english_sentences_are_measured_in_words():
    short, long = "word " * MOST_WORDS, "word " * (MOST_WORDS + 1)
    assert long_sentences(f"{short.strip()}. {long.strip()}.", "en") == (f"{long.strip()}.",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("안전을 제고하고 기타 사항을 정합니다.", ["제고", "기타"]),
        ("기타 안전의 제고", ["기타", "제고"]),
        ("남의 집 문제고 내 일은 아닙니다.", []),
        ("Prior to the vote, priority is given.", ["prior to"]),
        ("", []),
    ],
)
def test_hard_words_are_found_where_a_word_begins(text: str, found: list[str]):
    assert hard_words_in(text, KNOWN) == tuple((word, KNOWN[word]) for word in found)


def test_no_plainer_word_is_hard_itself():
    with (ROOT / "data" / "legislation" / "hard_words.csv").open(encoding="utf-8") as file:
        known = {row["word"]: row["plainer"] for row in csv.DictReader(file)}
    assert len(known) >= 40
    assert {w: p for w, p in known.items() if hard_words_in(p, known)} == {}
