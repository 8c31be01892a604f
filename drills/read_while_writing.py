"""Two processes search while a third writes into the index: no error, and no answer much later."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

from drills._portal import PYTHON, ROOT, Failed, report

DOCUMENTS = 2000
QUESTIONS = 300
READERS = 2
MOST_TIMES = 2.0
ENGINES = ("whoosh", "tantivy")

_READ = """
import sys, time
from bench.search import questions
from drills.read_while_writing import engine_in
from portal.search.questions import ask
from portal.search.rules import Match, Narrowing
engine, costs = engine_in(sys.argv[1], sys.argv[2]), []
for text in (questions({documents}) * 2)[:{questions}]:
    began = time.process_time()
    engine.search(ask(text, "ko"), Narrowing("ko"), Match.ALL, limit=100)
    costs.append(time.process_time() - began)
print(" ".join(f"{{cost:.6f}}" for cost in costs))
"""


def engine_in(kind: str, folder: str):  # type: ignore[no-untyped-def]
    """Return an engine whose index lies in a folder."""
    from portal.search.engines.with_tantivy import TantivyEngine
    from portal.search.engines.with_whoosh import WhooshEngine

    return {"whoosh": WhooshEngine, "tantivy": TantivyEngine}[kind](Path(folder))


def drill() -> str:
    """Read alone, then read while somebody writes, and compare the slowest of a hundred."""
    return "; ".join(_try(kind) for kind in ENGINES)


def _try(kind: str) -> str:
    from bench.search import entries

    with tempfile.TemporaryDirectory(prefix="portal-drill-") as folder:
        engine = engine_in(kind, folder)
        made = list(entries(DOCUMENTS))
        engine.rebuild(made)
        alone = _slowest(kind, folder)
        readers = [_reader(kind, folder) for _ in range(READERS)]
        writes = 0
        while any(reader.poll() is None for reader in readers):
            part = [made[(writes * 7 + n) % DOCUMENTS] for n in range(5)]
            engine.index(part)
            writes += 1
            time.sleep(0.2)
        busy = max(_result(reader) for reader in readers)
        if len(engine.status().versions) != DOCUMENTS:
            raise Failed(f"{kind}: {len(engine.status().versions)} of {DOCUMENTS} documents left")
    if busy > MOST_TIMES * alone:
        raise Failed(
            f"{kind}: p99 {busy * 1000:.1f} ms CPU while writing, {alone * 1000:.1f} alone"
        )
    return f"{kind}: {writes} writes, p99 {busy / alone:.2f} x that of reading alone"


def _slowest(kind: str, folder: str) -> float:
    return _result(_reader(kind, folder))


def _reader(kind: str, folder: str) -> "subprocess.Popen[str]":
    code = _READ.format(documents=DOCUMENTS, questions=QUESTIONS)
    command = (PYTHON, "-c", code, kind, folder)
    return subprocess.Popen(
        command, cwd=ROOT, env=dict(os.environ), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def _result(reader: "subprocess.Popen[str]") -> float:
    """Return the CPU seconds that 99 of 100 questions took at most.

    :raise Failed: a question was answered by an error
    """
    printed, errors = reader.communicate(timeout=300)
    if reader.returncode:
        raise Failed(errors.strip()[-300:])
    return quantiles((float(word) for word in printed.split()), n=100)[98]


if __name__ == "__main__":
    sys.exit(report(drill))
