"""The page cache as a reader meets it: what is kept, what is not, and how it is answered."""

import gzip
import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import brotli
import pytest
from flask import Flask
from werkzeug.test import Client

from portal.core.front.cache import PageCache
from portal.core.front.entries import dump_page, load_page, make_entry, make_page
from portal.core.front.facts import PageFacts
from portal.core.front.headers import AnswerHeaders
from portal.core.front.kept import KeptPages, takes_brotli
from portal.core.front.shelf import Key, Shelf
from tests.support.front import HOME, HOST, client_of, front_app

BROTLI = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return front_app(tmp_path)


@pytest.fixture
def client(app: Flask) -> Client:
    return client_of(app)


def made(app: Flask) -> int:
    """Return how often Flask made the home page."""
    count: int = app.extensions["made"]["home"]
    return count


def test_a_page_is_made_once(app: Flask, client: Client) -> None:
    first, second = (client.get("/", base_url=HOST) for _ in range(2))
    assert first.get_data(as_text=True) == second.get_data(as_text=True) == HOME
    assert made(app) == 1


def test_a_hit_has_the_headers_of_the_miss(client: Client) -> None:
    first, second = (dict(client.get("/", base_url=HOST).headers) for _ in range(2))
    assert first.pop("X-Request-ID") != second.pop("X-Request-ID")
    assert first == second
    assert first["Cache-Control"] == "no-cache"
    assert first["Vary"] == "Accept-Encoding"
    assert first["Content-Length"] == str(len(HOME.encode()))


def test_each_encoding_has_its_body_and_its_tag(client: Client) -> None:
    plain = client.get("/", base_url=HOST)
    small = client.get("/", base_url=HOST, headers=BROTLI)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "br"
    assert brotli.decompress(small.data).decode() == HOME
    assert plain.headers["ETag"] != small.headers["ETag"]
    assert not plain.headers["ETag"].startswith("W/")


@pytest.mark.parametrize("form", ["{0}", "W/{0}", '"other", {0}', "*", " {0} , W/{0}"])
@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_browser_that_has_the_page_gets_304(client: Client, form: str, encoding: str) -> None:
    accept = {"Accept-Encoding": encoding}
    tag = client.get("/", base_url=HOST, headers=accept).headers["ETag"]
    asked = {**accept, "If-None-Match": form.format(tag)}
    answer = client.get("/", base_url=HOST, headers=asked)
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == tag
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Content-Type" not in answer.headers


def test_the_tag_of_the_other_encoding_is_no_match(client: Client) -> None:
    tag = client.get("/", base_url=HOST).headers["ETag"]
    asked = {**BROTLI, "If-None-Match": tag}
    assert client.get("/", base_url=HOST, headers=asked).status_code == 200


def test_head_is_get_without_the_body_before_and_after_storing(app: Flask, client: Client) -> None:
    miss, hit = (client.head("/", base_url=HOST) for _ in range(2))
    get = client.get("/", base_url=HOST)
    assert miss.data == hit.data == b""
    assert miss.headers["Content-Length"] == hit.headers["Content-Length"] == str(len(get.data))
    assert miss.headers["ETag"] == get.headers["ETag"]
    assert made(app) == 1


def test_head_of_a_page_that_is_not_kept_has_no_body(client: Client) -> None:
    answer = client.head("/private", base_url=HOST)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == "6"


@pytest.mark.parametrize(
    "query",
    [
        "Set-Cookie=a%3Db",
        "Vary=Cookie",
        "Vary=*",
        "Cache-Control=no-store",
        "Cache-Control=private",
        "Content-Encoding=gzip",
    ],
)
def test_what_is_not_for_everybody_is_not_kept(app: Flask, client: Client, query: str) -> None:
    for _ in range(2):
        client.get(f"/?{query}", base_url=HOST)
    assert made(app) == 2


@pytest.mark.parametrize("header", ["Cookie", "Authorization"])
def test_an_answer_to_a_known_person_is_not_kept(app: Flask, client: Client, header: str) -> None:
    client.get("/", base_url=HOST, headers={header: "session=1"})
    client.get("/", base_url=HOST)
    assert made(app) == 2


def test_a_reader_with_a_cookie_gets_the_kept_page(app: Flask, client: Client) -> None:
    client.get("/", base_url=HOST)
    client.get("/", base_url=HOST, headers={"Cookie": "theme=dark"})
    assert made(app) == 1


def test_authorization_passes_the_cache_by(app: Flask, client: Client) -> None:
    client.get("/", base_url=HOST)
    client.get("/", base_url=HOST, headers={"Authorization": "Bearer x"})
    assert made(app) == 2


def test_languages_hosts_and_queries_are_kept_apart(app: Flask, client: Client) -> None:
    for address in ("/", "/en/", "/?X-A=1", "/?X-A=2"):
        client.get(address, base_url=HOST)
    client.get("/", base_url="http://council.example")
    assert made(app) == 5


def test_a_page_without_facts_is_not_kept(client: Client) -> None:
    answers = [client.get("/private", base_url=HOST) for _ in range(2)]
    assert all("ETag" not in answer.headers for answer in answers)
    assert all(answer.headers["Cache-Control"] == "no-cache" for answer in answers)


