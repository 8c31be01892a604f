"""Numbers and codes of complaints: unguessable, and found again however they are typed."""

import re

from hypothesis import given
from hypothesis import strategies as st

from portal.complaints.rules.codes import new_code, new_number, read_code, read_number

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = st.text(SIGNS, min_size=16, max_size=16).map(
    lambda signs: "-".join(signs[at : at + 4] for at in range(0, 16, 4))
)


def test_a_new_code_has_four_groups_of_four_signs():
    assert re.fullmatch(rf"[{SIGNS}]{{4}}(-[{SIGNS}]{{4}}){{3}}", new_code())
    assert len({new_code() for _ in range(1000)}) == 1000


def test_each_sign_of_a_code_is_drawn():
    drawn = set("".join(new_code() for _ in range(200))) - {"-"}
    assert drawn == set(SIGNS)


@given(
    code=CODES,
    between=st.sampled_from(["", " ", "-", "\u2013", "\u3000", "\uff0d", " - "]),
    is_small=st.booleans(),
    is_wide=st.booleans(),
)
def test_a_code_is_read_however_it_is_typed(code: str, between: str, is_small: bool, is_wide: bool):
    typed = code.lower() if is_small else code
    if is_wide:
        typed = "".join(chr(ord(c) + 0xFEE0) if c != "-" else c for c in typed)
    assert read_code(f" {typed.replace('-', between)}\n") == code


@given(code=CODES, letter=st.sampled_from("oOiIlL"))
def test_letters_that_look_like_figures_are_those_figures(code: str, letter: str):
    figure = "0" if letter in "oO" else "1"
    assert read_code(letter + code[1:]) == figure + code[1:]


@given(typed=st.text())
def test_what_is_no_code_is_none_and_what_is_one_stays_itself(typed: str):
    read = read_code(typed)
    assert read is None or read_code(read) == read


def test_no_code_is_read_from_something_else():
    for typed in (
        "",
        "7K3Q-F9XD-0M2P-WA5",
        "7K3Q-F9XD-0M2P-WA5TT",
        "UUUU-UUUU-UUUU-UUUU",
        "가" * 16,
    ):
        assert read_code(typed) is None


def test_a_number_shows_its_year_and_no_order():
    number = new_number(2020)
    assert re.fullmatch(rf"2020-[{SIGNS}]{{8}}", number)
    assert len({new_number(2020) for _ in range(1000)}) == 1000
    assert read_number(f" {number.lower().replace('-', ' ')} ") == number
    for typed in ("", "2020", "2020-7K3QF9X", "20-7K3QF9XD00", "2020-UUUUUUUU"):
        assert read_number(typed) is None
