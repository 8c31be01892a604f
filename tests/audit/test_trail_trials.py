"""Trials of the trail: processes at once, and every upgrade."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.audit import queries
from portal.config import ROOT
from portal.core.audit import record
from portal.extensions import db
from tests.support.processes import run_at_once

LINES = 60
#: The revision that made the table.
FIRST = "0009"
WORK = f"""
from portal.core.audit import record
from portal.core.transactions import begin_write
for number in range({LINES}):
    begin_write()
    record(db.session(), actor="staff:1", deed="a.b", kind="things", row_id=number)
    db.session.commit()
"""


@pytest.fixture
def empty(any_database: Flask) -> Iterator[Flask]:
    """Give a portal without tables on each database, within its context."""
    with any_database.app_context():
        yield any_database
        db.session.remove()
        db.engine.dispose()


def test_two_processes_at_once_keep_one_chain(empty: Flask, tmp_path: Path):
    upgrade()
    run_at_once(empty, [tmp_path / "one", tmp_path / "two"], WORK)
    result = empty.test_cli_runner().invoke(args=["audit", "verify"])
    assert (result.exit_code, result.output) == (0, f"{2 * LINES} lines, whole\n")


def revisions() -> list[str]:
    """Return the revisions in which the table is, the first one first."""
    scripts = ScriptDirectory(str(ROOT / "portal" / "migrations"))
    names = [script.revision for script in scripts.walk_revisions()]
    return sorted(name for name in names if name >= FIRST)


def refusals() -> list[bool]:
    """Say of each forbidden statement whether the database refuses it."""
    found = []
    for statement in ("UPDATE audit_lines SET actor = 'x'", "DELETE FROM audit_lines"):
        try:
            db.session.execute(text(statement))
            found.append(False)
        except DBAPIError as error:
            found.append("never changed or deleted" in str(error))
        db.session.rollback()
    return found


def test_lines_are_refused_to_change_after_each_upgrade(empty: Flask):
    # Each revision is reached from the one before, with lines of that one in the table.
    for revision in revisions():
        upgrade(revision=revision)
        record(db.session(), actor="staff:1", deed="a.b", kind="things", row_id=revision)
        db.session.commit()
        assert queries.missing_triggers(db.session()) == (), revision
        db.session.rollback()
        assert refusals() == [True, True], revision
    assert empty.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
