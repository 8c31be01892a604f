"""A trail of a million lines: how long it takes to verify it, to add one line, to find one.

The lines are written by the portal's own code, in batches. ``PORTAL_DATABASE_URL`` names another
database than SQLite; it must be empty.
"""

import os
import resource
import subprocess
from pathlib import Path
from statistics import median

from drills._portal import PYTHON, ROOT, Failed, folder, prepare, report

LINES = 1_000_000
#: The chain is walked in batches, so that memory does not grow with it.
MOST_MEMORY_MB = 400

FILL = f"""
from portal.audit.services import _append
from portal.core.audit import Deed
from portal.core.clock import real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from wsgi import app
with app.app_context():
    for first in range(0, {LINES}, 10_000):
        at = real_now()
        deeds = [Deed(at, f"staff:{{number % 50}}", "content.revise", "events", str(number),
                      {{"title": "before"}}, {{"title": "after"}}, None)
                 for number in range(first, first + 10_000)]
        begin_write()
        _append(db.session(), [(None, deed, "command line") for deed in deeds])
        db.session.commit()
"""

APPEND = """
import time
from portal.core.audit import record
from portal.core.transactions import begin_write
from portal.extensions import db
from wsgi import app
with app.app_context():
    for number in range(200):
        began = time.perf_counter()
        begin_write()
        record(db.session(), actor="staff:1", deed="a.b", kind="things", row_id=number)
        db.session.commit()
        print(time.perf_counter() - began)
"""

FIND = """
import time
from portal.audit import queries
from portal.audit.pages import Wanted
from portal.extensions import db
from wsgi import app
with app.app_context():
    queries.find_head(db.session())
    for wanted in (Wanted(), Wanted(actor="staff:7"), Wanted(kind="events", row_id="77")):
        began = time.perf_counter()
        assert queries.lines_for_auditors(db.session(), wanted)
        print(time.perf_counter() - began)
"""

VERIFY = """
import resource
from wsgi import app
result = app.test_cli_runner().invoke(args=["audit", "verify"])
print(result.output.strip())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def drill() -> str:
    """Write the lines, then time what people wait for."""
    with folder() as path:
        instance = path / "instance"
        prepared = prepare(instance)
        if prepared.returncode:
            raise Failed(prepared.stderr)
        fill_seconds, _printed = _timed(instance, FILL)
        verify_seconds, printed = _timed(instance, VERIFY)
        found, memory_mb = printed[-2:]
        if not found.endswith("whole") or int(found.split()[0]) < LINES:
            raise Failed(found)
        if int(memory_mb) > MOST_MEMORY_MB:
            raise Failed(f"flask audit verify took {memory_mb} MB")
        appends = sorted(float(line) for line in _timed(instance, APPEND)[1])
        finds = [float(line) for line in _timed(instance, FIND)[1]]
    return (
        f"{LINES} lines written in {fill_seconds:.0f} s of work, verified in "
        f"{verify_seconds:.0f} s of work with {memory_mb} MB; one more in "
        f"{median(appends) * 1000:.1f} ms (of 200 the slowest {appends[-1] * 1000:.0f} ms); "
        f"the page's lines in {_words(finds)} ms (all, of a person, of a thing)"
    )


def _words(seconds: list[float]) -> str:
    return ", ".join(f"{second * 1000:.1f}" for second in seconds)


def _timed(instance: Path, work: str) -> tuple[float, list[str]]:
    """Run lines of Python on the instance; return its processor's seconds and what it printed.

    Seconds of work hardly depend on what else the machine does.
    """
    began = _seconds_of_children()
    done = subprocess.run(
        [PYTHON, "-c", work],
        cwd=ROOT,
        env={**os.environ, "PORTAL_INSTANCE_DIR": str(instance)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Failed(done.stderr)
    return _seconds_of_children() - began, done.stdout.splitlines()


def _seconds_of_children() -> float:
    """Return how long the processes started so far have worked."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    raise SystemExit(report(drill))
