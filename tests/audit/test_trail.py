"""The trail in the database: chained in its cause's transaction, never forked, never changed."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.audit import queries
from portal.audit.pages import Wanted
from portal.config import ROOT
from portal.core.actors import coarse_network
from portal.core.audit import LONGEST_VALUE, record
from portal.core.errors import Invalid
from portal.core.state import change_state, find_state
from portal.core.transactions import begin_write
from portal.extensions import db

WRITERS, LINES = 4, 12


@pytest.fixture
def ready(any_database: Flask) -> Iterator[Flask]:
    """Give a portal with tables but without lines on each database."""
    with any_database.app_context():
        upgrade()
        yield any_database
        db.session.rollback()
        db.engine.dispose()


def note(deed: str = "thing.done", **more: object) -> None:
    record(db.session(), actor="staff:1", deed=deed, kind="things", row_id=7, **more)


def written(app: Flask, count: int = 6) -> None:
    for number in range(count):
        begin_write()
        note(f"deed.{number}", after={"name": "값"})
        db.session.commit()


def deeds() -> list[str]:
    rows = [row.deed for row in queries.lines_for_export(db.session(), Wanted())]
    db.session.rollback()
    return rows


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["audit", *words])
    return result.exit_code, result.output


def test_a_line_is_written_with_its_cause_or_not_at_all(ready: Flask):
    begin_write()
    change_state(db.session(), "cause", "yes")
    note("kept")
    db.session.commit()
    change_state(db.session(), "cause", "no")
    note("undone")
    db.session.rollback()
    note("closed")
    db.session.close()
    note("last", before={"a": "1"}, reason="because")
    db.session.commit()
    assert deeds() == ["kept", "last"]
    assert find_state(db.session(), "cause") == "yes"
    assert run(ready, "verify") == (0, "2 lines, whole\n")


def test_what_a_savepoint_undid_leaves_no_line(ready: Flask):
    begin_write()
    note("outer")
    with db.session.begin_nested():
        note("inner")
        with pytest.raises(LookupError), db.session.begin_nested():
            note("undone")
            raise LookupError
    outer = db.session.begin_nested()
    with db.session.begin_nested():
        note("released, then undone")
    outer.rollback()
    db.session.commit()
    assert deeds() == ["outer", "inner"]


def test_writers_at_once_never_fork_the_chain(ready: Flask):
    failures: list[BaseException] = []

    def write() -> None:
        try:
            with ready.app_context():
                for _number in range(LINES):
                    begin_write()
                    note()
                    note("second")
                    db.session.commit()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write) for _number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert run(ready, "verify") == (0, f"{WRITERS * LINES * 2} lines, whole\n")


REFUSED = {
    "sqlite": "INSERT OR REPLACE INTO audit_lines SELECT * FROM audit_lines WHERE number = 2",
    "postgresql": "TRUNCATE audit_lines",
}


def test_the_database_refuses_to_change_a_line(ready: Flask):
    written(ready)
    for statement in (
        "UPDATE audit_lines SET actor = 'x' WHERE number = 2",
        "DELETE FROM audit_lines WHERE number = 2",
        REFUSED[db.engine.dialect.name],
    ):
        with pytest.raises(DBAPIError, match="never changed or deleted"):
            db.session.execute(text(statement))
        db.session.rollback()
    assert run(ready, "verify")[0] == 0


def without_triggers(*statements: str) -> None:
    """Write past the triggers, as the owner of the database can."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    for name in queries.TRIGGERS[db.engine.dialect.name]:
        db.session.execute(text(f"DROP TRIGGER {name}{'' if is_sqlite else ' ON audit_lines'}"))
    write_past(*statements)


def write_past(*statements: str) -> None:
    for statement in statements:
        db.session.execute(text(statement))
    db.session.commit()


FORGED = (
    "INSERT INTO audit_lines SELECT 7, at, 'x', origin, deed, kind, row_id, before, after, reason,"
    " previous_hash, hash FROM audit_lines WHERE number = 6"
)
SWAP = tuple(
    f"UPDATE audit_lines SET number = {new} WHERE number = {old}"
    for old, new in ((2, 99), (4, 2), (99, 4))
)


