"""The journal and the meters: what is noted about a request, and what never is."""

import json
import re
from pathlib import Path

import pytest
from werkzeug.test import Client

from portal.core.front.gate import METHODS
from portal.core.front.journal import write_line
from tests.support.front import HOME, HOST, client_of, front_app


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return client_of(front_app(tmp_path))


def lines_of(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """Return the request lines written to stderr."""
    every = capfd.readouterr().err.splitlines()
    return [json.loads(line) for line in every if '"event":"request"' in line]


def test_a_request_leaves_one_line(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    answer = client.get("/", base_url=HOST)
    (line,) = lines_of(capfd)
    assert line.pop("request_id") == answer.headers["X-Request-ID"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", str(line.pop("timestamp")))
    assert isinstance(line.pop("ms"), float)
    assert line == {
        "level": "info",
        "event": "request",
        "method": "GET",
        "route": "home",
        "status": 200,
        "cache": "miss",
        "bytes": len(HOME.encode()),
    }


def test_the_line_says_whether_the_cache_had_it(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    for path in ("/", "/", "/private"):
        client.get(path, base_url=HOST)
    lines = lines_of(capfd)
    assert [(line["cache"], line["route"]) for line in lines] == [
        ("miss", "home"),
        ("hit", "home"),
        ("-", "private"),
    ]


def test_nothing_about_the_person_is_noted(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    canary = "canary-7431"
    client.get(
        f"/{canary}?q={canary}",
        base_url=HOST,
        headers={"User-Agent": canary, "X-Request-ID": canary, "Referer": canary},
        environ_overrides={"REMOTE_ADDR": "203.0.113.77"},
    )
    client.open(f"/{canary}", method="CANARY", base_url=HOST)
    noted = capfd.readouterr().err
    assert '"status":404' in noted and '"method":"other"' in noted
    assert canary not in noted.lower() and "203.0.113" not in noted


def test_ids_are_our_own_and_differ(client: Client) -> None:
    given = {"X-Request-ID": "mine"}
    ids = {client.get("/", base_url=HOST, headers=given).headers["X-Request-ID"] for _ in range(9)}
    assert len(ids) == 9 and "mine" not in ids


def test_no_line_below_the_least_level(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    client_of(front_app(tmp_path, LOG_LEVEL="WARNING")).get("/", base_url=HOST)
    assert lines_of(capfd) == []


def test_a_full_log_does_not_stop_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.core.front.journal._STDERR", 987_654)
    write_line(b"lost\n")


def test_an_error_behind_the_chain_becomes_a_plain_page(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    app = front_app(tmp_path, PROPAGATE_EXCEPTIONS=True)
    answer = client_of(app).get("/en/broken", base_url=HOST)
    assert answer.status_code == 500
    assert "Something went wrong" in answer.get_data(as_text=True)
    assert "on purpose" not in answer.get_data(as_text=True)
    assert answer.headers["Content-Security-Policy"]
    assert lines_of(capfd)[0]["status"] == 500


def test_in_tests_an_error_comes_through(tmp_path: Path) -> None:
    app = front_app(tmp_path, TESTING=True)
    with pytest.raises(RuntimeError, match="on purpose"):
        client_of(app).get("/broken", base_url=HOST)


def test_requests_are_counted_by_class_and_verdict(client: Client) -> None:
    for path in ("/", "/", "/nothing"):
        client.get(path, base_url=HOST)
    report = client.get("/metrics", base_url=HOST).get_data(as_text=True)
    assert 'portal_requests_total{cache="hit",status="2xx"} 1.0' in report
    assert 'portal_requests_total{cache="miss",status="2xx"} 1.0' in report
    assert 'portal_requests_total{cache="-",status="4xx"} 1.0' in report
    assert "portal_request_seconds_count 3.0" in report
    assert "portal_page_cache_entries 1.0" in report
    assert float(re.findall(r"portal_page_cache_bytes (\d\S*)", report)[0]) > len(HOME)


def test_meters_are_for_this_machine_only(client: Client) -> None:
    far = client.get("/metrics", base_url=HOST, environ_overrides={"REMOTE_ADDR": "10.0.0.7"})
    forwarded = client.get("/metrics", base_url=HOST, headers={"X-Forwarded-For": "127.0.0.1"})
    assert [far.status_code, forwarded.status_code] == [403, 403]


def test_meters_open_to_the_token_and_to_nothing_else(tmp_path: Path) -> None:
    client = client_of(front_app(tmp_path, METRICS_TOKEN="토큰-7"))  # noqa: S106
    right = "Bearer 토큰-7".encode().decode("latin-1")
    for given, status in ((right, 200), ("Bearer other", 403), ("", 403), ("토".encode(), 403)):
        word = given if isinstance(given, str) else given.decode("latin-1")
        answer = client.get(
            "/metrics", base_url=HOST, environ_overrides={"HTTP_AUTHORIZATION": word}
        )
        assert answer.status_code == status


def test_every_known_method_is_named_in_the_log(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    for method in METHODS:
        client.open("/echo", method=method, base_url=HOST)
    assert [line["method"] for line in lines_of(capfd)] == list(METHODS)
