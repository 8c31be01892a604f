"""Find or install what the tests use beside Python, and say plainly what is missing."""

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass

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
SERVICES = (
    Service("PostgreSQL", 5432, "everything on PostgreSQL"),
    Service("Redis", 6379, "the queue and the shared page cache on Redis"),
)


def meet_needs() -> None:
    """Install missing programs where that is allowed, and say what will be skipped and why."""
    why = _install_programs([p for p in PROGRAMS if not _is_here(p)])
    for program in PROGRAMS:
        if not _is_here(program):
            say(f"portal: SKIPPED: {program.lost}: {program.package} is not here; {why}")
    for service in SERVICES:
        if not _answers(service.port):
            say(
                f"portal: SKIPPED: {service.lost}: no {service.name} answers on "
                f"127.0.0.1:{service.port}"
            )


def _is_here(program: Program) -> bool:
    """Tell whether a program can be started."""
    return any(shutil.which(name) for name in program.names)


def _install_programs(missing: list[Program]) -> str:
    """Install programs with apt-get; return why those that stay missing could not be had."""
    if not missing:
        return ""
    packages = [program.package for program in missing]
    remedy = f"as root: apt install {' '.join(packages)}"
    if not shutil.which("apt-get"):
        return "this system has no apt-get, install it by its own means"
    if os.geteuid() != 0:
        return remedy
    say(f"portal: installing {', '.join(packages)} for the tests ...")
    quiet = {"output": subprocess.DEVNULL, "errors": subprocess.DEVNULL}
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    finish(("apt-get", "update", "-qq"), environ=environ, **quiet)
    for package in packages:
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
