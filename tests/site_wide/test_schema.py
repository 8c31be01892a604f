"""Migrations and models give one schema on SQLite and on PostgreSQL, up and down, with data."""

import re
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, Inspector, func, inspect, select

from portal.config import ROOT
from portal.extensions import Base, db
from tests.support.prepared import fill


def counts() -> dict[str, int]:
    """Return how many rows each table has."""
    tables = db.metadata.sorted_tables
    return {t.name: db.session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


def test_migrations_give_what_the_models_say(any_database: Flask) -> None:
    with any_database.app_context():
        upgrade()
        with db.engine.connect() as connection:
            options = {"compare_type": True, "compare_server_default": True}
            context = MigrationContext.configure(connection, opts=options)
            assert compare_metadata(context, db.metadata) == []
        db.engine.dispose()


def test_migrations_go_down_and_up_again_with_data(any_database: Flask) -> None:
    fill(any_database)
    with any_database.app_context():
        before = counts()
        db.session.rollback()
        downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        db.engine.dispose()
    fill(any_database)
    with any_database.app_context():
        assert counts() == before
        assert sum(before.values()) > 400
        db.session.rollback()
        db.engine.dispose()


def test_every_constraint_has_its_name_in_the_database(any_database: Flask) -> None:
    with any_database.app_context():
        upgrade()
        inspector = inspect(db.engine)
        wrong = [
            f"{table}: {name}"
            for table in db.metadata.tables
            for kind, name in _names_in(inspector, table)
            if not (name or "").startswith(f"{kind}_{table}")
        ]
        db.engine.dispose()
    assert wrong == []


def _names_in(inspector: Inspector, table: str) -> Iterator[tuple[str, str | None]]:
    """Give the kind and name of each constraint and index of a table in the database."""
    yield "pk", inspector.get_pk_constraint(table)["name"]
    yield from (("fk", key["name"]) for key in inspector.get_foreign_keys(table))
    yield from (("uq", unique["name"]) for unique in inspector.get_unique_constraints(table))
    yield from (("ck", check["name"]) for check in inspector.get_check_constraints(table))
    for index in inspector.get_indexes(table):
        # PostgreSQL keeps a unique constraint as an index of the same name.
        if "duplicates_constraint" not in index:
            yield "ix", index["name"]


def test_every_check_of_the_models_is_in_the_database(any_database: Flask) -> None:
    # Alembic does not compare checks by itself.
    with any_database.app_context():
        upgrade()
        inspector = inspect(db.engine)
        for name, table in db.metadata.tables.items():
            ours = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
            assert {check["name"] for check in inspector.get_check_constraints(name)} == ours, name
        db.engine.dispose()


def test_there_is_one_line_of_migrations_and_each_is_numbered() -> None:
    scripts = ScriptDirectory(str(ROOT / "portal" / "migrations"))
    files = sorted((ROOT / "portal" / "migrations" / "versions").glob("*.py"))
    assert len(scripts.get_heads()) == 1
    for number, path in enumerate(files, start=1):
        assert re.fullmatch(rf"{number:04}_[a-z0-9_]+\.py", path.name), path.name


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_foreign_keys_of_a_table_are_found_by_an_index(table: str) -> None:
    # Small tables that are always read whole need none.
    small = {"party_seat_counts", "members", "staff_counts", "units", "districts", "data_checks"}
    known = Base.metadata.tables[table]
    leading = {next(iter(index.columns)) for index in known.indexes}
    unindexed = [
        c.name
        for c in known.columns
        if c.foreign_keys and not (c in leading or c.unique or c.primary_key)
    ]
    assert not unindexed or table in small, unindexed
