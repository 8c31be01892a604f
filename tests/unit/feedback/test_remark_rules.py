"""Rules of remarks: which page they name, what their text may hold, how they move."""

import pytest

from portal.core.form_keys import is_key
from portal.feedback.rules import (
    MOVES,
    RemarkMove,
    RemarkState,
    can_move,
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
