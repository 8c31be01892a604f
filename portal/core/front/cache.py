"""The page cache's inner half: makes pages that are not kept, and keeps what may be kept.

A view marks its page with ``PageFacts``; such a page is kept with everything it needs to be sent
again. Only pages that are the same for everybody are kept: nothing with a cookie, nothing for a
request with Authorization, nothing a view has declared private.
"""

from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from portal.core.front.entries import Entry, make_page
from portal.core.front.facts import ENDPOINT, PAGE, READY, VERDICT, PageFacts
from portal.core.front.headers import HeaderList
from portal.core.front.kept import KeptPages, choose, key_of
from portal.core.front.shared import SharedPages
from portal.core.front.shelf import Key

_NEVER_KEPT = ("no-store", "private")
_NO_BODY: list[bytes] = []


class PageCache:
    """Takes pages from the shared cache or lets Flask make them, and keeps them."""

    def __init__(
        self, app: WSGIApplication, kept: KeptPages, shared: SharedPages | None = None
    ) -> None:
        """Stand before ``app``.

        :param shared: second cache behind the process's own, or None
        """
        self._app = app
        self._kept = kept
        self._shared = shared

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request whose page is not kept in this process."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return self._app(environ, start_response)
        key = key_of(environ)
        entry = self._find_shared(key)
        if entry is None:
            return self._make(key, environ, start_response)
        environ[VERDICT] = "hit"
        environ[ENDPOINT] = entry.endpoint
        return _send(entry, environ, start_response)

    def _find_shared(self, key: Key) -> Entry | None:
        """Return a page that another node has made, if it is fresh."""
        page = self._shared.find(key) if self._shared else None
        return self._kept.keep_if_fresh(key, page) if page else None

    def _make(
        self, key: Key, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let Flask make the page, and keep it when it may be kept.

        HEAD is made as GET, so that both have the same headers and the page can be kept.
        """
        method, environ["REQUEST_METHOD"] = environ["REQUEST_METHOD"], "GET"
        begun = _Begun()
        result = self._app(environ, begun.start)
        environ["REQUEST_METHOD"] = method
        facts: PageFacts | None = environ.get(PAGE)
        if facts is not None:
            environ[VERDICT] = "miss"
            is_ahead = self._kept.is_ahead(facts.fresh_until.timestamp())
            if is_ahead and _may_be_kept(environ, begun):
                entry = self._keep(key, facts, begun.headers, _join(result))
                return _send(entry, environ, start_response)
        start_response(begun.status, begun.headers)
        if method == "HEAD":
            _close(result)
            return _NO_BODY
        return result

    def _keep(self, key: Key, facts: PageFacts, headers: HeaderList, body: bytes) -> Entry:
        """Keep a page here and in the shared cache."""
        page = make_page(facts, headers, body)
        if self._shared:
            self._shared.put(key, page)
        return self._kept.keep(key, page)


class _Begun:
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


def _may_be_kept(environ: WSGIEnvironment, begun: _Begun) -> bool:
    """Say whether an answer is the same for everybody."""
    if not begun.status.startswith("200") or "HTTP_COOKIE" in environ:
        return False
    for name, value in begun.headers:
        low = name.lower()
        if low in ("set-cookie", "content-encoding"):
            return False
        if low == "vary" and value.strip().lower() != "accept-encoding":
            return False
        if low == "cache-control" and any(word in value.lower() for word in _NEVER_KEPT):
            return False
    return True


def _send(entry: Entry, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Send a page that has just been kept."""
    environ[READY] = True
    answer = choose(entry, environ)
    start_response(answer.status, answer.headers)
    return answer.body


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
