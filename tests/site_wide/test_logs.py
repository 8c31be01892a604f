"""The log says what the site did and never who asked or for what."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import structlog
from flask import Flask

from portal.core.front.lines import REQUEST_LOG
from portal.council import queries
from tests.support.front import HOST, client_of
from tests.support.prepared import copy_app

CANARY = "canary7431"
FAR = {"REMOTE_ADDR": "203.0.113.77"}
HEADERS = {
    "User-Agent": CANARY,
    "Referer": f"http://localhost/{CANARY}",
    "Cookie": f"a={CANARY}",
    "X-Forwarded-For": CANARY,
    "X-Request-ID": CANARY,
    "Authorization": CANARY,
    "Accept-Language": CANARY,
}


#: Gives a portal whose log the test reads.
MakeApp = Callable[[], Flask]


@pytest.fixture
def make_logging_app(
    capfd: pytest.CaptureFixture[str], filled_dirs: dict[str, Path], tmp_path: Path
) -> Iterator[MakeApp]:
    """Give what makes the portal within the test.

    The log is bound to the stream of the moment in which the portal is made, and pytest puts
    another one in place between fixtures and test.
    """
    before = structlog.get_config()

    def make() -> Flask:
        app = copy_app(filled_dirs["seoul"], tmp_path / "instance")
        lines(capfd)
        return app

    yield make
    structlog.configure(**before)


def lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """Return what was logged since the last time."""
    return [json.loads(line) for line in text_of(capfd).splitlines()]


def text_of(capfd: pytest.CaptureFixture[str]) -> str:
    REQUEST_LOG.flush()
    return capfd.readouterr().err


@pytest.mark.parametrize(
    "path",
    [
        f"/council/members?name={CANARY}",
        f"/en/council/members?name={CANARY}",
        f"/council/members/{CANARY}",
        f"/{CANARY}",
        f"/static/{CANARY}",
        f"/council?on={CANARY}",
        f"/calendar?kind={CANARY}",
        f"/%00{CANARY}",
    ],
)
def test_a_request_is_noted_without_its_person(
    make_logging_app: MakeApp, capfd: pytest.CaptureFixture[str], path: str
) -> None:
    app = make_logging_app()
    client_of(app).get(path, base_url=HOST, headers=HEADERS, environ_overrides=FAR)
    (line,) = lines(capfd)
    assert line["event"] == "request"
    assert CANARY not in str(line).lower() and "203.0.113" not in str(line)


def test_a_failure_is_noted_with_its_place_but_without_values(
    make_logging_app: MakeApp, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> NoReturn:
        unlucky = CANARY  # A local variable, as a person's name would be.
        raise LookupError(len(unlucky))

    monkeypatch.setattr(queries, "published_members", fail)
    path = f"/council/members?name={CANARY}"
    answer = client_of(make_logging_app()).get(path, base_url=HOST, headers=HEADERS)
    failure, request = lines(capfd)
    assert answer.status_code == 500
    assert failure["event"] == "failure" and "LookupError" in str(failure)
    assert failure["request_id"] == request["request_id"] == answer.headers["X-Request-ID"]
    assert CANARY not in str(failure)


def test_a_failing_database_is_noted_without_the_values_asked_for(
    make_logging_app: MakeApp, capfd: pytest.CaptureFixture[str]
) -> None:
    app = make_logging_app()
    folder = app.config["INSTANCE_DIR"]
    (folder / "portal.db").write_bytes(b"no database at all")
    for name in ("portal.db-wal", "portal.db-shm"):
        (folder / name).unlink(missing_ok=True)
    path = f"/council/members/{CANARY}"
    answer = client_of(app).get(path, base_url=HOST, headers=HEADERS)
    assert answer.status_code in (500, 503)
    assert CANARY not in text_of(capfd)
