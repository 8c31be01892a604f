"""Rules of remarks: which page they name, what their text may hold, how they move."""

import pytest

from portal.feedback.rules import (
    MOVES,
    RemarkMove,
    RemarkState,
    can_move,
    holds_resident_number,
    is_key,
    page_path,
)


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ("/", "/"),
        ("/calendar/2020/11", "/calendar/2020/11"),
        ("/en/calendar", "/calendar"),
        ("/en/", "/"),
        ("/budget/2020.csv", "/budget/2020.csv"),
        ("/없는-화면", "/없는-화면"),
    ],
)
def test_a_page_of_the_site_is_named_without_its_language(told: str, path: str) -> None:
    assert page_path(told) == path


@pytest.mark.parametrize(
    "told",
    [
        "",
        "calendar",
        "https://evil.example/",
        "//evil.example",
        "/a//b",
        "/a/../b",
        "/a?b=c",
        "/a#b",
        "/a b",
        "/<script>",
        "/a\nb",
        "/staff/invitations/secret",
        "/en/staff/",
        "/feedback/AbCdEfGhIjKlMnOpQrStUv",
        "/" + "x" * 200,
    ],
)
def test_what_is_no_page_or_holds_a_secret_is_named_by_nothing(told: str) -> None:
    assert page_path(told) is None


@pytest.mark.parametrize(
    "text", ["900101-1234567", "번호 0502293123456 입니다", "900101 - 2234567", "991231–8000000"]
)
def test_a_resident_registration_number_is_seen(text: str) -> None:
    assert holds_resident_number(text)


@pytest.mark.parametrize(
    "text",
    ["", "2020년 11월 9일", "901301-1234567", "1900101-1234567", "02-2180-7000", "900101-12"],
)
def test_other_figures_are_none(text: str) -> None:
    assert not holds_resident_number(text)


def test_a_key_is_as_long_as_the_form_makes_it() -> None:
    assert is_key("AbCdEfGhIjKlMnOpQrSt-_")
    assert not is_key("short") and not is_key("AbCdEfGhIjKlMnOpQrSt/_")


def test_what_is_open_can_be_decided_and_what_is_decided_only_taken_up_again() -> None:
    for move in RemarkMove:
        for state in RemarkState:
            is_open = state is RemarkState.OPEN
            assert can_move(state, move) == (is_open != (move is RemarkMove.REOPEN))


def test_every_move_leads_to_a_state_of_its_own() -> None:
    assert {rule.target for rule in MOVES.values()} == set(RemarkState)
