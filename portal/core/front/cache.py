"""The page cache: whole public pages, kept in front of Flask.

A view marks its page with ``PageFacts``; such a page is kept with everything it needs to be sent
again. Only pages that are the same for everybody are kept: nothing with a cookie, nothing for a
request with Authorization, nothing a view has declared private.
"""

import functools
import time
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from portal.core.front.entries import Entry, Variant, make_entry, make_page
from portal.core.front.facts import ENDPOINT, PAGE, VERDICT, PageFacts
from portal.core.front.freshness import Versions
from portal.core.front.headers import AnswerHeaders, HeaderList
from portal.core.front.journal import READY
from portal.core.front.metrics import Metrics
from portal.core.front.shared import SharedPages
from portal.core.front.shelf import Key, Shelf

_NEVER_KEPT = ("no-store", "private")
_NO_BODY: list[bytes] = []


class PageCache:
    """Answers public pages from memory; all else goes to Flask."""

    def __init__(
        self,
        app: WSGIApplication,
        *,
        shelf: Shelf,
        versions: Versions,
        headers: AnswerHeaders,
        metrics: Metrics,
        shared: SharedPages | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Stand before ``app``.

        :param shared: second cache behind the process's own, or None
        :param now: real time, seconds of the epoch
        """
        self._app = app
        self._shelf = shelf
        self._versions = versions
        self._headers = headers
        self._metrics = metrics
        self._shared = shared
        self._now = now

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the cache, or pass on and keep what may be kept."""
        method = environ["REQUEST_METHOD"]
        if (method != "GET" and method != "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return self._app(environ, start_response)
        key = (
            environ["wsgi.url_scheme"],
            environ["HTTP_HOST"],
            environ["SCRIPT_NAME"],
            environ["PATH_INFO"],
            environ.get("QUERY_STRING", ""),
        )
        entry = self._find(key)
        if entry is None:
            return self._make(key, environ, start_response)
        environ[VERDICT] = "hit"
        environ[ENDPOINT] = entry.endpoint
        return _answer(entry, environ, start_response)

    def _find(self, key: Key) -> Entry | None:
        """Return a fresh entry, from this process or else from the shared cache."""
        known = self._versions.known()
        if known is None:
            return None
        now = self._now()
        entry = self._shelf.find(key)
        if entry is not None and entry.is_fresh(known, now):
            return entry
        page = self._shared.find(key) if self._shared else None
        if page is None:
            return None
        entry = make_entry(page, self._headers)
        if not entry.is_fresh(known, now):
            return None
        self._keep(key, entry)
        return entry

    def _make(
        self, key: Key, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let Flask make the page, and keep it when it may be kept.

        HEAD is made as GET, so that both have the same headers and the page can be kept.
        """
        method, environ["REQUEST_METHOD"] = environ["REQUEST_METHOD"], "GET"
        answer = _Answer()
        result = self._app(environ, answer.start)
        environ["REQUEST_METHOD"] = method
        facts: PageFacts | None = environ.get(PAGE)
        if facts is not None:
            environ[VERDICT] = "miss"
            if _may_be_kept(environ, answer) and self._is_ahead(facts):
                entry = self._store(key, facts, answer.headers, _join(result))
                return _answer(entry, environ, start_response)
        start_response(answer.status, answer.headers)
        if method == "HEAD":
            _close(result)
            return _NO_BODY
        return result

    def _is_ahead(self, facts: PageFacts) -> bool:
        """Say whether a page's end lies ahead."""
        return facts.fresh_until.timestamp() > self._now()

    def _store(self, key: Key, facts: PageFacts, headers: HeaderList, body: bytes) -> Entry:
        """Keep a page here and in the shared cache."""
        page = make_page(facts, headers, body)
        entry = make_entry(page, self._headers)
        self._keep(key, entry)
        if self._shared:
            self._shared.put(key, page)
        return entry

    def _keep(self, key: Key, entry: Entry) -> None:
        """Keep an entry in this process."""
        self._shelf.put(key, entry)
        self._metrics.show_cache(self._shelf.size_bytes, len(self._shelf))


class _Answer:
    """Holds the beginning of an answer until it is known whether it is kept."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.status = ""
        self.headers: HeaderList = []

    def start(
        self, status: str, headers: HeaderList, exc_info: object = None
    ) -> Callable[[bytes], object]:
        """Hold the status and headers; a WSGI ``start_response``."""
        self.status, self.headers = status, headers
        return _refuse_write


def _refuse_write(_data: bytes) -> object:
    """Refuse the old way of writing a body."""
    raise NotImplementedError("Return the body; write() is not supported here")


def _may_be_kept(environ: WSGIEnvironment, answer: _Answer) -> bool:
    """Say whether an answer is the same for everybody."""
    if not answer.status.startswith("200") or "HTTP_COOKIE" in environ:
        return False
    for name, value in answer.headers:
        low = name.lower()
        if low in ("set-cookie", "content-encoding"):
            return False
        if low == "vary" and value.strip().lower() != "accept-encoding":
            return False
        if low == "cache-control" and any(word in value.lower() for word in _NEVER_KEPT):
            return False
    return True


def _answer(
    entry: Entry, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Send a page: 304 when the browser has it, else 200 in the encoding it takes."""
    environ[READY] = True
    variant = (
        entry.brotli if takes_brotli(environ.get("HTTP_ACCEPT_ENCODING", "")) else entry.identity
    )
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is not None and (asked == variant.tag or _names(asked, variant)):
        start_response("304 Not Modified", variant.unchanged_headers)
        return _NO_BODY
    start_response("200 OK", variant.headers)
    return _NO_BODY if environ["REQUEST_METHOD"] == "HEAD" else variant.body


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


def _names(asked: str, variant: Variant) -> bool:
    """Say whether an If-None-Match header names a page (RFC 9110, 13.1.2: weak comparison)."""
    tags = (tag.strip().removeprefix("W/") for tag in asked.split(","))
    return asked.strip() == "*" or variant.tag in tags


def _join(result: Iterable[bytes]) -> bytes:
    """Return a whole body and close it."""
    try:
        return b"".join(result)
    finally:
        _close(result)


def _close(result: Iterable[bytes]) -> None:
    """Close a body that needs closing."""
    close = getattr(result, "close", None)
    if close is not None:
        close()
