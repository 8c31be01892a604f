"""Run the bench: ``python -m bench [rounds]``, ``... search``, ``legislation`` or ``sign_ups``."""

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench import legislation, search, sign_ups
from bench.bare import BODIES_VARIABLE
from bench.load import cost_of, find_wrk, warm_up
from bench.projects import compare_years
from bench.report import (
    BARE_FLASK,
    BARE_WSGI,
    CACHED,
    LIMITS,
    UNCACHED,
    UNCHANGED,
    Round,
    is_met,
    lines_of,
)
from bench.servers import ROOT, Server, running

PAGES = (
    "/",
    "/calendar/2020/11",
    "/calendar/sessions/298",
    "/council/members",
    "/budget/2020",
    "/programmes/library",
)
COMMITTEES = "/council/committees"
ROUNDS = 9
#: Headers that the web server writes itself.
ADDED = frozenset(("Server", "Date", "Connection"))

_committee = re.compile(r'href="(/council/committees/[a-z0-9-]+)"')


@dataclass(frozen=True)
class Page:
    """A page under measurement.

    :ivar name: its address in the bare applications
    :ivar headers: those the portal sends, without those that the web server adds
    """

    path: str
    name: str
    body: bytes
    headers: Mapping[str, str]

    @property
    def tag(self) -> str:
        """Return its entity tag."""
        return self.headers.get("ETag", "")


@dataclass(frozen=True)
class Servers:
    """The four servers that are compared."""

    wsgi: Server
    flask: Server
    cached: Server
    uncached: Server

    def all_for(self, page: Page) -> tuple[tuple[Server, str], ...]:
        """Return each server with the address under which it sends a page."""
        bare = ((server, f"/{page.name}") for server in (self.wsgi, self.flask))
        return (*bare, (self.cached, page.path), (self.uncached, page.path))


def main(arguments: Sequence[str]) -> int:
    """Measure and print; return 1 when a limit is not met, 0 when all are or nothing was tried."""
    if arguments and arguments[0] == "search":
        return search.main()
    if arguments and arguments[0] == "legislation":
        return legislation.main()
    if arguments and arguments[0] == "sign_ups":
        return sign_ups.main()
    if find_wrk() is None or not Path("/proc/self/stat").exists():
        print("bench: skipped: it needs wrk (apt-get install wrk) and Linux' /proc")
        return 0
    rounds = int(arguments[0]) if arguments else ROUNDS
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        return _measure(Path(name), rounds)


def _measure(folder: Path, count: int) -> int:
    """Prepare an instance, start the servers, and measure each page."""
    settings = {"PORTAL_INSTANCE_DIR": str(folder)}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare"]
    environment = {**os.environ, **settings}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    with ExitStack() as stack:
        enter = stack.enter_context
        cached = enter(running("wsgi:app", folder, {}, "/healthz"))
        off = {"PORTAL_PAGE_CACHE_BYTES": "0"}
        uncached = enter(running("wsgi:app", folder, off, "/healthz"))
        pages = _fetch_pages(cached)
        bodies = {BODIES_VARIABLE: str(_write_bodies(folder / "bodies", pages))}
        ready = f"/{pages[0].name}"
        wsgi = enter(running("bench.bare:bare_wsgi", folder, bodies, ready))
        flask = enter(running("bench.bare:bare_flask", folder, bodies, ready))
        code = _compare(Servers(wsgi, flask, cached, uncached), pages, count)
    return code if compare_years(folder, count) else 1


def _compare(servers: Servers, pages: Sequence[Page], count: int) -> int:
    """Measure all pages and print the table."""
    print(f"Server CPU time per request, median of {count} rounds; ratios are within a round.")
    print(f"Load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n")
    are_met = True
    for page in pages:
        for server, path in servers.all_for(page):
            warm_up(server, path)
        rounds = [_measure_round(servers, page) for _ in range(count)]
        print("\n".join(lines_of(page.path, len(page.body), rounds)), flush=True)
        are_met &= all(is_met(rounds, limit) for limit in LIMITS)
    print("\nAll limits are met." if are_met else "\nNot all limits are met.")
    return 0 if are_met else 1


def _measure_round(servers: Servers, page: Page) -> Round:
    """Return what each way of sending a page costs, measured one after the other."""
    return {
        BARE_WSGI: cost_of(servers.wsgi, f"/{page.name}"),
        CACHED: cost_of(servers.cached, page.path),
        UNCHANGED: cost_of(servers.cached, page.path, (f"If-None-Match: {page.tag}",)),
        BARE_FLASK: cost_of(servers.flask, f"/{page.name}"),
        UNCACHED: cost_of(servers.uncached, page.path),
    }


def _fetch_pages(server: Server) -> list[Page]:
    """Return the pages under measurement, the first committee among them."""
    committee = _committee.search(_fetch(server, COMMITTEES)[0].decode())
    paths = [*PAGES, committee[1]] if committee else list(PAGES)
    every = []
    for number, path in enumerate(paths):
        body, headers = _fetch(server, path)
        every.append(Page(path, f"page{number}", body, headers))
    return every


def _fetch(server: Server, path: str) -> tuple[bytes, Mapping[str, str]]:
    """Return body and headers of a page, as sent to a client without compression."""
    with urllib.request.urlopen(server.address + path, timeout=30) as answer:
        headers = {name: value for name, value in answer.headers.items() if name not in ADDED}
        return answer.read(), headers


def _write_bodies(folder: Path, pages: Sequence[Page]) -> Path:
    """Write bodies and headers for the bare applications."""
    folder.mkdir()
    for page in pages:
        (folder / page.name).write_bytes(page.body)
        (folder / f"{page.name}.json").write_text(json.dumps(list(page.headers.items())))
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
