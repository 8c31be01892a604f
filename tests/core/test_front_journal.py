"""The journal and the meters: what is noted about a request, and what never is."""

import contextlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from werkzeug.test import Client

from portal.core.front.gate import METHODS
from portal.core.front.lines import PIECE_BYTES, REQUEST_LOG, LineWriter
from tests.support.front import HOME, HOST, client_of, front_app


@pytest.fixture(autouse=True)
def _empty_log() -> None:
    """Let the lines of other tests go before this one's are caught."""
    REQUEST_LOG.flush()


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return client_of(front_app(tmp_path, LOG_LEVEL="INFO"))


def lines_of(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """Return the request lines written to stderr."""
    REQUEST_LOG.flush()
    every = capfd.readouterr().err.splitlines()
    return [json.loads(line) for line in every if '"event":"request"' in line]


def test_a_request_leaves_one_line(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    answer = client.get("/", base_url=HOST)
    (line,) = lines_of(capfd)
    assert line.pop("request_id") == answer.headers["X-Request-ID"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", str(line.pop("timestamp")))
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
    REQUEST_LOG.flush()
    noted = capfd.readouterr().err
    assert '"status":404' in noted and '"method":"other"' in noted
    assert canary not in noted.lower() and "203.0.113" not in noted


def test_in_tests_the_line_is_there_at_once(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    app = front_app(tmp_path, TESTING=True, LOG_LEVEL="INFO")
    client_of(app).get("/", base_url=HOST)
    assert '"event":"request"' in capfd.readouterr().err


def test_ids_are_our_own_and_differ(client: Client) -> None:
    given = {"X-Request-ID": "mine"}
    ids = {client.get("/", base_url=HOST, headers=given).headers["X-Request-ID"] for _ in range(9)}
    assert len(ids) == 9 and "mine" not in ids


def test_no_line_below_the_least_level(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    client_of(front_app(tmp_path, LOG_LEVEL="WARNING")).get("/", base_url=HOST)
    assert lines_of(capfd) == []


def test_a_full_log_does_not_stop_the_site() -> None:
    log: LineWriter[bytes] = LineWriter(987_654)
    log.take(bytes, b"lost\n")
    log.flush()


def read_pieces(reader: int) -> list[bytes]:
    """Return what each write put into a pipe of packets."""
    pieces = []
    with contextlib.suppress(BlockingIOError):
        while piece := os.read(reader, 1_000_000):
            pieces.append(piece)
    return pieces


@pytest.mark.skipif(not hasattr(os, "O_DIRECT"), reason="pipes keep no packets here")
def test_lines_are_written_whole_and_in_pieces_that_do_not_mix() -> None:
    reader, writer = os.pipe2(os.O_DIRECT | os.O_NONBLOCK)
    log: LineWriter[bytes] = LineWriter(writer)
    lines = [b"%d" % n * 300 + b"\n" for n in range(9)] * 3
    for line in lines:
        log.take(bytes, line)
    log.flush()
    pieces = read_pieces(reader)
    assert b"".join(pieces) == b"".join(lines)
    assert len(pieces) > 1
    assert all(len(piece) <= PIECE_BYTES and piece.endswith(b"\n") for piece in pieces)


def test_lines_arrive_by_themselves() -> None:
    reader, writer = os.pipe()
    log: LineWriter[bytes] = LineWriter(writer)
    for line in (b"one\n", b"two\n"):
        log.take(bytes, line)
        assert os.read(reader, 100) == line  # Waits until the thread has written it.


def test_a_note_that_cannot_be_settled_does_not_end_the_log() -> None:
    reader, writer = os.pipe()
    log: LineWriter[bytes] = LineWriter(writer)
    log.take(lambda _note: bytes(1 // 0), b"")
    log.take(bytes, b"next\n")
    assert os.read(reader, 100) == b"next\n"


def test_a_forked_process_writes_its_own_lines_and_no_others() -> None:
    reader, writer = os.pipe()
    program = (
        "import os, sys\n"
        "from portal.core.front.lines import REQUEST_LOG as log\n"
        "log._descriptor = int(sys.argv[1])\n"
        "log.take(bytes, b'parent\\n')\n"
        "if os.fork() == 0:\n"
        "    log.take(bytes, b'child\\n')\n"
        "    sys.exit()\n"
        "os.wait()\n"
    )
    subprocess.run([sys.executable, "-c", program, str(writer)], check=True, pass_fds=[writer])
    os.close(writer)
    with os.fdopen(reader) as written:
        assert sorted(written) == ["child\n", "parent\n"]


def test_an_error_behind_the_chain_becomes_a_plain_page(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    app = front_app(tmp_path, PROPAGATE_EXCEPTIONS=True, LOG_LEVEL="INFO")
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
    assert 'portal_request_seconds_count{cache="hit",status="2xx"} 1.0' in report
    assert 'portal_request_seconds_count{cache="miss",status="2xx"} 1.0' in report
    assert 'portal_request_seconds_count{cache="-",status="4xx"} 1.0' in report
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
