"""The search in a real browser: the door in the head, suggestions by keyboard, without script."""

import pytest
from playwright.sync_api import Page

from tests.browser.test_every_page import ALL_RULES, WIDTHS, at_width, violations
from tests.browser.visit import Visit, sideways_pixels

pytestmark = pytest.mark.browser

TYPED = {"ko": ("ㄱㅊㅎ", "공청회"), "en": ("youth", "Youth")}


def open_suggestions(page: Page, typed: str) -> None:
    page.locator(".search-door > summary").press("Enter")
    page.wait_for_selector("#search-header:focus")
    page.locator("#search-header").press_sequentially(typed)
    page.wait_for_selector("#search-header-list:not([hidden])")


def test_a_suggestion_is_taken_by_keyboard_alone(visit: Visit, language: str) -> None:
    typed, title = TYPED[language]
    page = visit.open("budget", language)
    open_suggestions(page, typed)
    box = page.locator("#search-header")
    box.press("ArrowDown")
    chosen = page.locator("#search-header-list [aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert violations(page, ALL_RULES) == []
    for width in WIDTHS:
        at_width(page, width)
        assert sideways_pixels(page) <= 0, width
    at_width(page, 1280)
    name = chosen.locator("span").inner_text()
    assert title in page.locator("#search-header-list").inner_text()
    box.press("Enter")
    page.wait_for_url(lambda address: "/budget" not in address or "/budget/" in address)
    assert name.split()[0] in page.locator("main").inner_text()
    assert visit.complaints == []


def test_escape_closes_first_the_list_and_then_the_door(visit: Visit) -> None:
    page = visit.open("budget")
    open_suggestions(page, "예산")
    page.keyboard.press("Escape")
    assert page.locator("#search-header-list").is_hidden()
    assert page.locator(".search-door").get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert page.locator(".search-door").get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_search_works_without_script(visit_without_script: Visit) -> None:
    page = visit_without_script.open("home")
    page.locator(".search-door > summary").click()
    page.locator("#search-header").fill("공청회")
    page.locator(".search-door button[type=submit]").click()
    page.wait_for_url("**/search?q=*")
    assert "검색 결과" in page.locator("h1").inner_text()
    assert page.locator("mark").first.inner_text() == "공청회"
