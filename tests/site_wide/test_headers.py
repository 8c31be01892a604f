"""What every answer carries: security headers, lifetimes, no cookie, nothing of the server."""

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from portal.core.front.headers import CONTENT_SECURITY_POLICY, security_headers
from tests.support.front import HOST, client_of
from tests.support.prepared import copy_app

PAGES = ("/", "/en/", "/council", "/council/members", "/calendar", "/about/data")
FEEDS = ("/calendar.ics", "/council/members.csv", "/robots.txt", "/.well-known/security.txt")
_FOREIGN = re.compile(r"""(?:url\(|@import|\bimport|\bfrom|fetch\()\s*["']?(?:https?:)?//""")
MACHINES = ("/healthz", "/readyz", "/metrics")
REFUSED = ("/nothing", "/en/nothing", "/static/nothing", "/council?on=x")


@pytest.fixture(scope="module")
def cached(filled_dirs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Give the portal as it is served: with its page cache."""
    folder = tmp_path_factory.mktemp("cached") / "instance"
    return copy_app(filled_dirs["seoul"], folder, PAGE_CACHE_BYTES=10_000_000)


@pytest.fixture
def visitor(cached: Flask) -> Client:
    return client_of(cached)


def static_addresses(app: Flask) -> list[str]:
    addresses = app.extensions["portal_static"]
    return [addresses[name] for name in ("css/base.css", "js/site.js", "icons/favicon.ico")]


def check(answer: TestResponse) -> None:
    for name, value in security_headers(https=False):
        assert answer.headers.getlist(name) == [value], name
    assert "Set-Cookie" not in answer.headers
    assert "Server" not in answer.headers and "X-Powered-By" not in answer.headers
    assert len(answer.headers.getlist("Cache-Control")) == 1
    assert re.fullmatch("[0-9a-f]{16}", answer.headers["X-Request-ID"])


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", [*PAGES, *FEEDS, *MACHINES, *REFUSED])
def test_every_answer_has_the_security_headers(visitor: Client, path: str, method: str) -> None:
    # The second answer comes from the page cache.
    for _ in range(2):
        check(visitor.open(path, method=method, base_url=HOST))


def test_static_files_have_them_and_live_for_a_year(cached: Flask, visitor: Client) -> None:
    for address in static_addresses(cached):
        answer = visitor.get(address, base_url=HOST)
        check(answer)
        assert answer.headers["Cache-Control"] == "max-age=31536000, public, immutable"


@pytest.mark.parametrize("path", [*PAGES, *FEEDS])
def test_public_pages_are_kept_but_asked_about_each_time(visitor: Client, path: str) -> None:
    first = visitor.get(path, base_url=HOST)
    assert first.headers["Cache-Control"] == "no-cache"
    again = visitor.get(path, base_url=HOST, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", [*MACHINES, *REFUSED])
def test_what_is_of_the_moment_is_never_kept(visitor: Client, path: str) -> None:
    assert visitor.get(path, base_url=HOST).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_a_cookie_changes_nothing(visitor: Client, path: str) -> None:
    plain = visitor.get(path, base_url=HOST)
    with_cookie = visitor.get(path, base_url=HOST, headers={"Cookie": "session=x; lang=en"})
    assert with_cookie.data == plain.data
    assert "Cookie" not in with_cookie.headers.get("Vary", "")


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    directives = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert directives.pop("default-src") == "'none'"
    assert set(directives.values()) <= {"'self'", "'none'"}
    assert {"form-action", "base-uri", "frame-ancestors", "script-src"} <= set(directives)


def test_style_sheets_and_scripts_name_no_other_host(cached: Flask) -> None:
    for name in cached.extensions["portal_static"]:
        path = cached.config["STATIC_DIR"] / name
        if path.suffix in (".css", ".js"):
            text = path.read_text(encoding="utf-8")
            assert (
                re.findall(r"""(?:url\(|import|fetch\(|src=)\s*["']?(?:https?:)?//""", text) == []
            )


@pytest.mark.parametrize("path", PAGES)
def test_the_host_of_the_request_is_not_believed(visitor: Client, path: str) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    text = visitor.get(path, base_url=HOST, headers=headers).get_data(as_text=True)
    assert "evil.example" not in text
    assert f'<link rel="canonical" href="{HOST}' in text
