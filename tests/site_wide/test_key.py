"""The secret key: made once, readable by its owner alone, and never replaced in silence."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from portal import create_app
from portal.accounts.samples import sample_accounts
from portal.core import keys
from portal.core.clock import real_now
from portal.extensions import db
from tests.support.front import HOST, client_of
from tests.support.prepared import DATA_DIRS, make_app


def prepare(app: Flask) -> Result:
    """Run ``flask prepare`` as each start does."""
    # The flask program gives every command this context; the runner of tests does not.
    with app.app_context():
        return app.test_cli_runner().invoke(args=["prepare"])


def key_of(app: Flask) -> Path:
    folder: Path = app.config["INSTANCE_DIR"]
    return folder / keys.FILE_NAME


@pytest.fixture
def prepared(fresh_app: Flask) -> Flask:
    """Give a portal that was prepared once."""
    result = prepare(fresh_app)
    assert result.exit_code == 0, result.output
    return fresh_app


@contextmanager
def open_for_all() -> Iterator[None]:
    """Let new files be readable by everybody, as careless systems do."""
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def test_the_key_is_readable_by_its_owner_alone(fresh_app: Flask) -> None:
    with open_for_all():
        assert prepare(fresh_app).exit_code == 0
    assert stat.S_IMODE(key_of(fresh_app).stat().st_mode) == 0o600
    assert len(key_of(fresh_app).read_text().strip()) >= 43


def test_a_second_start_keeps_the_key(prepared: Flask) -> None:
    before = key_of(prepared).read_bytes()
    assert prepare(prepared).exit_code == 0
    assert key_of(prepared).read_bytes() == before


def test_a_missing_key_is_not_replaced_but_named(prepared: Flask) -> None:
    key_of(prepared).unlink()
    result = prepare(prepared)
    assert result.exit_code != 0
    assert f"{key_of(prepared)} is missing" in result.output
    assert "put the key file back" in result.output
    assert not key_of(prepared).exists()


@pytest.mark.parametrize("wrong", ["another key", ""])
def test_a_wrong_key_is_named(prepared: Flask, wrong: str) -> None:
    key_of(prepared).write_text(wrong)
    result = prepare(prepared)
    assert result.exit_code != 0
    assert str(key_of(prepared)) in result.output


def test_the_application_uses_the_key_of_its_instance(prepared: Flask) -> None:
    settings = {"TESTING": True, "INSTANCE_DIR": prepared.config["INSTANCE_DIR"]}
    app = create_app({**settings, "DATA_DIR": DATA_DIRS["seoul"], "PAGE_CACHE_BYTES": 0})
    assert app.config["SECRET_KEY"] == key_of(prepared).read_text().strip()


def test_no_answer_holds_the_key(prepared: Flask) -> None:
    key = key_of(prepared).read_text().strip()
    for path in ("/", "/healthz", "/readyz", "/metrics", "/nothing"):
        assert key not in client_of(prepared).get(path, base_url=HOST).get_data(as_text=True)


def test_what_the_first_preparation_encrypts_can_be_read_after_it(
    fresh_app: Flask, filled_dirs: dict[str, Path]
) -> None:
    fresh_app.config["DEMO"] = True
    assert prepare(fresh_app).exit_code == 0
    later = create_app(
        {
            "INSTANCE_DIR": fresh_app.config["INSTANCE_DIR"],
            "SQLALCHEMY_DATABASE_URI": fresh_app.config["SQLALCHEMY_DATABASE_URI"],
            "DEMO": True,
        }
    )
    with later.app_context():
        assert sample_accounts(db.session(), at=real_now())


def test_what_the_first_start_queues_is_read_by_the_worker(empty_app: Flask) -> None:
    assert prepare(empty_app).exit_code == 0
    worker = make_app(empty_app.config["INSTANCE_DIR"], SECRET_KEY=None)
    queue = worker.extensions["portal_queue"]
    assert queue.pending_count() > 0
    for _ in range(queue.pending_count()):
        assert queue.dequeue() is not None
