"""Every kind of page: accessible in each mode and width, never wider than its window, quiet."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.addresses import PLAIN
from tests.browser.conftest import new_context
from tests.browser.visit import Visit, sideways_pixels

pytestmark = pytest.mark.browser

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ALL_RULES = {"runOnly": {"type": "tag", "values": list(WCAG)}, "resultTypes": ["violations"]}
#: Looking at every colour takes axe longest; where others saw the same colours it leaves them.
BUT_COLOURS = {**ALL_RULES, "rules": {"color-contrast": {"enabled": False}}}
#: What changes with the colours; structure and words are the same in each mode.
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
#: Widths of look.md, section 7: a phone, a tablet, a desk, and 400 % of a desk.
WIDTHS = (320, 360, 768, 1280)
#: Pages with what a script adds to: search, share, print, copy, sort, step on. All have the frame.
SCRIPTED = (
    "home",
    "feedback",
    "members",
    "month",
    "event",
    "search",
    "search-empty",
    "budget-projects",
    "ordinance",
    "highlight",
    "hearing",
    "sign-up",
    "publication",
    "styleguide",
    "error-404",
    "error-503",
    "hanbit-changes",
)
#: A phone's menu, lists, tables and forms have the same colours on all pages; these have them all.
COLOURED_ON_PHONES = frozenset(("home", "month", "members", "budget-projects", "search", "bill"))
#: Pages with thousands of elements, all of kinds that stand on shorter pages, too.
LONG = frozenset(("programmes", "programmes-report"))


#: Runs axe in a page that has it, and hands over no more than what it finds.
RUN_AXE = """async (options) => (await axe.run(options)).violations.flatMap(
    (v) => v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 160)}`))"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give one browser for all pages: it fetches fonts and styles once."""
    made = new_context(browser)
    yield made
    made.close()


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """Return what axe finds, a line for each element."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(RUN_AXE, options)
    return found


def at_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def test_page_is_accessible_and_fits(visit: Visit, kind: str, language: str) -> None:
    page = visit.open(kind, language)
    found = []
    # A language changes words, but neither colours nor what stands where at which width.
    is_whole = language == "ko" and kind not in LONG
    for width in (1280, 360) if is_whole else (1280,):
        at_width(page, width)
        has_colours = language == "ko" and (width == 1280 or kind in COLOURED_ON_PHONES)
        rules = ALL_RULES if has_colours else BUT_COLOURS
        found += [f"{width}: {v}" for v in violations(page, rules)]
        if has_colours and is_whole:
            found += [f"{width}, {v}" for v in colour_violations(page)]
    for width in WIDTHS:
        at_width(page, width)
        if (pixels := sideways_pixels(page)) > 0:
            found.append(f"{width}: {pixels} px scroll sideways")
    assert found == []
    assert visit.complaints == []


def colour_violations(page: Page) -> list[str]:
    """Return what axe finds in dark mode and in high contrast."""
    page.emulate_media(color_scheme="dark")
    found = [f"dark: {v}" for v in violations(page, COLOUR_RULES)]
    page.emulate_media(color_scheme="light", contrast="more")
    found += [f"contrast: {v}" for v in violations(page, COLOUR_RULES)]
    page.emulate_media(color_scheme="light", contrast="no-preference")
    return found


@pytest.mark.parametrize("kind", SCRIPTED)
def test_page_works_without_script(visit_without_script: Visit, kind: str) -> None:
    page = visit_without_script.open(kind)
    assert page.locator("h1").first.is_visible()
    assert page.locator("main").inner_text().strip()
    assert visit_without_script.complaints == []
    if kind not in PLAIN:
        # What only a script can do is not offered.
        for mark in ("[data-share]", "[data-print]", "[data-display]"):
            assert not any(e.is_visible() for e in page.locator(mark).all())
        assert page.locator(".header-tools a[hreflang]").is_visible()
