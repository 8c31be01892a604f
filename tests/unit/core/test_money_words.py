"""Money and rates in words and figures, and what comes in addresses and goes into cells."""

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from portal.core import filters, i18n
from portal.core.errors import BadAddress
from portal.core.params import read_choice
from portal.core.spreadsheets import safe_cell

MILLION, EOK = 1_000_000, 100_000_000
MINUS = "\u2212"
WON = st.integers(-(10**15), 10**15)


def seen(markup: Markup) -> str:
    return markup.striptags()


@pytest.mark.parametrize(
    ("won", "korean", "english"),
    [
        (27_766_000_000, "277억 6,600만 원", "27 billion 766 million won"),
        (-668_000_000, f"{MINUS}6억 6,800만 원", "minus 668 million won"),
        (66_745_000, "6,674만 5,000 원", "66 million 745 thousand won"),
        (1_000_000_001, "10억 1 원", "1 billion 1 won"),
        (999, "999 원", "999 won"),
        (0, "0 원", "0 won"),
        (1_234_000_000_000, "12,340억 원", "1,234 billion won"),
    ],
)
def test_money_is_said_in_words(won: int, korean: str, english: str):
    assert i18n.speak_won(won, "ko") == korean
    assert i18n.speak_won(won, "en") == english


@given(st.integers(-(10**15), 10**15))
def test_words_of_money_are_exact(won: int):
    sizes = {"billion": 10**9, "million": 10**6, "thousand": 10**3, "억": 10**8, "만": 10**4}
    for language in i18n.LANGUAGES:
        words = i18n.speak_won(won, language)
        parts = re.findall(r"([\d,]+) ?(billion|million|thousand|억|만)?", words)
        total = sum(int(count.replace(",", "")) * sizes.get(word, 1) for count, word in parts)
        assert (-total if words.startswith(("minus ", MINUS)) else total) == won


def test_the_words_follow_the_language_of_the_page(app: Flask):
    with app.test_request_context():
        assert seen(filters.won_words(27_766_000_000)) == "277억 6,600만 원"
        with i18n.in_language("en"):
            assert seen(filters.won_words(27_766_000_000)) == "27 billion 766 million won"
            assert 'title="27 billion 766 million won"' in filters.amount(27_766_000_000, MILLION)
        assert 'title="277억 6,600만 원"' in filters.amount(27_766_000_000, MILLION)


@pytest.mark.parametrize(
    ("won", "unit", "shown"),
    [
        (27_766_000_000, MILLION, "27,766"),
        (2_253_499_999, MILLION, "2,253"),
        (2_253_500_000, MILLION, "2,254"),
        (2_252_500_000, MILLION, "2,253"),
        (-668_000_000, MILLION, f"{MINUS}668"),
        (-668_500_000, MILLION, f"{MINUS}669"),
        (-499_999, MILLION, "0"),
        (-500_000, MILLION, f"{MINUS}1"),
        (66_745_000, 1000, "66,745"),
        (1_499, 1000, "1"),
        (1_500, 1000, "2"),
        (66_745_001, 1, "66,745,001"),
        (-5, 1, f"{MINUS}5"),
        (27_766_000_000, EOK, "277.7"),
        (16_854_000_000, EOK, "168.5"),
        (1_375_000_000, EOK, "13.8"),
        (-668_000_000, EOK, f"{MINUS}6.7"),
        (-4_999_999, EOK, "0.0"),
        (5_000_000, EOK, "0.1"),
        (99_950_000, EOK, "1.0"),
        (0, EOK, "0.0"),
        (0, MILLION, "0"),
    ],
)
def test_an_amount_is_rounded_half_up_in_its_unit(won: int, unit: int, shown: str):
    assert seen(filters.amount(won, unit)) == shown
    assert f'value="{won}"' in filters.amount(won, unit)


def test_an_amount_without_a_unit_is_in_won():
    assert seen(filters.amount(1_234)) == "1,234"


@given(WON, st.sampled_from((1, 1000, MILLION, EOK)))
def test_amounts_are_rounded_as_decimals_are(won: int, unit: int):
    places = Decimal("0.1") if unit == EOK else Decimal(1)
    shown = seen(filters.amount(won, unit)).replace(",", "").replace(MINUS, "-")
    assert Decimal(shown) == (Decimal(won) / unit).quantize(places, ROUND_HALF_UP)
    assert ("." in shown) == (unit == EOK)


@pytest.mark.parametrize(
    ("hundredths", "shown"),
    [
        (9782, "97.82%"),
        (6070, "60.7%"),
        (10000, "100.0%"),
        (6000, "60.0%"),
        (770, "7.7%"),
        (5, "0.05%"),
        (10, "0.1%"),
        (0, "0.0%"),
        (123_456, "1,234.56%"),
    ],
)
def test_a_rate_keeps_the_decimals_that_are_printed(hundredths: int, shown: str):
    assert seen(filters.rate(hundredths)) == shown


def test_a_choice_is_one_of_the_words_or_the_first(app: Flask):
    with app.test_request_context():
        assert read_choice("rate", ("amount", "rate")) == "rate"
        for empty in (None, ""):
            assert read_choice(empty, ("amount", "rate")) == "amount"


@pytest.mark.parametrize("text", ["Rate", "rate ", "amount,rate", "0", "<b>"])
def test_another_word_is_refused_and_all_words_are_told(app: Flask, text: str):
    with app.test_request_context(), pytest.raises(BadAddress) as caught:
        read_choice(text, ("amount", "rate"))
    assert "amount, rate" in str(caught.value)


def test_a_long_wrong_word_is_cut_in_the_message(app: Flask):
    with app.test_request_context(), pytest.raises(BadAddress) as caught:
        read_choice("x" * 5000, ("amount",))
    assert "x" * 40 in str(caught.value)
    assert "x" * 41 not in str(caught.value)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_would_run_in_a_spreadsheet_is_marked_as_text(start: str):
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("value", [-668, 0, 97.82, "의정활동 홍보", "a=b", "", True])
def test_other_cells_stay_as_they_are(value: object):
    assert safe_cell(value) == value


def test_what_is_not_known_is_an_empty_cell():
    assert safe_cell(None) == ""
