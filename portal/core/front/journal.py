"""The journal: an id, a log line and a count for each request, and headers on each answer.

The line says what the site did, never who asked: no address of a person, no query, no user agent,
and no path beyond the name of the route. It is formatted by hand because a cached page costs less
than a logging library's line.
"""

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from types import TracebackType
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog

from portal.core.clock import real_now
from portal.core.front.facts import ENDPOINT, REQUEST_ID, VERDICT
from portal.core.front.gate import METHODS
from portal.core.front.headers import AnswerHeaders, HeaderList
from portal.core.front.metrics import Metrics
from portal.core.front.plain_pages import refuse

#: Set in the environment by a layer whose headers are complete.
READY = "portal.ready"

ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]

_METHODS = frozenset(METHODS)
_STDERR = 2
# Eight random bytes: unique enough to find one request in the log of a year.
_ID_BYTES = 8


def write_line(line: bytes) -> None:
    """Write one log line with one system call, so that lines of threads never mix."""
    try:
        os.write(_STDERR, line)
    except OSError:
        # A closed or full log must not stop the site.
        return


class Journal:
    """Gives each request an id, logs and counts it, and completes the headers of its answer."""

    def __init__(
        self,
        app: WSGIApplication,
        *,
        headers: AnswerHeaders,
        metrics: Metrics,
        write: Callable[[bytes], None] | None = write_line,
        propagate: bool = False,
    ) -> None:
        """Stand before ``app``.

        :param write: takes each log line; None when requests are not logged
        :param propagate: let errors through instead of answering 500, for tests
        """
        self._app = app
        self._headers = headers
        self._metrics = metrics
        self._write = write
        self._propagate = propagate

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass on every request and note how it was answered."""
        request = _Request(environ, start_response, self._headers)
        result: Iterable[bytes]
        try:
            result = self._app(environ, request.start)
        except Exception:
            if self._propagate:
                raise
            result = _fail(request)
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
        """Count and log an answered request."""
        seconds = perf_counter() - request.started
        verdict = request.environ.get(VERDICT, "-")
        self._metrics.count_request(request.status, verdict, seconds)
        if self._write is not None:
            self._write(request.line(verdict, seconds, size_bytes))


class _Request:
    """One request on its way."""

    __slots__ = ("environ", "headers", "id", "method", "started", "status", "_complete", "_start")

    def __init__(
        self, environ: WSGIEnvironment, start_response: StartResponse, headers: AnswerHeaders
    ) -> None:
        """Begin the time and give the id."""
        self.started = perf_counter()
        self.environ = environ
        # Layers behind may change the method in the environment, so it is kept here.
        self.method = environ["REQUEST_METHOD"]
        self.id = environ[REQUEST_ID] = os.urandom(_ID_BYTES).hex()
        self.status = "500"
        self.headers: HeaderList = []
        self._complete = headers.complete
        self._start = start_response

    def start(
        self, status: str, headers: HeaderList, exc_info: ExcInfo | None = None, /
    ) -> Callable[[bytes], object]:
        """Start the answer with all headers; a WSGI ``start_response``."""
        complete = headers if READY in self.environ else self._complete(headers)
        self.status = status
        self.headers = [*complete, ("X-Request-ID", self.id)]
        if exc_info is None:
            return self._start(status, self.headers)
        return self._start(status, self.headers, exc_info)

    def declared_bytes(self) -> int:
        """Return the length that the answer's headers declare, 0 when they do not."""
        for name, value in self.headers:
            if name.lower() == "content-length":
                return int(value)
        return 0

    def line(self, verdict: str, seconds: float, size_bytes: int) -> bytes:
        """Return the log line of the answered request, JSON in UTF-8 with its newline."""
        at = real_now().isoformat(timespec="milliseconds")
        method = self.method if self.method in _METHODS else "other"
        return (
            f'{{"timestamp":"{at}","level":"info","event":"request","request_id":"{self.id}",'
            f'"method":"{method}","route":"{self.environ.get(ENDPOINT) or "-"}",'
            f'"status":{self.status[:3]},"ms":{seconds * 1000:.2f},"cache":"{verdict}",'
            f'"bytes":{size_bytes}}}\n'
        ).encode()


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


def _fail(request: _Request) -> list[bytes]:
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
        return request.start(status, headers, reason)

    return refuse(restart, 500, path, omit_body=request.method == "HEAD")
