"""Find or install what the tests use beside Python, and say plainly what is missing."""

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass

from scripts.launch.installation import PYTHON
from scripts.launch.processes import finish
from scripts.launch.words import say

_CONNECT_SECONDS = 1.0


@dataclass(frozen=True)
class Program:
    """A program that some tests use.

    :ivar names: names it may have, one of them is enough
    :ivar package: what Debian calls its package
    :ivar lost: what is not tested without it
    """

    names: tuple[str, ...]
    package: str
    lost: str


@dataclass(frozen=True)
class Service:
    """A server that some tests use when it runs on this machine."""

    name: str
    port: int
    lost: str


PROGRAMS = (
    Program(("chromium", "chromium-browser", "google-chrome"), "chromium", "browser tests"),
    Program(("khal",), "khal", "the calendar feeds in a real calendar program"),
)
#: Libraries and a Korean font, which PDFs need; their names are those of portal/core/pdf.py.
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-cjk")
_ASK_FOR_PDF = "import sys; from portal.core.pdf import is_pdf_possible as ask; sys.exit(not ask())"
SERVICES = (
    Service("PostgreSQL", 5432, "everything on PostgreSQL"),
    Service("Redis", 6379, "the queue and the shared page cache on Redis"),
)


def meet_needs() -> None:
    """Install what is missing where that is allowed, and say what will be skipped and why."""
    missing = [program.package for program in PROGRAMS if not _is_here(program)]
    why = _install_packages([*missing, *(() if _makes_pdfs() else PDF_PACKAGES)])
    for program in PROGRAMS:
        if not _is_here(program):
            say(f"portal: SKIPPED: {program.lost}: {program.package} is not here; {why}")
    if why and not _makes_pdfs():
        say(f"portal: SKIPPED: PDFs: their libraries or a Korean font are not here; {why}")
    for service in SERVICES:
        if not _answers(service.port):
            say(
                f"portal: SKIPPED: {service.lost}: no {service.name} answers on "
                f"127.0.0.1:{service.port}"
            )


def _makes_pdfs() -> bool:
    """Tell whether the portal can make PDFs here; it finds out by making one."""
    command = (PYTHON, "-c", _ASK_FOR_PDF)
    return finish(command, output=subprocess.DEVNULL, errors=subprocess.DEVNULL) == 0


def _is_here(program: Program) -> bool:
    """Tell whether a program can be started."""
    return any(shutil.which(name) for name in program.names)


def _install_packages(missing: list[str]) -> str:
    """Install packages with apt-get; return why those that stay missing could not be had."""
    if not missing:
        return ""
    remedy = f"as root: apt install {' '.join(missing)}"
    if not shutil.which("apt-get"):
        return "this system has no apt-get, install it by its own means"
    if os.geteuid() != 0:
        return remedy
    say(f"portal: installing {', '.join(missing)} for the tests ...")
    quiet = {"output": subprocess.DEVNULL, "errors": subprocess.DEVNULL}
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    finish(("apt-get", "update", "-qq"), environ=environ, **quiet)
    for package in missing:
        apt = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", package)
        finish(apt, environ=environ, **quiet)
    return f"apt-get could not install it; try {remedy}"


def _answers(port: int) -> bool:
    """Tell whether a server of this machine accepts connections."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_CONNECT_SECONDS):
            return True
    except OSError:
        return False
