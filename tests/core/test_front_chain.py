"""The chain in front of Flask: hosts, addresses, languages, headers."""

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from portal.core.front.headers import CONTENT_SECURITY_POLICY, security_headers
from tests.support.front import HOST, client_of, front_app
from tests.support.page_checks import page_faults


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return front_app(tmp_path)


@pytest.fixture
def client(app: Flask) -> Client:
    return client_of(app)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_own_hosts_are_answered(client: Client, host: str) -> None:
    assert client.get("/echo", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evil@localhost",
        "localhost:port",
        "localhost/",
        "",
    ],
)
def test_foreign_hosts_get_a_plain_page(client: Client, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert page_faults(answer.get_data(as_text=True)) == []
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_a_korean_host_name_is_known_by_its_ascii_form(tmp_path: Path) -> None:
    client = client_of(front_app(tmp_path, TRUSTED_HOSTS=("의회.example",)))
    name = "의회.example".encode("idna").decode()
    assert client.get("/echo", headers={"Host": name}).status_code == 200


def test_many_spellings_of_a_host_are_answered_but_not_all_remembered(client: Client) -> None:
    for port in range(1, 200):
        assert client.get("/echo", headers={"Host": f"localhost:{port}"}).status_code == 200
    assert client.get("/echo", headers={"Host": "evil.example:1"}).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/a%00b", 400),
        ("GET", "/a%0d%0ab", 400),
        ("GET", "/?q=%00", 400),
        ("GET", "/" + "x" * 1000, 400),
        ("GET", "/?q=" + "x" * 10_000, 400),
        ("TRACE", "/", 405),
        ("DELETE", "/", 405),
        ("PROPFIND", "/", 405),
        ("GET", "/static/x.css", 404),
        ("GET", "/static/../../etc/passwd", 404),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_nonsense_is_refused_in_the_language_of_the_address(
    client: Client, method: str, path: str, status: int, prefix: str
) -> None:
    answer = client.open(prefix + path, method=method, base_url=HOST)
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert page_faults(page) == []
    assert f'lang="{"en" if prefix else "ko"}"' in page
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Request-ID"]


def test_a_static_file_takes_no_form(client: Client) -> None:
    answer = client.post("/static/x.css", base_url=HOST)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_a_refused_method_is_told_which_would_do(client: Client) -> None:
    assert client.open("/", method="TRACE", base_url=HOST).headers["Allow"] == (
        "GET, HEAD, POST, OPTIONS"
    )


@pytest.mark.parametrize("size", ["1001", "99999999999999999999", "-1", "many"])
def test_too_large_bodies_are_refused_before_they_are_read(client: Client, size: str) -> None:
    answer = client.post("/echo", base_url=HOST, environ_overrides={"CONTENT_LENGTH": size})
    assert answer.status_code == 413


def test_a_body_of_the_largest_size_is_taken(client: Client) -> None:
    assert client.post("/echo", data=b"x" * 1000, base_url=HOST).status_code == 200


def test_korean_is_at_the_top_and_english_below_en(client: Client) -> None:
    korean = client.get("/echo", base_url=HOST).get_json()
    english = client.get("/en/echo", base_url=HOST).get_json()
    assert (korean["language"], korean["script"], korean["path"]) == ("ko", "", "/echo")
    assert (english["language"], english["script"], english["path"]) == ("en", "/en", "/echo")


def test_a_path_that_only_begins_like_english_is_korean(client: Client) -> None:
    assert client.get("/english", base_url=HOST).status_code == 404


def test_en_alone_gets_its_slash_and_keeps_the_query(client: Client) -> None:
    answer = client.get("/en?q=1", base_url=HOST)
    assert (answer.status_code, answer.headers["Location"]) == (308, "/en/?q=1")


@pytest.mark.parametrize(
    "path", ["static/css/site.css", "healthz", "readyz", "metrics", "favicon.ico", "robots.txt"]
)
def test_addresses_without_language_are_not_below_en(client: Client, path: str) -> None:
    assert client.get(f"/en/{path}", base_url=HOST).status_code == 404


@pytest.mark.parametrize("path", ["/", "/echo", "/nothing", "/en", "/metrics", "/static/x"])
def test_every_answer_has_the_security_headers_once(client: Client, path: str) -> None:
    answer = client.get(path, base_url=HOST)
    for name, value in security_headers(https=False):
        assert answer.headers.getlist(name) == [value]
    assert len(answer.headers.getlist("X-Request-ID")) == 1
    assert len(answer.headers.getlist("Cache-Control")) == 1
    assert "Strict-Transport-Security" not in answer.headers


def test_hsts_is_sent_under_https_also_with_304(tmp_path: Path) -> None:
    client = client_of(front_app(tmp_path, HTTPS=True))
    first = client.get("/", base_url=HOST)
    again = client.get("/", base_url=HOST, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    for answer in (first, again):
        hsts = answer.headers["Strict-Transport-Security"]
        assert hsts == "max-age=63072000; includeSubDomains"


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    for word in ("unsafe", "data:", "http", "*", "nonce"):
        assert word not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


FORGED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "council.example",
}


def test_forwarded_headers_of_clients_are_ignored(client: Client) -> None:
    near = {"REMOTE_ADDR": "192.0.2.1"}
    seen = client.get("/echo", base_url=HOST, headers=FORGED, environ_overrides=near).get_json()
    assert (seen["scheme"], seen["host"], seen["address"]) == ("http", "localhost", "192.0.2.1")


def test_a_scheme_the_server_believed_is_set_right(client: Client) -> None:
    seen = client.get("/echo", base_url="https://localhost").get_json()
    assert seen["scheme"] == "http"


def test_a_trusted_proxy_is_believed(tmp_path: Path) -> None:
    client = client_of(front_app(tmp_path, PROXIES=1))
    seen = client.get("/echo", base_url=HOST, headers=FORGED).get_json()
    assert (seen["scheme"], seen["host"]) == ("https", "council.example")
    assert seen["address"] == "203.0.113.9"


def test_a_proxy_cannot_bring_a_foreign_host(tmp_path: Path) -> None:
    client = client_of(front_app(tmp_path, PROXIES=1))
    forged = {"X-Forwarded-Host": "evil.example"}
    assert client.get("/echo", base_url=HOST, headers=forged).status_code == 400
