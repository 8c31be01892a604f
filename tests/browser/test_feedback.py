"""The way of a remark in a real browser: from the foot of a page to its number, by keyboard."""

import pytest
from playwright.sync_api import Page

from tests.browser.test_every_page import ALL_RULES, WIDTHS, at_width, violations
from tests.browser.visit import Visit, focused_text, sideways_pixels

pytestmark = pytest.mark.browser

WORDS = {
    "ko": ("잘못된 점 알리기", "회기 시작일이 틀렸습니다.", "화면에서 잘못된 점을 적어 주세요."),
    "en": (
        "Something is wrong here",
        "The first day of the session is wrong.",
        "Write what is wrong on the page.",
    ),
}


def check(page: Page) -> None:
    """Look at a page that only a journey reaches as every other page is looked at."""
    found = violations(page, ALL_RULES)
    for width in WIDTHS:
        at_width(page, width)
        assert sideways_pixels(page) <= 0, width
    at_width(page, 1280)
    assert found == []


def test_a_remark_is_sent_by_keyboard_alone(visit: Visit, language: str) -> None:
    link, wrong, mistake = WORDS[language]
    page = visit.open("session", language)
    page.get_by_role("contentinfo").get_by_role("link", name=link).press("Enter")
    page.wait_for_url("**/feedback?page=/calendar/sessions/298")
    page.locator("main button[type=submit]").press("Enter")
    page.wait_for_selector("[data-error-summary]:focus")
    assert mistake in focused_text(page)
    check(page)
    page.locator("#wrong").press_sequentially(wrong)
    page.locator("main button[type=submit]").press("Enter")
    page.wait_for_url("**/feedback/*")
    assert visit.page.locator("h1").inner_text()
    check(page)
    assert visit.complaints == []


def test_a_remark_is_sent_without_script(visit_without_script: Visit) -> None:
    page = visit_without_script.open("feedback")
    page.locator("#wrong").fill(WORDS["ko"][1])
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/feedback/*")
    assert "알림" in page.locator("h1").inner_text()
