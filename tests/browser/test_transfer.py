"""How much a reader's line carries: little on the first visit, next to nothing afterwards."""

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Response

from tests.browser.addresses import localised

pytestmark = pytest.mark.browser

#: Issue of this work, "The face": a Korean page with its typeface.
FIRST_VISIT_BYTES = 600_000
NEXT_PAGE_BYTES = 60_000
#: What is our own work: the page, its styles and its scripts.
FIRST_VISIT_BYTES_WITHOUT_TYPEFACE = 90_000
NEXT_PAGE_BYTES_WITHOUT_TYPEFACE = 15_000
JOURNEY = ("/calendar", "/calendar/sessions/298", "/council", "/council/members")


class Meter:
    """Counts what comes over the line, compressed as it comes, in bytes."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        """Begin to count for a page."""
        self._kinds: dict[str, str] = {}
        self._bytes: Counter[str] = Counter()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._note)
        session.on("Network.loadingFinished", self._add)

    def _note(self, event: dict[str, Any]) -> None:
        self._kinds[event["requestId"]] = event["type"]

    def _add(self, event: dict[str, Any]) -> None:
        self._bytes[self._kinds.get(event["requestId"], "")] += int(event["encodedDataLength"])

    def take(self, *, with_typeface: bool = True) -> int:
        """Return what came since the last time."""
        taken, self._bytes = self._bytes, Counter()
        return taken.total() - (0 if with_typeface else taken["Font"])


def load(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => null)")


def test_a_korean_visit_is_small_with_its_typeface(
    context: BrowserContext, page: Page, sites: dict[str, str]
) -> None:
    meter = Meter(context, page)
    load(page, sites["seoul"] + "/")
    first = meter.take()
    assert 100_000 < first < FIRST_VISIT_BYTES, "the page, its styles and its typeface"
    heavy = {}
    for path in JOURNEY:
        load(page, sites["seoul"] + path)
        if (taken := meter.take()) >= NEXT_PAGE_BYTES:
            heavy[path] = taken
    assert heavy == {}


def test_a_next_page_is_next_to_nothing_but_for_new_letters(
    context: BrowserContext, page: Page, sites: dict[str, str], language: str
) -> None:
    meter = Meter(context, page)
    load(page, sites["seoul"] + localised("/", language))
    assert meter.take(with_typeface=False) < FIRST_VISIT_BYTES_WITHOUT_TYPEFACE
    for path in JOURNEY:
        load(page, sites["seoul"] + localised(path, language))
        assert meter.take(with_typeface=False) < NEXT_PAGE_BYTES_WITHOUT_TYPEFACE, path


def test_a_page_seen_before_costs_a_question_only(
    context: BrowserContext, page: Page, sites: dict[str, str]
) -> None:
    load(page, sites["seoul"] + "/about")
    load(page, sites["seoul"] + "/")
    meter = Meter(context, page)
    load(page, sites["seoul"] + "/about")
    assert meter.take() < 2_000, "304 without a body"


def test_texts_come_compressed(context: BrowserContext, page: Page, sites: dict[str, str]) -> None:
    plain = []

    def note(response: Response) -> None:
        headers = response.headers
        if (
            headers.get("content-type", "").startswith("text/")
            and int(headers.get("content-length", "0")) > 1000
            and headers.get("content-encoding") not in ("br", "gzip")
        ):
            plain.append(response.url)

    page.on("response", note)
    load(page, sites["seoul"] + "/")
    assert plain == []
