"""Fixtures: applications with real data on SQLite and PostgreSQL, a client that checks pages."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from sqlalchemy.orm import Session

from portal.accounts.rules import Role
from portal.extensions import db
from tests.accounts.staff import make_account, sign_in
from tests.support.client import PageClient
from tests.support.pdfs import no_pdfs
from tests.support.prepared import copy_app, fill, make_app, new_postgresql, postgresql_answers

# No test times itself: a slow machine is not a fault. In CI the examples are the same each time.
settings.register_profile(
    "portal",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("portal")


@pytest.fixture(scope="session")
def filled_dirs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give one folder with imported data for each council."""
    folders = {}
    for council in ("seoul", "hanbit"):
        folder = tmp_path_factory.mktemp(council)
        fill(make_app(folder, council=council))
        folders[council] = folder
    return folders


@pytest.fixture(scope="session")
def app(filled_dirs: dict[str, Path]) -> Flask:
    """Give the portal with Seoul's data, for tests that only read."""
    return make_app(filled_dirs["seoul"])


@pytest.fixture(scope="session")
def hanbit(filled_dirs: dict[str, Path]) -> Flask:
    """Give the portal with the fictional council's data, for tests that only read."""
    return make_app(filled_dirs["hanbit"], council="hanbit")


@pytest.fixture(scope="session", params=["seoul", "hanbit"])
def any_app(request: pytest.FixtureRequest, app: Flask, hanbit: Flask) -> Flask:
    """Give the portal with each council's data in turn."""
    return app if request.param == "seoul" else hanbit


@pytest.fixture
def fresh_app(filled_dirs: dict[str, Path], tmp_path: Path) -> Flask:
    """Give a portal with Seoul's data that a test may change."""
    return copy_app(filled_dirs["seoul"], tmp_path / "instance")


@pytest.fixture
def empty_app(tmp_path: Path) -> Flask:
    """Give a portal without database."""
    return make_app(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Give a portal without tables on each database that answers."""
    if request.param == "sqlite":
        yield make_app(tmp_path)
        return
    if not postgresql_answers():
        pytest.skip("no PostgreSQL answers on 127.0.0.1:5432")
    with new_postgresql("test") as address:
        yield make_app(tmp_path, SQLALCHEMY_DATABASE_URI=address)


@pytest.fixture
def client(app: Flask) -> PageClient:
    """Give a client that checks each page of Seoul's portal."""
    made = app.test_client()
    assert isinstance(made, PageClient)
    return made


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Give a database session on Seoul's data, for reading."""
    with app.test_request_context():
        yield db.session()
        db.session.rollback()


@pytest.fixture
def people(fresh_app: Flask) -> tuple[PageClient, PageClient]:
    """Give an editor and a second reader, both signed in."""
    roles = (Role.EDITOR, Role.MODERATOR)
    editor, reader = (sign_in(fresh_app, make_account(fresh_app, role)) for role in roles)
    return editor, reader


@pytest.fixture
def without_pdfs() -> Iterator[None]:
    """Let the machine make no PDFs, as one without their system libraries."""
    with no_pdfs():
        yield
