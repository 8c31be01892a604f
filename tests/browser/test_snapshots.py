"""What a screen reader gets on the main journeys, kept in git so that a change is seen.

After a change that was meant: ``UPDATE_SNAPSHOTS=1 make test ARGS=tests/browser/test_snapshots.py``
writes the files anew; read the difference before you commit it.
"""

import os
from pathlib import Path

import pytest

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).parent / "snapshots"
JOURNEYS = (
    "home",
    "month",
    "session",
    "event",
    "members-found",
    "committee",
    "subscription",
    "budget",
    "budget-line",
    "programme",
    "error-404",
    "hanbit-moved",
    "hanbit-cancelled",
)


@pytest.mark.parametrize("kind", JOURNEYS)
def test_the_tree_of_a_page_is_the_one_we_know(visit: Visit, kind: str, language: str) -> None:
    page = visit.open(kind, language)
    # Head and foot are the same everywhere, so the home page alone shows them.
    tree = page.locator("body" if kind == "home" else "main").aria_snapshot() + "\n"
    # The port of the test's server is another one each time.
    tree = tree.replace(visit.sites["seoul"], "").replace(visit.sites["hanbit"], "")
    kept = FOLDER / f"{kind}-{language}.yml"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        kept.write_text(tree, encoding="utf-8")
    assert kept.exists(), "a new journey: write its tree with UPDATE_SNAPSHOTS=1"
    assert tree == kept.read_text(encoding="utf-8")


def test_no_tree_is_left_over() -> None:
    known = {f"{kind}-{language}.yml" for kind in JOURNEYS for language in ("ko", "en")}
    assert {path.name for path in FOLDER.iterdir()} == known
