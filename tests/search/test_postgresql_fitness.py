"""The engine in PostgreSQL says what is missing, instead of finding nothing or breaking."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from tests.support.prepared import POSTGRESQL, make_app, new_postgresql, postgresql_answers

ROLE = "portal_test_role"
#: Another worker of pytest may have made it: roles belong to the whole server.
_MAKE_ROLE = (
    f"DO $$ BEGIN CREATE ROLE {ROLE} LOGIN; "
    "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
)
C_LOCALE = "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"


@pytest.fixture
def without_hangul(tmp_path: Path) -> Iterator[Flask]:
    """Give a portal on a database whose locale knows ASCII letters only."""
    _skip_without_postgresql()
    with new_postgresql("locale", C_LOCALE) as address:
        yield _app(tmp_path, address)


@pytest.fixture
def without_rights(tmp_path: Path) -> Iterator[Flask]:
    """Give a portal whose role may not add an extension to its database."""
    _skip_without_postgresql()
    with new_postgresql("rights") as address:
        name = make_url(address).database
        owner = create_engine(POSTGRESQL + str(name), isolation_level="AUTOCOMMIT")
        with owner.connect() as connection:
            connection.execute(text(_MAKE_ROLE))
            connection.execute(text(f"ALTER SCHEMA public OWNER TO {ROLE}"))
        owner.dispose()
        weak = make_url(address).set(username=ROLE)
        yield _app(tmp_path, weak.render_as_string(hide_password=False))


def _skip_without_postgresql() -> None:
    if not postgresql_answers():
        pytest.skip("no PostgreSQL answers on 127.0.0.1:5432")


def _app(folder: Path, address: str) -> Flask:
    return make_app(folder, SQLALCHEMY_DATABASE_URI=address, SEARCH_ENGINE="postgresql")


@pytest.mark.parametrize("command", ["check", "rebuild"])
def test_a_locale_without_hangul_is_refused(without_hangul: Flask, command: str):
    result = without_hangul.test_cli_runner().invoke(args=["search", command])
    assert result.exit_code == 1
    assert "LC_CTYPE 'C.UTF-8'" in result.output


@pytest.mark.parametrize("command", ["check", "rebuild"])
def test_a_role_without_rights_is_told_what_to_do(without_rights: Flask, command: str):
    result = without_rights.test_cli_runner().invoke(args=["search", command])
    assert result.exit_code == 1
    assert "CREATE EXTENSION pg_trgm" in result.output
    assert "Traceback" not in result.output
