"""A copy of start.py with a stand-in for the portal, and a running one to play with."""

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from scripts.launch.installation import fingerprint

ROOT = Path(__file__).resolve().parents[2]
STUB = Path(__file__).parent / "stub"
# Far more than is needed: it only ends a test that would hang.
DEADLINE_SECONDS = 60


def eventually(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so; fail the test when it never is."""
    give_up_at = time.monotonic() + DEADLINE_SECONDS
    while not is_so():
        assert time.monotonic() < give_up_at, f"never: {what}"
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Say whether a process lives; one that only waits to be fetched does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@dataclass
class Project:
    """A project folder of its own, with everything installed already."""

    folder: Path
    environ: dict[str, str]

    @property
    def instance(self) -> Path:
        return self.folder / "instance"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "start.py", *arguments]

    def finish(self, *arguments: str, **environ: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of start.py to its end."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            timeout=DEADLINE_SECONDS,
        )


@dataclass
class Site:
    """A running `start.py run` in a process group of its own, as in a terminal."""

    project: Project
    process: "subprocess.Popen[bytes]"
    output: Path
    address: str = ""
    pids: set[int] = field(default_factory=set)

    def text(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def lines(self) -> list[str]:
        return self.text().splitlines()

    def wait_until_open(self) -> "Site":
        eventually(lambda: "The portal is open" in self.text() or self.has_ended(), "open")
        assert not self.has_ended(), self.text()
        self.address = self.lines()[-1].rpartition(" ")[2].rstrip("/")
        return self

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=DEADLINE_SECONDS) as answer:
            return str(answer.read().decode())

    def web_pids(self) -> tuple[int, int]:
        """Return the web server's master and the process that answered."""
        master, answering = (int(pid) for pid in self.get("/pids").split())
        self.pids |= {master, answering}
        return master, answering

    def worker_pid(self) -> int:
        file = self.project.instance / "worker-pid"
        eventually(lambda: file.exists() and bool(file.read_text()), "worker")
        pid = int(file.read_text())
        self.pids.add(pid)
        return pid

    def exit_code(self) -> int:
        return self.process.wait(timeout=DEADLINE_SECONDS)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Give a project folder whose .venv borrows the packages of the one that runs the tests."""
    folder = tmp_path / "project"
    shutil.copytree(STUB, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("start.py", "wsgi.py", "deploy/gunicorn.conf.py", "scripts/__init__.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "scripts" / "launch", folder / "scripts" / "launch")
    for name in ("requirements-build.txt", "requirements.txt"):
        (folder / name).write_text("# nothing more to install\n")
    borrow_packages(folder / ".venv")
    stamp = fingerprint(folder / "requirements.txt", folder / ".venv")
    (folder / ".venv" / "installed-requirements").write_text(stamp)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "PIP_", "PYTEST"))}
    return Project(folder, {**kept, "PORT": "0", "PYTHONDONTWRITEBYTECODE": "1"})


def borrow_packages(folder: Path) -> None:
    """Make a virtual environment that sees the packages of the one that runs the tests."""
    venv.EnvBuilder(with_pip=False, symlinks=True).create(folder)
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    site_packages = folder / "lib" / version / "site-packages"
    (site_packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")


@pytest.fixture
def start(project: Project) -> Iterator[Callable[..., Site]]:
    """Give a function that starts the site; whatever it started is ended after the test."""
    sites: list[Site] = []

    def start_site(*arguments: str, **environ: str) -> Site:
        output = project.folder.parent / f"output-{len(sites)}"
        with output.open("wb") as file:
            process = subprocess.Popen(
                project.command(*(arguments or ("run",))),
                cwd=project.folder,
                env={**project.environ, **environ},
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        sites.append(Site(project, process, output))
        return sites[-1]

    yield start_site
    for site in sites:
        try:
            os.killpg(site.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        finally:
            site.process.wait(timeout=DEADLINE_SECONDS)


@pytest.fixture
def site(start: Callable[..., Site]) -> Site:
    """Give a site that is open."""
    return start().wait_until_open()
