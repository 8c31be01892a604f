"""The text of an ordinance in a browser: contents lead into it, a link to an article is copied."""

import pytest

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser


def test_contents_lead_to_an_article(visit: Visit):
    page = visit.open("hanbit-ordinance")
    page.locator(".contents a").nth(1).click()
    anchor = page.url.partition("#")[2]
    assert anchor
    assert page.locator(f"#{anchor}").is_visible()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_link_to_an_article_is_copied(visit: Visit, language: str):
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("hanbit-ordinance", language)
    button = page.locator("[data-copy-link=article-1]")
    button.click()
    page.wait_for_function(
        "document.querySelector('[data-copy-link=article-1]').textContent.length > 6"
    )
    assert page.evaluate("navigator.clipboard.readText()").endswith("#article-1")
    assert visit.complaints == []


def test_without_script_no_copying_is_offered(visit_without_script: Visit):
    page = visit_without_script.open("hanbit-ordinance")
    assert not page.locator("[data-copy-link]").first.is_visible()
