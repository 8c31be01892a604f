"""`kill -9` of the worker while it indexes: after a restart nothing is missing in the index."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from drills._portal import PYTHON, ROOT, Failed, folder, prepare, report

KILLS = 6
#: Each kill comes so much later into the work than the one before.
STEP_SECONDS = 0.4
_FLASK = (PYTHON, "-m", "flask", "--app", "wsgi:app")


def drill() -> str:
    """Change every document, kill who indexes them, and compare pages and index at the end."""
    with folder() as path:
        environ = {**os.environ, "PORTAL_INSTANCE_DIR": str(path / "instance")}
        prepare(path / "instance")
        _run("search", "rebuild", environ=environ)
        killed = sum(_change_and_kill(path / "instance", environ, n) for n in range(KILLS))
        _run("search", "update", environ=environ)
        found = _run("search", "reconcile", environ=environ)
        waiting = _count_tasks(path / "instance")
    if "0 documents, 0 entries, 0 strays" not in found or waiting:
        raise Failed(f"the index differed after the kills: {found.strip()}, {waiting} waiting")
    return f"{killed} of {KILLS} killed at work; nothing lost, nothing double, nothing waiting"


def _change_and_kill(instance: Path, environ: dict[str, str], number: int) -> bool:
    """Queue every document anew and kill who indexes them; say whether it was at work."""
    with closing(sqlite3.connect(instance / "portal.db")) as connection, connection:
        connection.execute(
            "INSERT INTO search_tasks (kind, document_id, version, operation, queued_at) "
            "SELECT kind, id, version, 'index', '2026-11-26 00:00:00' FROM search_documents"
        )
    worker = subprocess.Popen((*_FLASK, "search", "update"), cwd=ROOT, env=environ)
    time.sleep(1.5 + number * STEP_SECONDS)
    was_at_work = worker.poll() is None
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    return was_at_work


def _count_tasks(instance: Path) -> int:
    with closing(sqlite3.connect(instance / "portal.db")) as connection:
        count: int = connection.execute("SELECT count(*) FROM search_tasks").fetchone()[0]
    return count


def _run(*command: str, environ: dict[str, str]) -> str:
    """Run a command of the portal to its end."""
    done = subprocess.run(
        (*_FLASK, *command), cwd=ROOT, env=environ, capture_output=True, text=True
    )
    if done.returncode:
        raise Failed(f"flask {' '.join(command)}: {done.stderr.strip()[-300:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(report(drill))
