"""Walk through the site as a visitor does, link by link, and note what is wrong.

A crawl is made once for each council and language; the tests then ask it one question each.
"""

import json
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from portal.core.front.headers import ASK_EACH_TIME, security_headers
from tests.site_wide.page_words import words_left
from tests.support.client import MOST_QUERIES
from tests.support.front import HOST, client_of
from tests.support.page_checks import Page, faults_of, read_page, resources_of, text_of

_HTML = "{http://www.w3.org/1999/xhtml}"
START = {"ko": "/", "en": "/en/"}
OTHER = {"ko": "en", "en": "ko"}
#: Pages that differ only in the values of their query are alike; so many of a kind are enough.
MOST_OF_A_QUERY = 6
#: Pages with a form are kept nowhere, and they alone may set a cookie.
FORMS = frozenset(
    (
        "feedback.write_remark",
        "opinions.write_opinion",
        "search.show_results",
        "sign_ups.ask_notice",
        "sign_ups.send_link",
        "sign_ups.sign_up",
        "sign_ups.use_slip",
    )
)
#: The calendar's years, months and days go on for centuries; so many of each are enough.
MOST_OF_A_CALENDAR = 16
#: All other pages are fetched. A site of this size ends; one that does not has a trap.
MOST_PAGES = 3000


@dataclass
class Crawl:
    """What a crawl found.

    :ivar pages: addresses of HTML pages, in the order in which they were found
    :ivar files: addresses of other files, such as feeds
    :ivar outside: addresses of other sites that are linked
    :ivar endpoints: names of the views that were reached
    :ivar faults: sentences about what is wrong, by the rule that is broken
    """

    pages: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    endpoints: list[str] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def of(self, rule: str) -> str:
        """Return the faults against one rule as text, empty when there are none."""
        return "\n".join(self.faults.get(rule, []))

    def all_faults(self) -> str:
        """Return every fault as text, empty when there are none."""
        return "\n".join(f"{rule}: {self.of(rule)}" for rule in self.faults)

    def save(self, path: Path) -> None:
        """Keep the crawl for other processes."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Crawl":
        """Return a crawl that another process kept."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def crawl_site(app: Flask, language: str, *, most_of_a_kind: int | None = None) -> Crawl:
    """Follow every internal link from the home page of one language.

    :param most_of_a_kind: fetch at most so many pages of one view; None fetches all but the
        endless ones
    """
    return _Crawler(app, language, most_of_a_kind).walk()


