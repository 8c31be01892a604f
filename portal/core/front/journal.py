"""The journal: an id, a log line and a count for each request, and headers on each answer.

The line says what the site did, never who asked: no address of a person, no query, no user agent,
and no path beyond the name of the route. It is formatted by hand because a cached page costs less
than a logging library's line.

Kept pages are answered from here: their addresses passed every layer behind when they were kept.
"""

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import getrandbits
from time import perf_counter, time
from types import TracebackType
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog

from portal.core.front.facts import ENDPOINT, READY, REQUEST_ID, VERDICT
from portal.core.front.gate import METHODS
from portal.core.front.headers import AnswerHeaders, HeaderList
from portal.core.front.kept import KeptPages
from portal.core.front.lines import Settle
from portal.core.front.metrics import Metrics
from portal.core.front.plain_pages import refuse

ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]

_METHODS = frozenset(METHODS)
# Unique enough to find one request in the log of a year. It protects nothing, so it need not be
# unpredictable.
_ID_BITS = 64

#: One answered request: when (epoch seconds), id, method, endpoint, status line, seconds it took,
#: verdict of the cache, bytes of the body. A tuple, because every request makes one.
Note = tuple[float, str, str, str | None, str, float, str, int]


@dataclass(frozen=True)
class Desk:
    """What the journal works with.

    :ivar kept: pages that can be answered at once; None without page cache
    :ivar take: takes each note with what settles it
    :ivar is_logging: requests are logged, not only counted
    :ivar propagate: errors come through instead of becoming a 500 page, for tests
    """

    headers: AnswerHeaders
    metrics: Metrics
    take: Callable[[Settle[Note], Note], None]
    kept: KeptPages | None = None
    is_logging: bool = True
    propagate: bool = False


