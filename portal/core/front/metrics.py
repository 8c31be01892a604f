"""What the portal counts about itself, for Prometheus; nothing about persons.

With ``PROMETHEUS_MULTIPROC_DIR`` set before the start, all processes of the server are added up.
"""

import hmac
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector

from portal.core.front.plain_pages import refuse

_BUCKETS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_CLASSES = ("1", "2", "3", "4", "5")
_VERDICTS = ("hit", "miss", "-")
_LOOPBACK = ("127.0.0.1", "::1", "")
_FORWARDING = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


class Metrics:
    """The meters of one application."""

    def __init__(self) -> None:
        """Make the meters in a registry of their own, so that several applications may live."""
        self._registry = CollectorRegistry()
        seconds = Histogram(
            "portal_request_seconds",
            "Time until an answer was handed to the server, by class of status and verdict of "
            "the page cache; its count is the number of requests",
            ("status", "cache"),
            buckets=_BUCKETS_SECONDS,
            registry=self._registry,
        )
        # Labels are resolved once: a look-up by label costs more than counting.
        self._seconds = {
            (number, verdict): seconds.labels(f"{number}xx", verdict)
            for number in _CLASSES
            for verdict in _VERDICTS
        }
        self._cache_bytes = self._gauge("portal_page_cache_bytes", "Bytes of pages kept")
        self._cache_entries = self._gauge("portal_page_cache_entries", "Pages kept")

    def _gauge(self, name: str, meaning: str) -> Gauge:
        """Return a gauge that is the sum over living processes."""
        return Gauge(name, meaning, multiprocess_mode="livesum", registry=self._registry)

    def count_request(self, status: str, verdict: str, seconds: float) -> None:
        """Count one answered request by its status line and the cache's verdict."""
        meter = self._seconds.get((status[:1], verdict))
        if meter is not None:
            meter.observe(seconds)

    def show_cache(self, size_bytes: int, entries: int) -> None:
        """Show how much the page cache of this process holds now."""
        self._cache_bytes.set(size_bytes)
        self._cache_entries.set(entries)

    def report(self) -> bytes:
        """Return the meters of all processes in Prometheus' text format."""
        try:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        except ValueError:  # No folder is shared, so this process is the only one.
            registry = self._registry
        return bytes(generate_latest(registry))


class MetricsPage:
    """Answers ``/metrics`` to those who may read it; 403 to all others."""

    def __init__(
        self,
        app: WSGIApplication,
        metrics: Metrics,
        token: str | None,
        settle: Callable[[], None],
    ) -> None:
        """Stand before ``app``.

        :param settle: counts what has been noted but not yet counted
        :param token: bearer token that opens the page; without one only this machine may read
        """
        self._app = app
        self._metrics = metrics
        self._settle = settle
        self._expected = f"Bearer {token}".encode() if token else None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass on everything but ``/metrics``."""
        if environ["PATH_INFO"] != "/metrics":
            return self._app(environ, start_response)
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return refuse(start_response, 405, "/metrics", headers=(("Allow", "GET, HEAD"),))
        if not self._may_read(environ):
            return refuse(start_response, 403, "/metrics", omit_body=method == "HEAD")
        return self._answer(start_response, omit_body=method == "HEAD")

    def _answer(self, start_response: StartResponse, *, omit_body: bool) -> Iterable[bytes]:
        """Answer with the meters as they stand."""
        self._settle()
        body = self._metrics.report()
        kind = ("Content-Type", CONTENT_TYPE_LATEST)
        length = ("Content-Length", str(len(body)))
        start_response("200 OK", [kind, length, ("Cache-Control", "no-store")])
        return [] if omit_body else [body]

    def _may_read(self, environ: WSGIEnvironment) -> bool:
        """Say whether the request bears the token or, without one, comes from this machine."""
        if self._expected is not None:
            given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
            return hmac.compare_digest(given, self._expected)
        if any(header in environ for header in _FORWARDING):
            return False
        return environ.get("REMOTE_ADDR", "") in _LOOPBACK
