"""Load on a server by wrk, and what it cost the server."""

import re
import shutil
import subprocess
import urllib.request

from bench.servers import LOAD, Server, keep_to

#: Few connections: the servers shall be busy, not queueing.
CONNECTIONS = 8
SECONDS = 1
WARM_UP_REQUESTS = 30

_count = re.compile(r"(\d+) requests in")
_faults = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")


def find_wrk() -> str | None:
    """Return where wrk is, or None."""
    return shutil.which("wrk")


def warm_up(server: Server, path: str) -> None:
    """Ask for a page until every process has loaded what it needs for it."""
    for _ in range(WARM_UP_REQUESTS):
        with urllib.request.urlopen(server.address + path, timeout=30) as answer:
            answer.read()


def cost_of(server: Server, path: str, headers: tuple[str, ...] = ()) -> float:
    """Return the server's CPU time per request, seconds, under load for a second.

    :raise RuntimeError: some requests failed, so the figure would mean nothing
    """
    before = server.cpu_seconds()
    report = _run_wrk(server.address + path, headers)
    used = server.cpu_seconds() - before
    count = _count.search(report)
    fault = _faults.search(report)
    if count is None or not int(count[1]) or fault:
        raise RuntimeError(f"{path}: {fault[0] if fault else report}")
    return used / int(count[1])


def _run_wrk(address: str, headers: tuple[str, ...]) -> str:
    """Load an address and return what wrk says."""
    wrk = find_wrk() or "wrk"
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s"]
    for header in headers:
        command += ["-H", header]
    # The load has a core of its own, or it would take its time from the server now and then.
    done = subprocess.run(
        [*command, address],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: keep_to(LOAD),
    )
    return done.stdout
