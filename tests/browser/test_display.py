"""Modes of display: dark, high contrast, forced colours, paper, larger text."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import Visit, sideways_pixels

pytestmark = pytest.mark.browser


def background(page: Page) -> str:
    """Return the colour behind everything."""
    script = "getComputedStyle(document.documentElement).backgroundColor"
    colour: str = page.evaluate(script)
    return colour


def test_the_system_chooses_light_or_dark(visit: Visit) -> None:
    page = visit.open("home")
    page.emulate_media(color_scheme="light")
    light = background(page)
    page.emulate_media(color_scheme="dark")
    assert background(page) != light


def test_the_readers_choice_is_stronger_than_the_systems(visit: Visit) -> None:
    page = visit.open("home")
    page.emulate_media(color_scheme="light")
    light = background(page)
    page.emulate_media(color_scheme="dark")
    dark = background(page)
    page.locator("[data-display] button[value=light]").click()
    assert background(page) == light
    page.emulate_media(color_scheme="light")
    page.locator("[data-display] button[value=dark]").click()
    assert background(page) == dark


def test_high_contrast_is_the_same_by_system_and_by_choice(visit: Visit) -> None:
    page = visit.open("session")
    page.emulate_media(contrast="more")
    by_system = page.locator("main").screenshot()
    page.emulate_media(contrast="no-preference")
    before = page.locator("main").screenshot()
    page.locator("[data-display] button[value=contrast]").click()
    page.locator("h1").hover()
    assert page.locator("main").screenshot() == by_system != before


@pytest.mark.parametrize("kind", ["home", "month", "session", "composition"])
def test_forced_colours_are_obeyed_and_today_still_stands_out(visit: Visit, kind: str) -> None:
    page = visit.open(kind)
    before = page.screenshot()
    page.emulate_media(forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.screenshot() != before
    tenses = {
        tense: page.evaluate(
            """(selector) => { const e = document.querySelector(selector);
            if (!e) return null; const s = getComputedStyle(e);
            return [s.fill, s.stroke, s.strokeWidth, s.strokeDasharray].join() }""",
            f".ruler .tick-{tense}",
        )
        for tense in ("past", "today", "future")
    }
    if kind in ("home", "session"):
        assert None not in tenses.values()
        assert len(set(tenses.values())) == 3, tenses


@pytest.mark.parametrize("kind", ["home", "month", "session", "members", "event", "data"])
def test_paper_holds_the_content_and_nothing_to_press(visit: Visit, kind: str) -> None:
    page = visit.open(kind)
    page.emulate_media(media="print")
    for gone in (".header-links", ".menu", "[data-display]", "[data-share]", ".skip-link"):
        for element in page.locator(gone).all():
            expect(element).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".print-only").first).to_be_visible()
    assert "/" in page.locator(".print-only").first.inner_text()


def test_the_month_is_a_table_on_paper_even_from_a_phone(visit: Visit) -> None:
    page = visit.open("month")
    page.set_viewport_size({"width": 360, "height": 700})
    expect(page.locator("table.month")).to_be_hidden()
    expect(page.locator(".month-list")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("table.month")).to_be_visible()


@pytest.mark.parametrize("kind", ["home", "month", "members", "session"])
def test_text_can_be_twice_as_large(visit: Visit, kind: str) -> None:
    page = visit.open(kind)
    page.evaluate("document.documentElement.classList.add('test')")
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.reload()
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 30
    assert sideways_pixels(page) <= 0


@pytest.mark.parametrize("kind", ["home", "month", "members", "session", "composition"])
def test_letters_can_be_spaced_out(visit: Visit, kind: str) -> None:
    # WCAG 2.2, 1.4.12.
    page = visit.open(kind)
    page.set_viewport_size({"width": 360, "height": 700})
    # The policy forbids a style element, so the sheet is adopted instead.
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important;'
          + ' word-spacing: .16em !important } p { margin-bottom: 2em !important }');
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet] }"""
    )
    assert sideways_pixels(page) <= 0
    assert visit.complaints == []


def test_targets_of_a_phone_are_large_enough(visit: Visit) -> None:
    # design.md, section 4: controls of 24 px and more.
    page = visit.open("members")
    page.set_viewport_size({"width": 360, "height": 700})
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input, summary, nav a')]
        .filter((e) => e.checkVisibility())
        .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, box]) => box.height > 0 && (box.height < 24 || box.width < 24))
        .map(([html]) => html)"""
    )
    assert small == []
