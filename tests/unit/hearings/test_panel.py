"""The panel of sign-ups: shares and words of places."""

from dataclasses import replace

import pytest

from portal.hearings.pages import SignUpPanel
from portal.hearings.rules.kinds import WindowState

PANEL = SignUpPanel(
    state=WindowState.OPEN,
    opens_at=None,
    closes_at=None,
    days_left=8,
    capacity=60,
    left=17,
    waiting=0,
    is_online=False,
    online_left=None,
    opinions_state=WindowState.NONE,
    opinions_close_at=None,
    sign_up_url=None,
    opinion_url=None,
    notice_url=None,
    link_url=None,
    is_by_invitation=False,
    is_sample=False,
)


@pytest.mark.parametrize(
    ("capacity", "left", "share", "is_full"),
    [(60, 17, 43 / 60, False), (60, 0, 1.0, True), (None, None, None, False), (0, 0, None, True)],
)
def test_the_bar_shows_what_is_taken(
    capacity: int | None, left: int | None, share: float | None, is_full: bool
) -> None:
    panel = replace(PANEL, capacity=capacity, left=left)
    assert panel.taken_share == share
    assert panel.is_full is is_full
