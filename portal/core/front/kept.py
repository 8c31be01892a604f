"""The pages kept in this process, looked up as early as an answer can be given."""

import functools
import time
from collections.abc import Callable
from dataclasses import dataclass
from wsgiref.types import WSGIEnvironment

from portal.core.front.entries import Answer, Entry, Page, make_entry
from portal.core.front.freshness import Versions
from portal.core.front.headers import AnswerHeaders
from portal.core.front.metrics import Metrics
from portal.core.front.shelf import Key, Shelf


@dataclass(frozen=True, slots=True)
class Hit:
    """A kept page's answer to a request, and the endpoint that made the page."""

    answer: Answer
    endpoint: str


class KeptPages:
    """Fresh pages, ready to be sent."""

    def __init__(
        self,
        *,
        shelf: Shelf,
        versions: Versions,
        headers: AnswerHeaders,
        metrics: Metrics,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Keep pages on a shelf while their versions hold.

        :param now: real time, seconds of the epoch
        """
        self._shelf = shelf
        self._versions = versions
        self._headers = headers
        self._metrics = metrics
        self._now = now

    def find(self, environ: WSGIEnvironment) -> Hit | None:
        """Return the answer to a request when its page is kept and fresh."""
        method = environ["REQUEST_METHOD"]
        if (method != "GET" and method != "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return None
        known = self._versions.known()
        if known is None:
            return None
        entry = self._shelf.find(key_of(environ))
        if entry is None or not entry.is_fresh(known, self._now()):
            return None
        return Hit(choose(entry, environ), entry.endpoint)

    def keep(self, key: Key, page: Page) -> Entry:
        """Keep a page that was made just now."""
        entry = make_entry(page, self._headers)
        self._shelf.put(key, entry)
        self._metrics.show_cache(self._shelf.size_bytes, len(self._shelf))
        return entry

    def keep_if_fresh(self, key: Key, page: Page) -> Entry | None:
        """Keep a page that was made elsewhere, unless it is out of date."""
        known = self._versions.known()
        if known is None or not make_entry(page, self._headers).is_fresh(known, self._now()):
            return None
        return self.keep(key, page)

    def is_ahead(self, instant: float) -> bool:
        """Say whether a real time, seconds of the epoch, lies ahead."""
        return instant > self._now()


def key_of(environ: WSGIEnvironment) -> Key:
    """Return the key of a request, the same before and after the language has left the path."""
    return (
        environ["wsgi.url_scheme"],
        environ["HTTP_HOST"],
        environ["SCRIPT_NAME"] + environ["PATH_INFO"],
        environ.get("QUERY_STRING", ""),
    )


def choose(entry: Entry, environ: WSGIEnvironment) -> Answer:
    """Return the answer that fits a request: 304 when the browser has the page, else 200."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING")
    variant = entry.brotli if accepted and takes_brotli(accepted) else entry.identity
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is not None and (asked == variant.tag or names(asked, variant.tag)):
        return variant.unchanged
    return variant.head if environ["REQUEST_METHOD"] == "HEAD" else variant.full


@functools.lru_cache(maxsize=256)
def takes_brotli(accepted: str) -> bool:
    """Say whether an Accept-Encoding header takes brotli (RFC 9110, 12.5.3).

    Answers are remembered: browsers send few different ones.
    """
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() == "br":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def names(asked: str, tag: str) -> bool:
    """Say whether an If-None-Match header names a tag (RFC 9110, 13.1.2: weak comparison)."""
    tags = (part.strip().removeprefix("W/") for part in asked.split(","))
    return asked.strip() == "*" or tag in tags
