"""`kill -9` in the middle of `flask import`: nothing of that import is in the database.

Tried on SQLite and, where a server answers on 127.0.0.1:5432, on PostgreSQL.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from drills._portal import PYTHON, ROOT, Failed, folder, prepare, report

KILLS = 6
ALL_THERE = "nothing changed since the last import"
DATABASE = "portal_drill"
SERVER = "postgresql+psycopg://postgres@127.0.0.1:5432/"


def drill() -> str:
    """Kill imports at different moments on each database that is here."""
    with folder() as path:
        words = f"SQLite: {_try(path / 'sqlite', '')}"
    if not _make_postgresql():
        return f"{words}; PostgreSQL: SKIPPED, no server answers on 127.0.0.1:5432"
    with folder() as path:
        return f"{words}; PostgreSQL: {_try(path / 'postgresql', SERVER + DATABASE)}"


def _try(instance: Path, database: str) -> str:
    """Prepare a database, kill imports into it at different lines and compare."""
    instance.mkdir()
    data = instance / "data"
    shutil.copytree(ROOT / "data", data)
    environ = {"PORTAL_DATA_DIR": str(data), "PORTAL_DATABASE_URL": database}
    prepared = prepare(instance / "state", **environ)
    if prepared.returncode != 0:
        raise Failed(prepared.stderr)
    address = database or f"sqlite:///{instance}/state/portal.db"
    kills = [
        _kill_comes_in_time(instance / "state", environ, address, after_lines=1 + number)
        for number in range(KILLS)
    ]
    if sum(kills) < KILLS // 2:
        raise Failed(f"only {sum(kills)} of {KILLS} kills came in time")
    return f"{sum(kills)} of {KILLS} kills came in time, nothing of those imports was left"


def _kill_comes_in_time(
    instance: Path, environ: dict[str, str], address: str, *, after_lines: int
) -> bool:
    """Change the data, kill its import, and tell whether that was before its commit.

    :raise Failed: a part of the import was in the database, or the next import did not succeed
    """
    _change(Path(environ["PORTAL_DATA_DIR"]))
    before = _fingerprint(address)
    _kill_import(instance, environ, after_lines=after_lines)
    is_undone = _fingerprint(address) == before
    is_whole = ALL_THERE in _import_to_the_end(instance, environ)
    if is_undone == is_whole:
        raise Failed(f"killed after line {after_lines}, a part of the import was in the database")
    if _fingerprint(address) == before:
        raise Failed("the changed data changes nothing: the drill proves nothing")
    return is_undone


def _change(data: Path) -> None:
    """Change a word that stands in many files, or change it back, so that all are read again."""
    for file in data.rglob("*.csv"):
        text = file.read_text(encoding="utf-8")
        old, new = ("위 원회", "위원회") if "위 원회" in text else ("위원회", "위 원회")
        file.write_text(text.replace(old, new), encoding="utf-8")


def _start_import(instance: Path, environ: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start an import; its lines come as it goes along."""
    return subprocess.Popen(
        [PYTHON, "-m", "flask", "--app", "wsgi", "import"],
        cwd=ROOT,
        env={
            **os.environ,
            **environ,
            "PORTAL_INSTANCE_DIR": str(instance),
            "PYTHONUNBUFFERED": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _kill_import(instance: Path, environ: dict[str, str], *, after_lines: int) -> None:
    """Kill an import once it has told of so many files."""
    process = _start_import(instance, environ)
    assert process.stdout
    for _ in range(after_lines):
        if not process.stdout.readline():
            raise Failed(f"the import ended before its line {after_lines}")
    process.kill()
    process.wait()


def _import_to_the_end(instance: Path, environ: dict[str, str]) -> str:
    """Run the import that was killed before and return what it says."""
    process = _start_import(instance, environ)
    output, _ = process.communicate(timeout=120)
    if process.returncode != 0:
        raise Failed(output.decode())
    return output.decode()


def _fingerprint(address: str) -> str:
    """Return a digest of every row of every table."""
    code = (
        "import sys, sqlalchemy as s\n"
        "engine = s.create_engine(sys.argv[1]); meta = s.MetaData(); meta.reflect(engine)\n"
        "with engine.connect() as c:\n"
        "    for t in meta.sorted_tables:\n"
        "        print(t.name, sorted(map(repr, c.execute(s.select(t)).all())))\n"
    )
    rows = subprocess.run(
        [PYTHON, "-W", "ignore", "-c", code, address], capture_output=True, timeout=60
    )
    if rows.returncode != 0:
        raise Failed(rows.stderr.decode())
    return hashlib.sha256(rows.stdout).hexdigest()


def _make_postgresql() -> bool:
    """Make an empty database; tell whether that was possible."""
    code = (
        "import sys, psycopg\n"
        "c = psycopg.connect(sys.argv[1], autocommit=True, connect_timeout=2)\n"
        "c.execute(f'DROP DATABASE IF EXISTS {sys.argv[2]} WITH (FORCE)')\n"
        "c.execute(f'CREATE DATABASE {sys.argv[2]}')\n"
    )
    server = SERVER.replace("+psycopg", "") + "postgres"
    made = subprocess.run([PYTHON, "-c", code, server, DATABASE], capture_output=True, timeout=30)
    return made.returncode == 0


if __name__ == "__main__":
    sys.exit(report(drill))
