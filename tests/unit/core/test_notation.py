"""How dates and figures are written in both languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import i18n
from portal.core.partial_dates import first_day, last_day, parse_partial_date

MONDAY = date(2020, 11, 9)


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "2020. 11. 9.(월)"), ("en", "Mon 9 Nov 2020")]
)
def test_a_day_is_written_in_the_style_of_its_language(language, words):
    assert i18n.write_day(MONDAY, language) == words


@pytest.mark.parametrize(
    ("first", "last", "korean", "english"),
    [
        (date(2020, 11, 3), date(2020, 11, 16), "11. 3.(화)–16.(월)", "Tue 3 – Mon 16 Nov"),
        (
            date(2020, 11, 20),
            date(2020, 12, 15),
            "11. 20.(금)–12. 15.(화)",
            "Fri 20 Nov – Tue 15 Dec",
        ),
        (date(2020, 11, 9), date(2020, 11, 9), "11. 9.(월)", "Mon 9 Nov"),
        (
            date(2020, 12, 31),
            date(2021, 1, 1),
            "2020. 12. 31.(목)–2021. 1. 1.(금)",
            "Thu 31 Dec 2020 – Fri 1 Jan 2021",
        ),
    ],
)
def test_a_stretch_of_days_says_each_part_once(first, last, korean, english):
    assert i18n.write_day_range(first, last, "ko") == korean
    assert i18n.write_day_range(first, last, "en") == english


@pytest.mark.parametrize(
    ("partial", "korean", "english"),
    [
        ("2018", "2018년", "2018"),
        ("2019-12", "2019. 12.", "Dec 2019"),
        ("2020-11-09", "2020. 11. 9.", "9 Nov 2020"),
    ],
)
def test_a_partial_day_shows_only_what_is_known(partial, korean, english):
    assert i18n.write_partial_day(partial, "ko") == korean
    assert i18n.write_partial_day(partial, "en") == english


def test_a_negative_number_has_a_real_minus():
    assert i18n.write_number(-1597) == "\u22121,597"


@pytest.mark.parametrize(
    ("won", "korean", "english"),
    [
        (16_854_000_000, "168억 5,400만 원", "16,854,000,000 won"),
        (30_000_000, "3,000만 원", "30,000,000 won"),
        (-668_000_000, "\u22126억 6,800만 원", "\u2212668,000,000 won"),
        (0, "0 원", "0 won"),
        (12_345, "1만 2,345 원", "12,345 won"),
    ],
)
def test_money_is_written_exactly_in_the_units_people_say(won, korean, english):
    assert i18n.write_won(won, "ko") == korean
    assert i18n.write_won(won, "en") == english


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_partial_day_reaches_from_its_first_to_its_last_day(day):
    for partial in (f"{day:%Y}", f"{day:%Y-%m}", day.isoformat()):
        assert first_day(partial) <= day <= last_day(partial)


@pytest.mark.parametrize("text", ["", "20", "2020-13", "2020-02-30", "2020-1", "09.11.2020"])
def test_nonsense_is_no_partial_date(text):
    with pytest.raises(ValueError):
        parse_partial_date(text)