class _Crawler:
    """One walk: what is still to be fetched, and what was found."""

    def __init__(self, app: Flask, language: str, most_of_a_kind: int | None) -> None:
        self.app = app
        self.language = language
        self.client = client_of(app)
        self.addresses = app.url_map.bind("localhost")
        self.most_of_a_kind = most_of_a_kind
        self.endless = {r.endpoint for r in app.url_map.iter_rules() if "year" in r.arguments}
        self.kinds: Counter[tuple[str, ...]] = Counter()
        self.queue: deque[str] = deque()
        self.known: set[str] = set()
        self.wanted_ids: dict[str, set[str]] = defaultdict(set)
        self.ids: dict[str, set[str]] = {}
        self.faults: dict[str, list[str]] = defaultdict(list)
        self.found = Crawl()

    def walk(self) -> Crawl:
        """Fetch page after page until no link leads to a new one."""
        # The frame of all pages is read once for each content version; that is no page's query.
        start = START[self.language]
        self.client.get(start, base_url=HOST)
        self._follow(start, start)
        while self.queue and len(self.known) < MOST_PAGES:
            self._visit(self.queue.popleft())
        if self.queue:
            self.faults["end"].append(f"more than {MOST_PAGES} pages, such as {self.queue[-1]}")
        self._check_fragments()
        self.found.faults = dict(self.faults)
        self.found.endpoints = sorted({kind[0] for kind in self.kinds if "/" not in kind[0]})
        return self.found

    def _visit(self, address: str) -> None:
        """Fetch one address and note what it is."""
        watch = self.app.extensions["test_watch"]
        watch.start()
        answer = self.client.get(address, base_url=HOST)
        if answer.status_code == 302:
            # A page such as "today" leads on; 301 would mean that the link itself is out of date.
            self._follow(address, self._inside(address, answer.headers["Location"]) or "")
            return
        if answer.status_code != 200:
            self._blame("answer", address, f"is answered {answer.status}")
            return
        if len(watch.statements) > MOST_QUERIES:
            self._blame("queries", address, f"asks the database {len(watch.statements)} times")
        for lost in watch.lost:
            self._blame("writes", address, lost)
        self._check_headers(address, answer)
        if answer.mimetype == "text/html":
            self._read(address, read_page(answer.get_data(as_text=True)))
        else:
            self.found.files.append(address)

    def _read(self, address: str, page: Page) -> None:
        """Check a page and follow its links."""
        self.found.pages.append(address)
        self.ids[address] = set(page.ids)
        for fault in faults_of(page):
            self._blame("page", address, fault)
        for fault in _address_faults(page, address, self.language):
            self._blame("address", address, fault)
        for fault in words_left(page):
            self._blame("words", address, fault)
        for fault in _clock_faults(page):
            self._blame("clock", address, fault)
        for target in resources_of(page):
            self._follow(address, target)
        self._follow_links(address, page)

    def _follow_links(self, address: str, page: Page) -> None:
        for link in page.elements("a"):
            target = self._inside(address, link.get("href") or "")
            if target is None:
                continue
            if _language_of(target) != self.language and not link.get("hreflang"):
                self._blame("language", address, f"links {target} without saying its language")
            elif not link.get("hreflang"):
                self._follow(address, target)
        for form in page.elements("form"):
            self._follow(address, urljoin(address, form.get("action") or ""))

    def _inside(self, address: str, href: str) -> str | None:
        """Return where a link leads on this site; None when it leads elsewhere."""
        parts = urlsplit(urljoin(HOST + address, href))
        if parts.scheme in ("tel", "mailto"):
            return None
        if parts.netloc == urlsplit(HOST).netloc:
            return parts._replace(scheme="", netloc="").geturl()
        if parts.scheme not in ("http", "https") or not parts.netloc:
            self._blame("outside", address, f"links {href!r}")
        if href not in self.found.outside:
            self.found.outside.append(href)
        return None

    def _follow(self, address: str, target: str) -> None:
        """Remember a link, and fetch its page later unless enough of its kind are known."""
        path, _, fragment = target.partition("#")
        path = path or address
        if fragment:
            self.wanted_ids[path].add(fragment)
        if path in self.known:
            return
        kind = self._kind_of(path)
        if kind is None:
            self._blame("answer", address, f"links {path}, which no route answers")
            self.known.add(path)
            return
        self.kinds[kind] += 1
        if not self._is_enough(kind):
            self.known.add(path)
            self.queue.append(path)

    def _is_enough(self, kind: tuple[str, ...]) -> bool:
        """Say whether enough pages of a kind are known."""
        endpoint, *names = kind
        limits = [
            MOST_OF_A_QUERY if names else MOST_PAGES,
            MOST_OF_A_CALENDAR if endpoint in self.endless else MOST_PAGES,
            self.most_of_a_kind or MOST_PAGES,
        ]
        return self.kinds[kind] > min(limits)

    def _kind_of(self, target: str) -> tuple[str, ...] | None:
        """Return the view of an address and the names in its query; None when there is none."""
        parts = urlsplit(target)
        names = sorted(name for name, _ in parse_qsl(parts.query))
        if parts.path.startswith("/static/") or parts.path in ("/favicon.ico",):
            return (parts.path,)
        try:
            endpoint, _ = self.addresses.match(_without_language(unquote(parts.path)), "GET")
        except HTTPException:
            return None
        return (str(endpoint), *names)

    def _check_headers(self, address: str, answer: TestResponse) -> None:
        """Check what each public answer carries (design.md, sections 4 and 7)."""
        is_form = (self._kind_of(address) or ("",))[0] in FORMS
        if "Set-Cookie" in answer.headers and not is_form:
            self._blame("cookie", address, "sets a cookie")
        is_static = address.startswith("/static/")
        cached = answer.headers.get("Cache-Control", "")
        if cached != ("no-store" if is_form else ASK_EACH_TIME) and not (
            is_static and "immutable" in cached
        ):
            self._blame("headers", address, f"has Cache-Control {cached!r}")
        for name, value in security_headers(https=False):
            if answer.headers.getlist(name) != [value]:
                self._blame("headers", address, f"has {name} {answer.headers.getlist(name)}")

    def _check_fragments(self) -> None:
        for address, fragments in self.wanted_ids.items():
            for fragment in sorted(fragments - self.ids.get(address, fragments)):
                self._blame("answer", address, f"has no element with the linked id {fragment!r}")

    def _blame(self, rule: str, address: str, fault: str) -> None:
        self.faults[rule].append(f"{unquote(address)} {fault}")


def _language_of(address: str) -> str:
    return "en" if address == "/en" or address.startswith("/en/") else "ko"


def _without_language(path: str) -> str:
    return path.removeprefix("/en") if _language_of(path) == "en" else path


def other_address(address: str) -> str:
    """Return the address of the same page in the other language."""
    return _without_language(address) if _language_of(address) == "en" else "/en" + address


def _address_faults(page: Page, address: str, language: str) -> Iterator[str]:
    """Compare what a page says about its own address with the truth."""
    if page.language != language:
        yield f"is in {page.language!r}"
    here, there = HOST + address, HOST + other_address(address)
    expected = {
        "canonical": here,
        language: here,
        OTHER[language]: there,
        "x-default": here if language == "ko" else there,
    }
    links = [
        link
        for link in page.elements("link")
        # A feed is an alternate without a language.
        if link.get("rel") == "canonical"
        or (link.get("rel") == "alternate" and link.get("hreflang"))
    ]
    told = {link.get("hreflang") or "canonical": link.get("href") or "" for link in links}
    for name, value in expected.items():
        if unquote(told.get(name, "nothing")) != unquote(value):
            yield f"names {told.get(name)} as {name}, not {value}"
    switches = [a.get("href") for a in page.elements("a") if a.get("rel") == "alternate"]
    if [unquote(s or "") for s in switches] != [unquote(other_address(address))]:
        yield f"switches the language to {switches}"


def _clock_faults(page: Page) -> Iterator[str]:
    """Find what a page of the practice clock does not say."""
    banner = [e for e in page.elements("div") if e.get("class") == "banner"]
    if not banner or not text_of(banner[0]):
        yield "does not say that it is not the official site"
    metas = {meta.get("name"): meta.get("content") for meta in page.elements("meta")}
    if metas.get("robots") != "noindex":
        yield "is not noindex"
    if day_told(page) is None:
        yield "does not say its day"


def day_told(page: Page) -> str | None:
    """Return the day a page says the site stands on, or None."""
    for paragraph in page.elements("p"):
        if paragraph.get("class") == "clock":
            return next((t.get("datetime") for t in paragraph.iter(_HTML + "time")), None)
    return None
