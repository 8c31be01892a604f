"""``/healthz``, ``/readyz`` and ``/metrics``: what machines ask."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal.core.clock import real_now
from portal.core.health import WORKER_SILENCE
from portal.core.state import WORKER_SEEN_AT, change_state
from portal.core.tasks import note_worker
from portal.extensions import db
from tests.support.front import HOST, client_of
from tests.support.prepared import make_app


def see_worker(app: Flask, ago: timedelta) -> None:
    """Let the worker have been seen some time ago."""
    with app.app_context():
        change_state(db.session(), WORKER_SEEN_AT, (real_now() - ago).isoformat())
        db.session.commit()


def without_database(folder: Path) -> Flask:
    return make_app(folder, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder}/missing/portal.db")


def test_a_new_instance_is_ready_before_its_worker_was_seen(app: Flask) -> None:
    answer = client_of(app).get("/readyz", base_url=HOST)
    told = answer.get_json()
    # Ten minutes after the tests began, what waits for the index counts as late.
    assert told.pop("search") in ("busy", "behind")
    assert (answer.status_code, told) == (
        200,
        {"database": "up", "worker": "not seen yet", "outbox": "empty"},
    )


def test_a_living_worker_makes_the_site_ready(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        note_worker()
    answer = client_of(fresh_app).get("/readyz", base_url=HOST)
    assert (answer.status_code, answer.get_json()["worker"]) == (200, "up")


def test_a_silent_worker_makes_the_site_not_ready(fresh_app: Flask) -> None:
    see_worker(fresh_app, WORKER_SILENCE + timedelta(seconds=1))
    answer = client_of(fresh_app).get("/readyz", base_url=HOST)
    assert (answer.status_code, answer.get_json()["worker"]) == (503, "silent")


def test_a_missing_database_makes_the_site_not_ready_but_the_process_is_up(tmp_path: Path) -> None:
    client = client_of(without_database(tmp_path))
    assert client.get("/readyz", base_url=HOST).status_code == 503
    assert client.get("/readyz", base_url=HOST).get_json() == {"database": "down"}
    assert client.get("/healthz", base_url=HOST).get_json() == {"process": "up"}


def test_a_database_without_tables_makes_the_site_not_ready(empty_app: Flask) -> None:
    assert client_of(empty_app).get("/readyz", base_url=HOST).status_code == 503


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_machines_learn_nothing_of_the_inside(app: Flask, path: str) -> None:
    text = client_of(app).get(path, base_url=HOST).get_data(as_text=True)
    assert not any(word in text for word in ("sqlite", "postgresql", "/", "version"))


def test_metrics_are_for_this_machine_only(app: Flask) -> None:
    client = client_of(app)
    near = client.get("/metrics", base_url=HOST, environ_overrides={"REMOTE_ADDR": "127.0.0.1"})
    assert near.status_code == 200 and b"portal_request" in near.data
    far = client.get("/metrics", base_url=HOST, environ_overrides={"REMOTE_ADDR": "203.0.113.7"})
    assert far.status_code == 403
    forwarded = client.get("/metrics", base_url=HOST, headers={"X-Forwarded-For": "127.0.0.1"})
    assert forwarded.status_code == 403


def test_metrics_open_to_the_token_alone(filled_dirs: dict[str, Path], tmp_path: Path) -> None:
    client = client_of(make_app(tmp_path, METRICS_TOKEN="open sesame"))
    from_near = {"REMOTE_ADDR": "127.0.0.1"}
    bare = client.get("/metrics", base_url=HOST, environ_overrides=from_near)
    assert bare.status_code == 403
    for token, status in (("open sesame", 200), ("open", 403), ("", 403)):
        headers = {"Authorization": f"Bearer {token}"}
        assert client.get("/metrics", base_url=HOST, headers=headers).status_code == status