class Journal:
    """Gives each request an id, logs and counts it, and completes the headers of its answer."""

    def __init__(self, app: WSGIApplication, desk: Desk) -> None:
        """Stand before ``app``."""
        self._app = app
        self._desk = desk
        self._find = desk.kept.find if desk.kept else _find_nothing
        self._take = desk.take

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with a kept page, or pass the request on, and note how it was answered."""
        began = perf_counter()
        request_id = f"{getrandbits(_ID_BITS):016x}"
        hit = self._find(environ)
        if hit is None:
            return self._pass_on(_Request(environ, start_response, request_id, began))
        answer = hit.answer
        start_response(answer.status, [*answer.headers, ("X-Request-ID", request_id)])
        self._take(
            self.settle,
            (
                time(),
                request_id,
                environ["REQUEST_METHOD"],
                hit.endpoint,
                answer.status,
                perf_counter() - began,
                "hit",
                answer.size_bytes,
            ),
        )
        return answer.body

    def _pass_on(self, request: "_Request") -> Iterable[bytes]:
        """Let the layers behind answer, and note it when the answer has been sent."""
        environ = request.environ
        start = functools.partial(request.start, self._desk.headers.complete)
        result: Iterable[bytes]
        try:
            result = self._app(environ, start)
        except Exception:
            if self._desk.propagate:
                raise
            result = _fail(request, start)
        if isinstance(result, list):
            self._note(request, sum(map(len, result)))
            return result
        file_wrapper: type | tuple[()] = environ.get("wsgi.file_wrapper", ())
        if isinstance(result, file_wrapper):
            # The server sends such a file by a system call, but only when it gets it unwrapped.
            self._note(request, request.declared_bytes())
            return result
        return _Watched(result, functools.partial(self._note, request))

    def _note(self, request: "_Request", size_bytes: int) -> None:
        """Note an answered request."""
        self._take(self.settle, request.note(size_bytes))

    def settle(self, note: Note) -> bytes:
        """Count a noted request and return its log line, JSON in UTF-8 with a newline."""
        at, request_id, method, endpoint, status, seconds, verdict, size_bytes = note
        self._desk.metrics.count_request(status, verdict, seconds)
        if not self._desk.is_logging:
            return b""
        return (
            f'{{"timestamp":"{_stamp(at)}","level":"info","event":"request",'
            f'"request_id":"{request_id}","method":"{method if method in _METHODS else "other"}",'
            f'"route":"{endpoint or "-"}","status":{status[:3]},"ms":{seconds * 1000:.2f},'
            f'"cache":"{verdict}","bytes":{size_bytes}}}\n'
        ).encode()


def _find_nothing(_environ: WSGIEnvironment) -> None:
    """Find no page, for a journal without page cache."""


class _Request:
    """One request on its way through the layers behind."""

    def __init__(
        self,
        environ: WSGIEnvironment,
        start_response: StartResponse,
        request_id: str,
        began: float,
    ) -> None:
        """Leave the id for the layers behind."""
        self.environ = environ
        # Layers behind may change the method in the environment, so it is kept here.
        self.method = environ["REQUEST_METHOD"]
        self.id = environ[REQUEST_ID] = request_id
        self.began = began
        self.status = "500"
        self.headers: HeaderList = []
        self._start = start_response

    def start(
        self,
        complete: Callable[[HeaderList], HeaderList],
        status: str,
        headers: HeaderList,
        exc_info: ExcInfo | None = None,
        /,
    ) -> Callable[[bytes], object]:
        """Start the answer with all headers; with ``complete`` bound a ``start_response``."""
        whole = headers if READY in self.environ else complete(headers)
        self.status = status
        self.headers = [*whole, ("X-Request-ID", self.id)]
        if exc_info is None:
            return self._start(status, self.headers)
        return self._start(status, self.headers, exc_info)

    def declared_bytes(self) -> int:
        """Return the length that the answer's headers declare, 0 when they do not."""
        for name, value in self.headers:
            if name.lower() == "content-length":
                return int(value)
        return 0

    def note(self, size_bytes: int) -> Note:
        """Return the note of the answered request."""
        endpoint = self.environ.get(ENDPOINT)
        verdict = self.environ.get(VERDICT, "-")
        seconds = perf_counter() - self.began
        return (time(), self.id, self.method, endpoint, self.status, seconds, verdict, size_bytes)


@functools.lru_cache(maxsize=4)
def _second(seconds: int) -> str:
    """Return a second of the epoch as ISO text in UTC without its zone; made once a second."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _stamp(now: float) -> str:
    """Return a real time as ISO text in UTC with milliseconds."""
    seconds = int(now)
    return f"{_second(seconds)}.{int((now - seconds) * 1000):03d}Z"


class _Watched:
    """The body of an answer that tells its length when the server has sent it."""

    def __init__(self, body: Iterable[bytes], finish: Callable[[int], None]) -> None:
        """Watch ``body``; ``finish`` gets the number of bytes, once."""
        self._body = body
        self._finish = finish
        self._size_bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        """Give the body piece by piece."""
        for piece in self._body:
            self._size_bytes += len(piece)
            yield piece

    def close(self) -> None:
        """Close the body, also when its reader went away half-way."""
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            self._finish(self._size_bytes)


def _fail(request: _Request, start: StartResponse) -> list[bytes]:
    """Answer 500 for an error that nothing behind has caught."""
    structlog.get_logger("front").exception("unanswered", request_id=request.id)
    request.environ.pop(READY, None)
    # The language's prefix may have moved from the path already.
    path = request.environ["SCRIPT_NAME"] + request.environ["PATH_INFO"]
    # The server takes a second start only together with the error that is its reason.
    reason = sys.exc_info() if request.headers else None

    def restart(
        status: str, headers: HeaderList, _exc_info: ExcInfo | None = None, /
    ) -> Callable[[bytes], object]:
        return start(status, headers, reason)

    return refuse(restart, 500, path, omit_body=request.method == "HEAD")
