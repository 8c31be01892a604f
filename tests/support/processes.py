"""Processes of the portal that do something at the same moment."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from flask import Flask

from portal.config import ROOT

_BEGIN = """
import sys
from pathlib import Path
from portal.extensions import db
from tests.support.prepared import make_app
app = make_app(Path(sys.argv[1]), SQLALCHEMY_DATABASE_URI=sys.argv[2])
app.config.update(SMTP_HOST="127.0.0.1", SMTP_TLS="none", SMTP_PORT=int(sys.argv[3]))
with app.app_context():
    print("ready", flush=True)
    sys.stdin.readline()
"""


def run_at_once(app: Flask, folders: Sequence[Path], work: str, *, smtp_port: int = 0) -> None:
    """Run some lines of Python in processes that begin together, each within an application.

    :param folders: an instance folder for each process; all use the database of the application
    :param work: lines without indent
    :raise AssertionError: a process failed; the message holds what it printed
    """
    lines = _BEGIN + "".join(f"    {line}\n" for line in work.strip().splitlines())
    address = str(app.config["SQLALCHEMY_DATABASE_URI"])
    started = [_start(lines, str(folder), address, str(smtp_port)) for folder in folders]
    for process in started:
        assert process.stdout
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
    for process in started:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        _printed, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors


def _start(lines: str, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", lines, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
