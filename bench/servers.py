"""Web servers under measurement, and the CPU time they have used."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Which processor serves and which one asks; all do both where there is only one.
SERVING, LOAD = 0, 1
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
_START_SECONDS = 60
_STOP_SECONDS = 20


@dataclass(frozen=True)
class Server:
    """A running web server.

    :ivar process: its first process; the others are that one's children
    """

    process: subprocess.Popen[bytes]
    address: str

    def cpu_seconds(self) -> float:
        """Return user and system time of all its processes, seconds."""
        first = self.process.pid
        ticks = (_ticks(pid) for pid in (first, *_children(first)))
        return sum(ticks) / _TICKS_PER_SECOND


def _stat(pid: int) -> list[str]:
    """Return the fields of a process behind its name, which may hold spaces."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _ticks(pid: int) -> int:
    """Return user and system time of a process, clock ticks (proc(5), fields 14 to 17).

    The time of children that have ended counts too: a replaced worker's would be missing else.
    """
    return sum(int(field) for field in _stat(pid)[11:15])


def _children(pid: int) -> list[int]:
    """Return the processes started by one."""
    found = []
    for name in os.listdir("/proc"):
        try:
            if name.isdigit() and int(_stat(int(name))[1]) == pid:
                found.append(int(name))
        except OSError:  # It ended while the list was read.
            continue
    return found


@contextmanager
def running(target: str, folder: Path, settings: Mapping[str, str], ready: str) -> Iterator[Server]:
    """Run an application under the web server's own settings.

    :param target: what gunicorn loads, such as ``wsgi:app``
    :param folder: the instance folder; the server's log goes there too
    :param settings: environment of the server
    :param ready: path that answers 200 when it is up
    :raise RuntimeError: it does not answer within a minute
    """
    port = _free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")},
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "PORTAL_INSTANCE_DIR": str(folder),
        "PROMETHEUS_MULTIPROC_DIR": str(_empty(folder / f"metrics-{port}")),
        **settings,
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", target]
    with (folder / f"server-{port}.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stderr=log,
            stdout=log,
            preexec_fn=lambda: keep_to(SERVING),
        )
        server = Server(process, f"http://127.0.0.1:{port}")
        try:
            _wait_for(server, ready)
            yield server
        finally:
            process.terminate()
            process.wait(_STOP_SECONDS)


def keep_to(place: int) -> None:
    """Keep this process and its children to one of the processors that it may use."""
    allowed = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {allowed[place % len(allowed)]})


def _free_port() -> int:
    """Return a port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _empty(folder: Path) -> Path:
    """Return a folder that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _wait_for(server: Server, path: str) -> None:
    """Wait until a server answers."""
    for _ in range(_START_SECONDS * 5):
        try:
            with urllib.request.urlopen(server.address + path, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
        if server.process.poll() is not None:
            break
    raise RuntimeError(f"no server at {server.address}; its log is in the bench's folder")