def test_a_raised_version_makes_the_page_anew(tmp_path: Path) -> None:
    versions = {"site": 1}
    app = front_app(tmp_path, versions=lambda: dict(versions))
    client = client_of(app)
    client.get("/", base_url=HOST)
    versions["site"] = 2
    kept_of(app)._versions._next_at = 0.0  # The second until the next reading is over.
    client.get("/", base_url=HOST)
    assert made(app) == 2


def layer_of(app: Flask, kind: type) -> Any:
    """Return a layer of an application's chain."""
    layer: Any = app.wsgi_app
    while not isinstance(layer, kind):
        layer = layer._app
    return layer


def kept_of(app: Flask) -> KeptPages:
    """Return the pages an application keeps."""
    kept: KeptPages = layer_of(app, PageCache)._kept
    return kept


def test_without_room_the_cache_is_off(tmp_path: Path) -> None:
    app = front_app(tmp_path, PAGE_CACHE_BYTES=0)
    client = client_of(app)
    for _ in range(2):
        assert client.get("/", base_url=HOST).status_code == 200
    assert made(app) == 2


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("br", True),
        ("gzip, deflate, BR", True),
        ("gzip;q=1.0, br;q=0.1", True),
        ("br; q=0", False),
        ("br;q=0.000, gzip", False),
        ("gzip, deflate", False),
        ("brotli", False),
        ("", False),
    ],
)
def test_brotli_is_sent_to_those_who_take_it(accepted: str, *, expected: bool) -> None:
    assert takes_brotli(accepted) is expected


def facts(**changes: object) -> PageFacts:
    """Return the facts of a page of version 3 that ends in an hour."""
    known = {
        "versions": {"site": 3},
        "fresh_until": datetime.now(UTC) + timedelta(hours=1),
        "endpoint": "x",
    }
    return PageFacts(**{**known, **changes})  # type: ignore[arg-type]


def test_an_entry_ends_at_its_instant() -> None:
    end = datetime(2026, 1, 1, tzinfo=UTC)
    entry = make_entry(make_page(facts(fresh_until=end), [], b"x"), AnswerHeaders(https=False))
    assert entry.is_fresh({}, end.timestamp() - 0.001)
    assert not entry.is_fresh({}, end.timestamp())


def test_a_page_that_has_ended_already_is_not_kept(app: Flask, client: Client) -> None:
    past = facts(fresh_until=datetime.now(UTC) - timedelta(seconds=1))

    def ended(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["portal.page"] = past
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"old"]

    layer_of(app, PageCache)._app = ended
    client.get("/", base_url=HOST)
    assert len(kept_of(app)._shelf) == 0


def test_small_and_packed_bodies_are_not_compressed() -> None:
    packed = gzip.compress(random.Random(1).randbytes(5000))  # noqa: S311
    image = make_page(facts(), [("Content-Type", "image/png")], packed)
    small = make_page(facts(), [("Content-Type", "text/html")], b"x" * 400)
    noise = make_page(facts(), [("Content-Type", "text/plain")], packed)
    assert image.compressed is small.compressed is noise.compressed is None
    entry = make_entry(image, AnswerHeaders(https=False))
    assert entry.brotli is entry.identity
    assert "Vary" not in dict(entry.identity.full.headers)


def test_a_page_survives_its_way_through_bytes() -> None:
    for body in (HOME.encode(), b"", b"\x00\xff" * 10):
        page = make_page(facts(), [("Content-Type", "text/html"), ("X-A", "é")], body)
        assert load_page(dump_page(page)) == page


@pytest.mark.parametrize("cut", [0, 3, 15, 16, 40, -1])
def test_damaged_bytes_are_no_page(cut: int) -> None:
    data = dump_page(make_page(facts(), [("Content-Type", "text/html")], HOME.encode()))
    with pytest.raises(ValueError, match="cached page|JSON|Expecting|utf-8"):
        load_page(data[:cut])
    with pytest.raises(ValueError, match="cached page"):
        load_page(b"XXXX" + data[4:])


def test_the_least_recently_used_page_goes_first() -> None:
    entry = make_entry(make_page(facts(), [], b"x" * 1000), AnswerHeaders(https=False))
    shelf = Shelf(entry.size_bytes * 3)
    keys: list[Key] = [("http", "localhost", "", f"/{n}", "") for n in range(4)]
    for key in keys[:3]:
        shelf.put(key, entry)
    shelf.find(keys[0])
    shelf.put(keys[3], entry)
    assert [shelf.find(key) is not None for key in keys] == [True, False, True, True]
    assert shelf.size_bytes == entry.size_bytes * 3


def test_a_page_larger_than_the_shelf_is_not_kept() -> None:
    entry = make_entry(make_page(facts(), [], b"x" * 9000), AnswerHeaders(https=False))
    shelf = Shelf(5000)
    shelf.put(("http", "localhost", "", "/", ""), entry)
    assert (len(shelf), shelf.size_bytes) == (0, 0)
