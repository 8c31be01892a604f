"""Everything by keyboard: skip link, menu, filters, month, display buttons."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import localised
from tests.browser.visit import Visit, focused_text

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement"


def press_until(page: Page, selector: str, key: str = "Tab", most: int = 80) -> None:
    """Press a key until the focus is on an element of a selector."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(f"{FOCUSED}.matches({selector!r})"):
            return
    pytest.fail(f"{most} times {key} do not lead to {selector}")


def test_the_first_tab_stop_leads_to_the_content(visit: Visit, language: str) -> None:
    page = visit.open("month", language)
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    assert page.locator(".skip-link").bounding_box()["height"] > 20, "it is seen while focused"  # type: ignore[index]
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(f"document.querySelector('main').contains({FOCUSED})")


def test_every_stop_shows_where_the_focus_is(visit: Visit) -> None:
    page = visit.open("members")
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            f"""() => {{ const s = getComputedStyle({FOCUSED});
            return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2
              || s.boxShadow !== 'none' }}"""
        )
        if not ring:
            hidden.append(page.evaluate(f"{FOCUSED}.outerHTML.slice(0, 120)"))
    assert hidden == []


def test_the_phone_menu_opens_closes_and_gives_the_focus_back(visit: Visit, language: str) -> None:
    page = visit.open("home", language)
    page.set_viewport_size({"width": 360, "height": 700})
    press_until(page, ".menu summary")
    page.keyboard.press("Enter")
    panel = page.locator(".menu-panel")
    expect(panel).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate(f"document.querySelector('.menu-panel').contains({FOCUSED})")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(".menu summary")).to_be_focused()


def test_a_press_outside_closes_the_phone_menu(visit: Visit) -> None:
    page = visit.open("home")
    page.set_viewport_size({"width": 360, "height": 700})
    page.locator(".menu summary").click()
    expect(page.locator(".menu-panel")).to_be_visible()
    page.locator("footer").click(position={"x": 5, "y": 5}, force=True)
    expect(page.locator(".menu-panel")).to_be_hidden()


def test_members_are_filtered_by_keyboard_alone(visit: Visit, language: str) -> None:
    page = visit.open("members", language)
    press_until(page, "#filter-name")
    page.keyboard.type("ㄱㅈㅌ")
    press_until(page, "#filter-party")
    press_until(page, ".filters button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**name=*")
    expect(page.locator("#filter-name")).to_have_value("ㄱㅈㅌ")
    rows = page.locator("main table tbody tr")
    assert 1 <= rows.count() <= 5
    press_until(page, "main table tbody a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/council/members/*")
    name = page.locator("h1").inner_text()
    assert name == ("김정태" if language == "ko" else "Gim Jeong-tae")


def test_arrow_keys_walk_through_the_month(visit: Visit, language: str) -> None:
    page = visit.open("month", language)
    days = page.locator("[data-month] tbody td")
    page.locator("[data-month] tbody td a").first.focus()
    place = "[...document.querySelectorAll('[data-month] tbody td')].indexOf({}.closest('td'))"
    start = page.evaluate(place.format(FOCUSED))
    for key, step in (("ArrowRight", 1), ("ArrowDown", 7), ("ArrowLeft", -1), ("ArrowUp", -7)):
        page.keyboard.press(key)
        start += step
        assert page.evaluate(place.format(FOCUSED)) == start, key
    page.keyboard.press("Home")
    assert page.evaluate(place.format(FOCUSED)) == start - start % 7
    page.keyboard.press("End")
    assert page.evaluate(place.format(FOCUSED)) == start - start % 7 + 6
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    assert days.count() - 7 <= page.evaluate(place.format(FOCUSED)) < days.count()
    assert visit.complaints == []


def test_each_display_can_be_chosen_and_stays(visit: Visit) -> None:
    page = visit.open("home")
    root = page.locator("html")
    for value, attribute, expected in (
        ("dark", "data-theme", "dark"),
        ("light", "data-theme", "light"),
        ("contrast", "data-contrast", "high"),
    ):
        button = page.locator(f"[data-display] button[value={value}]")
        button.focus()
        page.keyboard.press("Enter")
        expect(root).to_have_attribute(attribute, expected)
        expect(button).to_have_attribute("aria-pressed", "true")
        page.reload()
        expect(root).to_have_attribute(attribute, expected)
        expect(page.locator("[data-display] button[aria-pressed=true]")).to_have_count(1)
        page.goto(page.url + "about")
        expect(root).to_have_attribute(attribute, expected)
        page.go_back()
    page.locator("[data-display] button[value=system]").press("Enter")
    page.reload()
    assert root.get_attribute("data-theme") is None
    assert root.get_attribute("data-contrast") is None


def test_the_address_is_copied_where_the_system_has_no_share_sheet(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.page.add_init_script("delete Navigator.prototype.share")
    page = visit.open("session")
    page.locator("[data-share]").press("Enter")
    expect(page.locator("[data-share-status]")).to_have_text("주소를 복사했습니다.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("/calendar/sessions/298")


def test_the_language_switch_stays_on_the_page(visit: Visit) -> None:
    page = visit.go("/council/members?name=ㄱㅈㅌ")
    switch = page.locator(".header-tools a[hreflang=en]")
    switch.focus()
    assert focused_text(page) == "EN"
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/council/members?name=*")
    expect(page.locator("#filter-name")).to_have_value("ㄱㅈㅌ")
    page.locator(".header-tools a[hreflang=ko]").click()
    page.wait_for_url(lambda url: "/en/" not in url)
    assert localised("/council/members", "ko") in page.url
