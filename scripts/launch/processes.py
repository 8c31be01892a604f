"""Start processes that never outlive start.py, however it ends."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO

from scripts.launch.settings import ROOT

Command = Sequence[str]
_PR_SET_PDEATHSIG = 1


def start(
    command: Command,
    *,
    environ: Mapping[str, str] | None = None,
    output: int | IO[bytes] | None = None,
    errors: int | IO[bytes] | None = None,
    pass_fds: tuple[int, ...] = (),
) -> "subprocess.Popen[bytes]":
    """Start a process in the project's folder that gets SIGTERM when this one is killed.

    :param environ: its environment; None: that of this process
    :param output: as `stdout` of subprocess
    :param errors: as `stderr` of subprocess
    :param pass_fds: open files that it inherits
    """
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=errors,
        pass_fds=pass_fds,
        # Safe here: no other thread runs in start.py while it starts a process.
        preexec_fn=_end_with_parent(os.getpid()),
    )


def finish(
    command: Command,
    *,
    environ: Mapping[str, str] | None = None,
    output: int | IO[bytes] | None = None,
    errors: int | IO[bytes] | None = None,
) -> int:
    """Run a process to its end and return its exit code; take it along when stopped."""
    process = start(command, environ=environ, output=output, errors=errors)
    with ending(process):
        return process.wait()


@contextmanager
def ending(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """End a process when the block is left early, for example by Ctrl-C."""
    try:
        yield
    finally:
        if process.poll() is None:
            process.terminate()
            _wait_or_kill(process)


def _wait_or_kill(process: "subprocess.Popen[bytes]") -> None:
    """Give a process that was told to end some seconds, then kill it."""
    try:
        process.wait(timeout=10)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()


def _end_with_parent(parent: int) -> Callable[[], None] | None:
    """Return what a child does first so that it gets SIGTERM when its parent is killed.

    Linux alone has this; elsewhere a `kill -9` of start.py leaves its children running.
    """
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None, use_errno=True)

    def ask_kernel() -> None:
        library.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return ask_kernel
