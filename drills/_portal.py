"""A portal of its own for one drill, started by start.py as a person would."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
OPEN_WITHIN_SECONDS = 90.0
ANSWER_WITHIN_SECONDS = 30.0


class Failed(Exception):
    """The promise of the drill did not hold."""


@dataclass
class Portal:
    """A portal that runs.

    :ivar address: without a slash at its end
    :ivar opened_after_seconds: from the command to the line with the address
    """

    process: "subprocess.Popen[str]"
    address: str
    opened_after_seconds: float

    def get(self, path: str) -> int:
        """Return the status of a page; 0 when no answer came."""
        try:
            with urllib.request.urlopen(
                self.address + path, timeout=ANSWER_WITHIN_SECONDS
            ) as answer:
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except (OSError, http.client.HTTPException):
            return 0

    def children(self, of: int | None = None) -> dict[int, str]:
        """Return the processes below start.py, or below one of them, with their commands."""
        parent = of or self.process.pid
        return {pid: command for pid, ppid, command in _processes() if ppid == parent}

    def web_pid(self) -> int:
        """Return the process that keeps the web server's processes."""
        return next(pid for pid, command in self.children().items() if "gunicorn" in command)

    def end(self) -> int:
        """Stop the portal as Ctrl-C does and return its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)


@contextmanager
def folder() -> Iterator[Path]:
    """Give a temporary folder."""
    path = Path(tempfile.mkdtemp(prefix="portal-drill-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def running(instance: Path, **environ: str) -> Iterator[Portal]:
    """Give a portal that runs from an instance folder; it is ended afterwards.

    :raise Failed: it did not open; the message holds what it printed
    """
    began = time.monotonic()
    log = instance.parent / "log"
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "start.py", "run"],
            cwd=ROOT,
            env={**os.environ, "PORTAL_INSTANCE_DIR": str(instance), "PORT": "0", **environ},
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
        )
    try:
        address = _wait_for_address(process, log)
        yield Portal(process, address, time.monotonic() - began)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=60)


def _wait_for_address(process: "subprocess.Popen[str]", log: Path) -> str:
    """Read what start.py prints up to the line with the address."""
    printed = ""
    assert process.stdout
    for line in process.stdout:
        printed += line
        found = re.search(r"The portal is open .*(http://\S+?)/?$", line)
        if found:
            return found.group(1)
    raise Failed(f"the portal did not open:\n{printed}{log.read_text()}")


def prepare(instance: Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    """Prepare an instance without starting it."""
    return subprocess.run(
        [sys.executable, "start.py", "prepare"],
        cwd=ROOT,
        env={**os.environ, "PORTAL_INSTANCE_DIR": str(instance), **environ},
        capture_output=True,
        text=True,
    )


def until(is_so: Callable[[], bool], what: str, *, within_seconds: float = 30.0) -> float:
    """Wait until something is so and return the seconds that it took.

    :raise Failed: it did not become so in time
    """
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > within_seconds:
            raise Failed(f"not within {within_seconds:.0f} s: {what}")
        time.sleep(0.02)
    return time.monotonic() - began


def is_alive(pid: int) -> bool:
    """Tell whether a process lives; one that only waits to be fetched does not."""
    return any(number == pid for number, _, _ in _processes())


def _processes() -> Iterator[tuple[int, int, str]]:
    """Give number, parent and command of every process of this machine (Linux)."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z":
            yield int(entry.name), int(parent), command


def report(drill: Callable[[], str]) -> int:
    """Run a drill, print its finding and return the exit code."""
    try:
        print(f"  held: {drill()}")
    except Failed as failure:
        print(f"  FAILED: {failure}", file=sys.stderr)
        return 1
    return 0
