"""Applications with imported data, made once and copied."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, text
from werkzeug.routing import Rule

from portal import create_app
from portal.config import ROOT
from portal.core import addresses, clock, templates
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.importers.dataset import import_dataset
from tests.support.client import PageClient
from tests.support.watch import Watch

DATA_DIRS = {"seoul": ROOT / "data", "hanbit": ROOT / "tests" / "fictional"}
#: Compiled templates and translations and static files, once for all applications of a process:
#: making them takes longer than a page.
_MADE = tempfile.TemporaryDirectory(prefix="portal-made")
POSTGRESQL = "postgresql+psycopg://postgres@127.0.0.1:5432/"


_compile_builder = Rule._compile_builder
_builders: dict[Any, Callable[..., tuple[str, str]]] = {}


def _compile_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """Compile how an address is built once for all applications, which takes most of making one."""
    key = (tuple(rule._trace), append_unknown, str(rule.defaults))
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


Rule._compile_builder = _compile_once  # type: ignore[assignment, method-assign]


def make_app(folder: Path, *, council: str = "seoul", **settings: Any) -> Flask:
    """Return an application in a folder of its own, without data.

    What processes remember for their one application would keep those of all earlier tests.
    """
    addresses._address.cache_clear()
    templates._part.cache_clear()
    made = Path(_MADE.name)
    app = create_app(
        {
            "TESTING": True,
            "INSTANCE_DIR": folder,
            "DATA_DIR": DATA_DIRS[council],
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/portal.db",
            "BUILT_DIR": made,
            "TEMPLATE_DIR": made / "templates",
            "STATIC_BUILD_DIR": made / "static",
            "BABEL_TRANSLATION_DIRECTORIES": str(made / "translations"),
            "SECRET_KEY": "of the tests",
            "SITE_URL": "http://localhost",
            "PAGE_CACHE_BYTES": 0,
            **settings,
        }
    )
    app.test_client_class = PageClient
    app.extensions["test_watch"] = Watch(app)
    return app


def fill(app: Flask) -> Flask:
    """Migrate the database and import the data set."""
    with app.app_context():
        upgrade()
        begin_write()
        import_dataset(
            db.session(), app.config["DATA_DIR"], at=clock.real_now(), tell=lambda _line: None
        )
        db.session.commit()
    return app


def copy_app(template: Path, folder: Path, **settings: Any) -> Flask:
    """Return an application on a copy of a filled folder."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    return make_app(folder, **settings)


def postgresql_answers() -> bool:
    """Say whether a PostgreSQL for tests answers on this machine."""
    try:
        engine = create_engine(POSTGRESQL + "postgres", connect_args={"connect_timeout": 2})
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except Exception:
        return False
    return True


@contextmanager
def new_postgresql(purpose: str, options: str = "") -> Iterator[str]:
    """Give the address of an empty PostgreSQL database, and drop it at the end.

    Neither another checkout nor another worker of pytest has one of the same name.

    :param options: of CREATE DATABASE
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    name = f"portal_{purpose}_{checkout}_{worker}"
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    _on_server(drop, f'CREATE DATABASE "{name}" {options}')
    try:
        yield POSTGRESQL + name
    finally:
        _on_server(drop)


def _on_server(*statements: str) -> None:
    """Run statements on the PostgreSQL of the tests, each by itself."""
    engine = create_engine(POSTGRESQL + "postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
