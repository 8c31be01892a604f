"""The way of an opinion in a real browser: from the form to the page that everybody reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from portal.accounts.rules import Role
from portal.hearings.rules.kinds import HearingKind
from tests.accounts.staff import make_account, sign_in
from tests.browser.conftest import serve
from tests.browser.test_every_page import ALL_RULES, WIDTHS, at_width, violations
from tests.browser.visit import Visit, focused_text, sideways_pixels
from tests.hearings.opinions import SLUG, TEXT, make_hearing, the_opinion
from tests.support.prepared import copy_app

pytestmark = pytest.mark.browser


@pytest.fixture
def forum(filled_dirs: dict[str, Path], tmp_path: Path) -> Flask:
    """Give a portal with a budget forum whose window is open."""
    app = copy_app(filled_dirs["seoul"], tmp_path / "instance")
    make_hearing(app, kind=HearingKind.BUDGET_FORUM)
    return app


@pytest.fixture
def forum_visit(forum: Flask, page: Page) -> Iterator[Visit]:
    """Give a visit to its server."""
    server = serve(forum)
    yield Visit(page, {"seoul": f"http://127.0.0.1:{server.server_port}"})
    server.shutdown()


def check(page: Page) -> None:
    """Look at a page that only a journey reaches as every other page is looked at."""
    found = violations(page, ALL_RULES)
    for width in WIDTHS:
        at_width(page, width)
        assert sideways_pixels(page) <= 0, (page.url, width)
    at_width(page, 1280)
    assert found == []


def test_an_opinion_is_sent_read_and_published(
    forum: Flask, forum_visit: Visit, language: str
) -> None:
    prefix = "/en" if language == "en" else ""
    page = forum_visit.go(f"{prefix}/hearings/{SLUG}/opinion")
    page.locator("main button[type=submit]").press("Enter")
    page.wait_for_selector("[data-error-summary]:focus")
    assert focused_text(page)
    check(page)
    page.locator("#text").fill(TEXT + "a" * 300)
    page.locator("#field").select_option("transport")
    page.locator("#name_shown-1").check()
    page.locator("#name").fill("홍길동")
    page.locator("#agrees").check()
    page.locator("#agrees_to_views").check()
    page.locator("main button[type=submit]").press("Enter")
    page.wait_for_url("**/hearings/opinions/*")
    check(page)
    _sign_in(forum, forum_visit)
    desk = f"/staff/hearings/opinions/{the_opinion(forum).id}"
    page = forum_visit.go(f"{prefix}{desk}")
    check(page)
    page.locator(f"form[action$='{desk}/publish'] button").click()
    page.wait_for_load_state("load")
    check(page)
    for address in (
        f"/hearings/{SLUG}/opinions",
        "/hearings/house-rules",
        "/staff/hearings/opinions?state=published",
        "/staff/hearings/1/opinions/document",
    ):
        check(forum_visit.go(f"{prefix}{address}"))
        assert forum_visit.status == 200
    assert forum_visit.complaints == []


def _sign_in(app: Flask, visit: Visit) -> None:
    """Let the browser be signed in as a moderator."""
    client = sign_in(app, make_account(app, Role.MODERATOR))
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    visit.page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": visit.sites["seoul"]}]
    )
