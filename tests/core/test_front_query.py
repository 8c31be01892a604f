"""The canonical query: one page, one address."""

from urllib.parse import parse_qsl, quote, urlencode

import pytest
from flask import Flask, url_for
from hypothesis import given
from hypothesis import strategies as st

from portal.core.errors import BadAddress
from portal.core.front.query import LONGEST_VALUE, canonical_query

PARAMS = ("on", "party", "q")

plain_text = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20)
values = plain_text.filter(bool)
names = st.sampled_from((*PARAMS, "utm_source", "fbclid"))
pairs = st.lists(st.tuples(names, plain_text), max_size=8)


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("", ""),
        ("&", ""),
        ("on=2020-11-09", "on=2020-11-09"),
        ("q=a&on=2020-11-09", "on=2020-11-09&q=a"),
        ("on=", ""),
        ("on=1&on=2", "on=1"),
        ("on=&on=2", "on=2"),
        ("utm_source=x&q=a", "q=a"),
        ("q=%EA%B0%95", "q=%EA%B0%95"),
        ("q=%ea%b0%95", "q=%EA%B0%95"),
        ("q=ê°\x95", "q=%EA%B0%95"),
        ("q=a%20b", "q=a+b"),
        ("q=a%2Fb", "q=a/b"),
        ("q=a;b", "q=a;b"),
        ("Q=a", ""),
        ("q", ""),
    ],
)
def test_a_query_is_written_one_way(raw: str, canonical: str) -> None:
    assert canonical_query(raw, PARAMS) == canonical


@pytest.mark.parametrize(
    "raw",
    [
        "q=" + "x" * (LONGEST_VALUE + 1),
        "q=" + quote("가" * (LONGEST_VALUE + 1)),
        "q=%0A",
        "q=a%00",
        "q=%C2%85",
        "q=%FF",
        "&".join(["utm=1"] * 51),
    ],
)
def test_nonsense_is_a_bad_address(raw: str) -> None:
    with pytest.raises(BadAddress):
        canonical_query(raw, PARAMS)


def test_the_longest_value_is_taken() -> None:
    raw = urlencode({"q": "가" * LONGEST_VALUE})
    assert canonical_query(raw, PARAMS) == raw


@given(pairs)
def test_a_canonical_query_is_its_own_canonical_query(given_pairs: list[tuple[str, str]]) -> None:
    once = canonical_query(urlencode(given_pairs), PARAMS)
    assert canonical_query(once, PARAMS) == once


@given(pairs)
def test_a_canonical_query_says_what_was_meant(given_pairs: list[tuple[str, str]]) -> None:
    meant: dict[str, str] = {}
    for name, value in given_pairs:
        if name in PARAMS and value:
            meant.setdefault(name, value)
    written = parse_qsl(canonical_query(urlencode(given_pairs), PARAMS), strict_parsing=bool(meant))
    assert written == [(name, meant[name]) for name in PARAMS if name in meant]


@given(st.permutations(PARAMS), st.lists(values, min_size=3, max_size=3))
def test_order_and_spelling_do_not_make_another_page(order: list[str], three: list[str]) -> None:
    given_values = dict(zip(PARAMS, three, strict=True))
    spelled = "&".join(f"{name}={quote(given_values[name], safe='')}" for name in order)
    assert canonical_query(spelled, PARAMS) == canonical_query(urlencode(given_values), PARAMS)


@given(st.dictionaries(st.sampled_from(PARAMS), values))
def test_our_own_links_are_canonical(chosen: dict[str, str]) -> None:
    app = Flask("links")
    app.add_url_rule("/", "page", lambda: "")
    ordered = {name: chosen[name] for name in PARAMS if name in chosen}
    with app.test_request_context():
        query = url_for("page", **ordered).removeprefix("/").removeprefix("?")
    assert canonical_query(query, PARAMS) == query


@given(st.text(st.characters(max_codepoint=255)))
def test_any_query_gets_an_answer(raw: str) -> None:
    try:
        assert canonical_query(raw, PARAMS).isascii()
    except BadAddress:
        return
