"""Words for people: every sentence has its Korean, and the Korean is written as agreed."""

import re

from portal.config import ROOT
from scripts.words import KOREAN, collect, faults, read_korean

_TAG = re.compile(r"<[a-z/][^>]*>")


def korean_texts() -> dict[str, str]:
    """Return the Korean of each sentence that has one, by its English."""
    pairs = ((_first(message.id), _first(message.string)) for message in read_korean())
    return {english: korean for english, korean in pairs if english and korean}


def _first(words: str | tuple[str, ...] | list[str]) -> str:
    """Return a sentence, or the first form of one that counts something."""
    return words if isinstance(words, str) else words[0]


def test_every_sentence_has_its_korean() -> None:
    assert list(faults()) == []


def test_the_catalogue_holds_no_sentence_that_nobody_says() -> None:
    said = {_first(message.id) for message in collect()}
    assert sorted(set(korean_texts()) - said) == []


def test_the_template_of_translations_is_up_to_date() -> None:
    pot = (ROOT / "translations" / "messages.pot").read_text(encoding="utf-8")
    missing = [m.id for m in collect() if isinstance(m.id, str) and m.id and not _is_in(m.id, pot)]
    assert missing == []


def _is_in(sentence: str, pot: str) -> bool:
    """Say whether a sentence stands in a file that breaks its lines."""
    joined = pot.replace('"\n"', "").replace('\\"', '"')
    return sentence in joined


def test_sentences_hold_no_markup() -> None:
    both = [*korean_texts(), *korean_texts().values()]
    assert [text for text in both if _TAG.search(text)] == []


def test_korean_ends_its_sentences_where_the_english_does() -> None:
    ends = (".", "?", "!", ":")
    wrong = [
        (english, korean)
        for english, korean in korean_texts().items()
        if english.endswith(ends) and not korean.endswith(ends)
    ]
    assert wrong == []


def test_korean_is_polite() -> None:
    # The house style is -습니다; plain endings belong to notes among colleagues.
    plain = re.compile(r"(?<!니)(?:한|된|있|없|였|았|었)다\.")
    assert [k for k in korean_texts().values() if plain.search(k)] == []


def test_korean_asks_in_one_voice() -> None:
    assert [k for k in korean_texts().values() if "십시오" in k] == []


def test_korean_leaves_out_none_of_the_places() -> None:
    place = re.compile(r"%\((\w+)\)s")
    wrong = [
        english
        for english, korean in korean_texts().items()
        if set(place.findall(english)) - {"num"} != set(place.findall(korean)) - {"num"}
    ]
    assert wrong == []


def test_the_catalogue_is_where_the_portal_looks() -> None:
    assert KOREAN.is_relative_to(ROOT / "translations" / "ko")
