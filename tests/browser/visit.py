"""A visit to the site that notes everything the browser complains about."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.browser.addresses import HANBIT, SEOUL, expected_status, localised


class Visit:
    """One page of a browser, and what went wrong while it showed the site.

    :ivar status: of the last page
    :ivar complaints: errors of scripts and policy, requests elsewhere, missing files
    """

    def __init__(self, page: Page, sites: dict[str, str]) -> None:
        """Listen to a page before it goes anywhere."""
        self.page = page
        self.sites = sites
        self.status = 0
        self.complaints: list[str] = []
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._note_request)
        page.on("response", self._note_response)

    def open(self, kind: str, language: str = "ko") -> Page:
        """Go to a kind of page and return when everything is there."""
        council, address = ("hanbit", HANBIT[kind]) if kind in HANBIT else ("seoul", SEOUL[kind])
        page = self.go(localised(address, language), council)
        assert self.status == expected_status(kind), f"{kind} is answered {self.status}"
        return page

    def go(self, address: str, council: str = "seoul") -> Page:
        """Go to an address and return when everything is there."""
        answer = self.page.goto(self.sites[council] + address, wait_until="load")
        self.status = answer.status if answer else 0
        self.page.evaluate("document.fonts.ready.then(() => null)")
        return self.page

    def _note_console(self, message: ConsoleMessage) -> None:
        # That a page itself is an error page is no complaint; its files are watched below.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _note_request(self, request: Request) -> None:
        known = {urlsplit(site).netloc for site in self.sites.values()}
        if urlsplit(request.url).netloc not in known:
            self.complaints.append(f"request elsewhere: {request.url}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status}: {response.url}")


def sideways_pixels(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    pixels: int = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
    return pixels


def focused_text(page: Page) -> str:
    """Return the words of the element that has the focus."""
    text: str = page.evaluate("document.activeElement.innerText || ''")
    return " ".join(text.split())
