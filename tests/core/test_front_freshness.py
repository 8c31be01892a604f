"""How old a page may be: versions, failures of the database, threads."""

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from portal.core.front.cache import PageCache
from portal.core.front.facts import PAGE, VERDICT, PageFacts
from portal.core.front.freshness import Versions
from portal.core.front.headers import AnswerHeaders
from portal.core.front.kept import KeptPages
from portal.core.front.metrics import Metrics
from portal.core.front.shelf import Shelf

START = datetime(2026, 11, 22, tzinfo=UTC)
SCOPES = {"/": ("site",), "/hearing": ("site", "hearing:17")}


class Portal:
    """A portal whose pages print the versions they were made of, behind a page cache."""

    def __init__(self, *, shelf_bytes: int = 100_000) -> None:
        self.seconds = 0.0
        self.versions = {"site": 1, "hearing:17": 1}
        self.is_up = True
        self.lifetime_seconds = 3600.0
        self.known = Versions(self.read, on_fall=lambda: self.shelf.clear(), now=self.now)
        self.shelf = Shelf(shelf_bytes)
        self.kept = KeptPages(
            shelf=self.shelf,
            versions=self.known,
            headers=AnswerHeaders(https=False),
            metrics=Metrics(),
            now=lambda: START.timestamp() + self.now(),
        )
        self.cache = PageCache(self.make, self.kept)

    def now(self) -> float:
        return self.seconds

    def read(self) -> dict[str, int]:
        if not self.is_up:
            raise ConnectionError("down")
        return dict(self.versions)

    def make(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self.is_up:
            start_response("503 Service Unavailable", [])
            return [b"down"]
        seen = {scope: self.versions[scope] for scope in SCOPES[environ["PATH_INFO"]]}
        until = START + timedelta(seconds=self.now() + self.lifetime_seconds)
        environ[PAGE] = PageFacts(seen, until, "page")
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [repr(seen).encode()]

    def get(self, path: str) -> tuple[str, str]:
        """Return the body and the verdict of a request."""
        environ = {
            "REQUEST_METHOD": "GET",
            "wsgi.url_scheme": "http",
            "HTTP_HOST": "localhost",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
        }
        hit = self.kept.find(environ)
        if hit is not None:
            return b"".join(hit.answer.body).decode(), "hit"
        body = b"".join(self.cache(environ, lambda _status, _headers, _exc=None: lambda _: None))
        return body.decode(), environ.get(VERDICT, "-")


class Freshness(RuleBasedStateMachine):
    """A reader never gets a page older than the rules allow, whatever happens when."""

    @initialize()
    def begin(self) -> None:
        self.portal = Portal()
        self.history = [(0.0, dict(self.portal.versions))]
        self.up_since = 0.0
        self.lifetimes: dict[str, float] = {}

    @rule(scope=st.sampled_from(["site", "hearing:17"]))
    def publish(self, scope: str) -> None:
        if self.portal.is_up:
            self.portal.versions[scope] += 1
            self.history.append((self.portal.seconds, dict(self.portal.versions)))

    @rule(seconds=st.sampled_from([0.1, 0.5, 0.9, 1.0, 1.1, 2.0, 30.0, 59.0, 61.0]))
    def wait(self, seconds: float) -> None:
        self.portal.seconds += seconds

    @rule()
    def go_down(self) -> None:
        self.portal.is_up = False

    @rule()
    def come_up(self) -> None:
        if not self.portal.is_up:
            self.portal.is_up = True
            self.up_since = self.portal.seconds

    @rule(lifetime=st.sampled_from([1.5, 3600.0]))
    def change_lifetime(self, lifetime: float) -> None:
        self.portal.lifetime_seconds = lifetime

    @rule(path=st.sampled_from(sorted(SCOPES)))
    def read(self, path: str) -> None:
        body, verdict = self.portal.get(path)
        if body == "down":
            assert not self.portal.is_up
            return
        seen = eval(body)  # noqa: S307
        oldest = self.versions_at(self.portal.seconds - self.allowed_age())
        assert all(version >= oldest[scope] for scope, version in seen.items())
        if verdict == "miss":
            self.lifetimes[path] = self.portal.seconds + self.portal.lifetime_seconds
        assert self.portal.seconds < self.lifetimes[path]

    @rule(path=st.sampled_from(sorted(SCOPES)))
    def read_twice(self, path: str) -> None:
        self.read(path)
        if self.portal.is_up and self.has_settled():
            assert self.portal.get(path)[1] == "hit"

    def allowed_age(self) -> float:
        """Return the oldest age in seconds that a page may have now."""
        return 2.0 if self.portal.is_up and self.has_settled() else 61.0

    def has_settled(self) -> bool:
        """Say whether the database has been up for so long that every process knows."""
        return self.portal.seconds - self.up_since >= 2

    def versions_at(self, seconds: float) -> dict[str, int]:
        """Return the versions of a moment."""
        past = [versions for at, versions in self.history if at <= seconds]
        return past[-1] if past else {"site": 0, "hearing:17": 0}


Freshness.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestFreshness = Freshness.TestCase


def test_a_raised_scope_leaves_other_pages_alone() -> None:
    portal = Portal()
    portal.get("/"), portal.get("/hearing")
    portal.versions["hearing:17"] += 1
    portal.seconds += 1
    assert portal.get("/")[1] == "hit"
    assert portal.get("/hearing") == ("{'site': 1, 'hearing:17': 2}", "miss")


def test_versions_are_read_once_a_second() -> None:
    reads = []
    portal = Portal()
    known = Versions(lambda: reads.append(1) or {}, now=portal.now)  # type: ignore[func-returns-value]
    for _ in range(30):
        known.known()
        portal.seconds += 0.1
    assert len(reads) == 3


def test_pages_outlive_the_database_by_a_minute_and_no_longer() -> None:
    portal = Portal()
    portal.get("/")
    portal.is_up = False
    answers = []
    for _ in range(62):
        answers.append(portal.get("/")[0])
        portal.seconds += 1
    assert answers[58] != "down"
    assert answers[61] == "down"


def test_versions_that_fell_empty_the_cache() -> None:
    portal = Portal()
    portal.versions["site"] = 9
    portal.get("/")
    portal.versions["site"] = 2
    portal.seconds += 1
    assert portal.get("/") == ("{'site': 2}", "miss")


def test_while_one_thread_reads_the_others_need_not_wait() -> None:
    portal = Portal()
    may_end, has_begun = threading.Event(), threading.Event()

    def slow_read() -> dict[str, int]:
        has_begun.set()
        may_end.wait(10)
        return {"site": 2}

    known = Versions(lambda: {"site": 1}, now=portal.now)
    known.known()
    known._read = slow_read
    portal.seconds = 1.5
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(known.known)
        assert has_begun.wait(10)
        assert known.known() == {"site": 1}
        may_end.set()
        assert reading.result() == {"site": 2}


def test_versions_two_seconds_old_wait_for_the_reading_under_way() -> None:
    portal = Portal()
    has_begun, may_end = threading.Event(), threading.Event()

    def slow_read() -> dict[str, int]:
        has_begun.set()
        may_end.wait(10)
        return {"site": 2}

    known = Versions(lambda: {"site": 1}, now=portal.now)
    known.known()
    known._read = slow_read
    portal.seconds = 2.0
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(known.known)
        assert has_begun.wait(10)
        second = pool.submit(known.known)
        may_end.set()
        assert first.result() == second.result() == {"site": 2}


def test_a_database_that_hangs_is_a_database_that_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    portal = Portal()
    monkeypatch.setattr("portal.core.front.freshness.READ_EVERY_SECONDS", 0.01)
    known = Versions(portal.read, now=portal.now)
    known.known()
    known._lock.acquire()  # A thread is reading and never comes back.
    portal.seconds = 30.0
    assert known.known() == portal.versions
    portal.seconds = 61.0
    assert known.known() is None


def test_no_thread_gets_a_page_older_than_its_request() -> None:
    portal = Portal(shelf_bytes=12_000)
    ticks = count(10, 10)
    # Each look at the clock is ten seconds later, so every request must read the versions.
    portal.known._now = lambda: float(next(ticks))
    lock = threading.Lock()

    def publish_and_read(number: int) -> None:
        path = "/" if number % 2 else "/hearing"
        if number % 3 == 0:
            with lock:
                portal.versions["site"] += 1
        least = portal.versions["site"]
        body, _ = portal.get(path)
        assert eval(body)["site"] >= least  # noqa: S307

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(publish_and_read, range(2000)))
    entries = portal.shelf._entries.values()
    assert portal.shelf.size_bytes == sum(entry.size_bytes for entry in entries)
