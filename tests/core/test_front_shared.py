"""The cache shared by several nodes: it helps when it is there and harms nobody when not."""

import socket
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from portal.core.front.entries import Page, dump_page, make_page
from portal.core.front.facts import PageFacts
from portal.core.front.shared import SharedPages, release_digest
from portal.core.front.shelf import Key
from tests.support.front import HOME, HOST, client_of, front_app

URL = "redis://127.0.0.1:6379/0"
KEY: Key = ("http", "localhost", "/", "")


@pytest.fixture
def redis() -> Redis:
    client = Redis.from_url(URL, socket_timeout=1)
    try:
        client.ping()
    except RedisError:
        pytest.skip("no Redis answers on 127.0.0.1:6379")
    return client


@pytest.fixture
def site_url() -> str:
    """Give a site of this test alone, so that tests beside it share no pages."""
    return f"http://{uuid.uuid4()}.example"


def page(seconds: float = 60) -> Page:
    """Return a page that ends in some seconds."""
    until = datetime.now(UTC) + timedelta(seconds=seconds)
    facts = PageFacts({"site": 1}, until, "home")
    return make_page(facts, [("Content-Type", "text/html")], HOME.encode())


@pytest.mark.redis
def test_a_second_node_needs_not_make_the_page(redis: Redis, tmp_path: Path, site_url: str) -> None:
    nodes = [front_app(tmp_path, REDIS_URL=URL, SITE_URL=site_url) for _ in range(2)]
    first, second = (client_of(node).get("/", base_url=HOST) for node in nodes)
    assert [node.extensions["made"]["home"] for node in nodes] == [1, 0]
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]


@pytest.mark.redis
def test_a_node_that_knows_a_newer_version_makes_the_page(
    redis: Redis, tmp_path: Path, site_url: str
) -> None:
    old = front_app(tmp_path, REDIS_URL=URL, SITE_URL=site_url)
    new = front_app(tmp_path, REDIS_URL=URL, SITE_URL=site_url, versions=lambda: {"site": 2})
    for node in (old, new):
        client_of(node).get("/", base_url=HOST)
    assert new.extensions["made"]["home"] == 1


@pytest.mark.redis
def test_nodes_with_other_settings_share_nothing(
    redis: Redis, tmp_path: Path, site_url: str
) -> None:
    nodes = [
        front_app(tmp_path, REDIS_URL=URL, SITE_URL=site_url, CLOCK=clock)
        for clock in ("real", "dataset")
    ]
    for node in nodes:
        client_of(node).get("/", base_url=HOST)
    assert [node.extensions["made"]["home"] for node in nodes] == [1, 1]


@pytest.mark.redis
def test_a_page_leaves_redis_when_it_ends(redis: Redis) -> None:
    shared = SharedPages(redis, uuid.uuid4().hex)
    shared.put(KEY, page(seconds=60))
    left = redis.ttl(shared._name(KEY))
    assert isinstance(left, int) and 57 <= left <= 60


@pytest.fixture
def dead_port() -> Iterator[int]:
    """Give a port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_redis_that_does_not_answer_is_left_alone(tmp_path: Path, dead_port: int) -> None:
    app = front_app(tmp_path, REDIS_URL=f"redis://127.0.0.1:{dead_port}/0")
    client = client_of(app)
    began = time.monotonic()
    for path in ("/", "/en/", "/?X-A=1", "/?X-A=2"):
        assert client.get(path, base_url=HOST).status_code == 200
    # One try costs the time-out twice at most; the others must not be tried.
    assert time.monotonic() - began < 2
    assert app.extensions["made"]["home"] == 4


class BrokenRedis:
    """A Redis that counts its calls and fails at each, or gives bytes that are no page."""

    def __init__(self, data: bytes | None = None) -> None:
        self.calls = 0
        self.data = data

    def get(self, _name: str) -> bytes:
        self.calls += 1
        if self.data is None:
            raise RedisError("down")
        return self.data

    def set(self, _name: str, _data: bytes, ex: int) -> None:
        self.calls += 1
        raise RedisError("down")


def test_after_an_error_redis_rests_for_five_seconds() -> None:
    redis, seconds = BrokenRedis(), [0.0]
    shared = SharedPages(redis, "r", now=lambda: seconds[0])  # type: ignore[arg-type]
    for at, calls in ((0.0, 1), (4.9, 1), (5.0, 2)):
        seconds[0] = at
        assert shared.find(KEY) is None
        shared.put(KEY, page())
        assert redis.calls == calls


@pytest.mark.parametrize("data", [b"junk", b"", dump_page(page())[:-1]])
def test_bytes_that_are_no_page_are_no_page(data: bytes) -> None:
    shared = SharedPages(BrokenRedis(data), "r")  # type: ignore[arg-type]
    assert shared.find(KEY) is None


def test_a_page_that_has_ended_is_not_sent_to_redis() -> None:
    redis = BrokenRedis()
    SharedPages(redis, "r").put(KEY, page(seconds=0))  # type: ignore[arg-type]
    assert redis.calls == 0


def test_another_release_has_another_digest(tmp_path: Path) -> None:
    template = tmp_path / "page.html"
    template.write_text("old")
    before = release_digest([tmp_path], ["a"])
    assert release_digest([tmp_path], ["a"]) == before
    assert release_digest([tmp_path], ["b"]) != before
    template.write_text("new")
    assert release_digest([tmp_path], ["a"]) != before