TAMPERINGS = (
    (("UPDATE audit_lines SET actor = 'x' WHERE number = 3",), "line 3 was changed"),
    (("UPDATE audit_lines SET reason = '' WHERE number = 6",), "line 6 was changed"),
    (("DELETE FROM audit_lines WHERE number = 3",), "line 3 is missing"),
    (("DELETE FROM audit_lines WHERE number = 1",), "line 1 is missing"),
    (("DELETE FROM audit_lines WHERE number > 4",), "each of the lines 5 to 6 is missing"),
    ((FORGED,), "line 7 was inserted"),
    (SWAP, "line 2 does not follow"),
    (SWAP, "line 4 was changed"),
    (("DELETE FROM audit_heads",), "the head of the chain is missing"),
    (("UPDATE audit_heads SET hash = 'x'",), "line 6 is not the line that the head"),
)
START_AGAIN = (
    "DELETE FROM audit_lines",
    "DELETE FROM audit_heads",
    f"INSERT INTO audit_heads (id, number, hash) VALUES (1, 0, '{'0' * 64}')",
)


def test_tampering_is_found_and_named(ready: Flask):
    without_triggers()
    assert "trigger audit_lines_refuse" in run(ready, "verify")[1]
    for statements, told in TAMPERINGS:
        write_past(*START_AGAIN)
        written(ready)
        write_past(*statements)
        code, output = run(ready, "verify")
        assert (code, told in output) == (1, True), output


def test_a_head_kept_elsewhere_tells_a_chain_cut_together_with_its_head(ready: Flask):
    written(ready)
    _code, head = run(ready, "head")
    assert run(ready, "verify", "--known", *head.split())[0] == 0
    without_triggers(
        "UPDATE audit_heads SET number = 5, hash = (SELECT hash FROM audit_lines WHERE number = 5)",
        "DELETE FROM audit_lines WHERE number = 6",
    )
    code, output = run(ready, "verify", "--known", *head.split())
    assert code == 1
    assert "line 6 is not the one whose hash was kept elsewhere" in output


def test_an_export_is_recorded_and_runs_no_formula(ready: Flask, tmp_path: Path):
    begin_write()
    note(reason="=1+1")
    db.session.commit()
    table, lines = tmp_path / "trail.csv", tmp_path / "trail.jsonl"
    assert run(ready, "export", str(table)) == (0, "2 lines\n")
    assert "'=1+1" in table.read_text(encoding="utf-8")
    assert run(ready, "export", str(lines))[1] == "3 lines\n"
    assert '"deed": "audit.exported"' in lines.read_text(encoding="utf-8")
    assert run(ready, "export", "--to", "2020-01-01", str(lines))[1] == "0 lines\n"


def test_the_clock_leaves_a_line(ready: Flask):
    ready.test_cli_runner().invoke(args=["clock", "set", "2020-12-01"])
    assert deeds() == ["clock.set"]


def test_triggers_stand_after_each_upgrade_and_the_table_goes_down_with_lines(ready: Flask):
    written(ready)
    assert queries.missing_triggers(db.session()) == ()
    db.session.rollback()
    downgrade(revision="0008")
    upgrade()
    assert queries.missing_triggers(db.session()) == ()
    db.session.rollback()
    written(ready)
    assert len(deeds()) == 6
    (third,) = queries.lines_for_auditors(db.session(), Wanted(deed="deed.2", kind="things"))
    assert third.number == 3
    older = queries.lines_for_auditors(db.session(), Wanted(actor="staff:1"), below=5, most=2)
    assert [row.number for row in older] == [4, 3]
    assert queries.lines_for_auditors(db.session(), Wanted(last_on=date(2020, 1, 1))) == []


def test_no_migration_rebuilds_the_table():
    versions = (ROOT / "portal" / "migrations" / "versions").glob("*.py")
    rebuilt = [p.name for p in versions if 'batch_alter_table("audit_lines"' in p.read_text()]
    assert rebuilt == []


def test_a_line_takes_no_long_text(ready: Flask):
    with pytest.raises(ValueError, match="too long") as caught:
        note(after={"text": "personal" * LONGEST_VALUE})
    assert "personal" not in str(caught.value)
    with pytest.raises(Invalid):
        note(reason="x" * 501)
    assert deeds() == []


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::5", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("nonsense", "unknown"),
        (None, "unknown"),
    ],
)
def test_an_address_is_told_by_its_network_only(address: str | None, network: str):
    assert coarse_network(address) == network
