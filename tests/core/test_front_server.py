"""What the server answers by itself to requests that never reach the chain."""

import socket
from types import SimpleNamespace

import pytest
from gunicorn.http.errors import InvalidRequestLine, LimitRequestHeaders, LimitRequestLine

from portal.core.front.headers import security_headers
from portal.core.front.server import PortalWorker, refusal
from tests.support.page_checks import page_faults


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (LimitRequestLine(9000, 8190), 414),
        (LimitRequestHeaders("too many"), 431),
        (InvalidRequestLine("canary"), 400),
        (ZeroDivisionError("canary"), 500),
    ],
)
def test_an_unreadable_request_gets_a_page_in_both_languages(error: Exception, status: int) -> None:
    head, body = refusal(error, https=True).split(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0].startswith(f"HTTP/1.1 {status} ")
    assert f"Content-Length: {len(body)}" in lines
    assert {f"{name}: {value}" for name, value in security_headers(https=True)} <= set(lines)
    assert page_faults(body.decode()) == []
    assert 'lang="ko"' in body.decode() and 'lang="en"' in body.decode()
    assert b"canary" not in body


def test_the_worker_tells_the_reader_and_not_the_log_who_asked(
    capfd: pytest.CaptureFixture[str],
) -> None:
    ours, theirs = socket.socketpair()
    worker = SimpleNamespace(wsgi=SimpleNamespace(config={"HTTPS": False}))
    error = InvalidRequestLine("GET /canary")
    PortalWorker.handle_error(worker, None, ours, ("203.0.113.5", 4000), error)  # type: ignore[arg-type]
    assert theirs.recv(10_000).startswith(b"HTTP/1.1 400 Bad Request\r\n")
    noted = "".join(capfd.readouterr())
    assert "203.0.113.5" not in noted and "canary" not in noted


def test_a_reader_who_has_gone_is_no_error() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    worker = SimpleNamespace(wsgi=SimpleNamespace(config={"HTTPS": False}))
    PortalWorker.handle_error(worker, None, ours, None, InvalidRequestLine("x"))  # type: ignore[arg-type]
