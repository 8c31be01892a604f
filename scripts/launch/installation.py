"""Make `.venv` and install the locked packages into it, each checked by its hash."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.launch.processes import finish
from scripts.launch.settings import ROOT
from scripts.launch.words import Refusal, say

VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
BUILD_LOCK = ROOT / "requirements-build.txt"
RUN_LOCK = ROOT / "requirements.txt"
DEV_LOCK = ROOT / "requirements-dev.txt"
NEWEST_TRIED = (3, 13)

# Present while an installation is under way: one that was killed leaves it behind.
_UNFINISHED = VENV / "unfinished"
_LOG = VENV / "pip.log"

# Measured on Debian 12, Python 3.11: .venv holds 290 MB to run and 670 MB with the tools of
# the tests; pip needs room for one downloaded package beside it.
_NEEDED_BYTES = {RUN_LOCK: 350_000_000, DEV_LOCK: 750_000_000}


def install(lock: Path) -> None:
    """Bring `.venv` to what a lock file says; do nothing when it is there already.

    :param lock: `RUN_LOCK` or `DEV_LOCK`; the second holds all of the first
    :raise Refusal: no venv module, no index, no room, wrong hash: each with its remedy
    """
    with _only_one_at_a_time():
        if _is_installed(lock):
            return
        _warn_of_untried_python()
        _refuse_little_room(lock)
        if _is_broken():
            _make_environment()
        _install_packages(lock)


def _is_installed(lock: Path) -> bool:
    """Tell whether the stamp says that this very lock is installed and Python still runs."""
    try:
        stamp = _stamp(lock).read_text(encoding="utf-8")
    except OSError:
        return False
    return stamp == fingerprint(lock, VENV) and not _is_broken()


def _stamp(lock: Path) -> Path:
    """Return the file that is written last when a lock was installed."""
    return VENV / f"installed-{lock.stem}"


def fingerprint(lock: Path, venv: Path) -> str:
    """Return what a stamp must hold: the lock's SHA-256, the Python and the place."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    # The place is part of it: the scripts of a virtual environment name their folder, so
    # one that was copied elsewhere would run the packages of the old place.
    return f"{digest} {sys.implementation.cache_tag} {venv}\n"


def _is_broken() -> bool:
    """Tell whether `.venv` is missing, unfinished, of another Python, or does not run."""
    if _UNFINISHED.exists():
        return True
    code = "import sys; print(sys.implementation.cache_tag, sys.prefix)"
    try:
        answer = subprocess.run(
            [PYTHON, "-I", "-S", "-c", code], capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    return answer.stdout.split(maxsplit=1)[:1] != [sys.implementation.cache_tag]


def _warn_of_untried_python() -> None:
    """Say that a Python newer than those tried may find no ready-made packages."""
    if sys.version_info[:2] > NEWEST_TRIED:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        say(f"portal: Python {version} is newer than those tried (3.11, 3.12, 3.13); trying it.")


def _refuse_little_room(lock: Path) -> None:
    """Refuse to begin an installation that the disk has no room for."""
    needed = _NEEDED_BYTES[lock] if not _stamp(RUN_LOCK).exists() else 50_000_000
    free = shutil.disk_usage(ROOT).free
    if free < needed:
        raise Refusal(
            f"the disk of {ROOT} is full: the packages need {needed // 1_000_000} MB, "
            f"{free // 1_000_000} MB are free. Make room and start again",
            "디스크에 빈 공간이 부족합니다.",
        )


def _make_environment() -> None:
    """Make an empty `.venv`, in place of a broken one."""
    _refuse_missing_modules()
    say("portal: making .venv ...")
    # Inside a virtual environment sys.executable is the one that is about to be cleared.
    python = getattr(sys, "_base_executable", "") or sys.executable
    made = subprocess.run(
        [python, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True
    )
    if made.returncode != 0:
        raise Refusal(
            f"{VENV} cannot be made: {last_line(made.stdout + made.stderr)}. "
            "Check that the folder can be written and has room",
            ".venv를 만들 수 없습니다.",
        )


def _refuse_missing_modules() -> None:
    """Refuse a Python from which its system has split off a part."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Refusal(
                f"this Python has no module {module}, so it cannot make .venv. "
                "On Debian and Ubuntu: apt install python3-venv (as root), then start again",
                "python3-venv 패키지를 설치해 주세요.",
            )


def _install_packages(lock: Path) -> None:
    """Install what a lock file names and write the stamps last."""
    count = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    say(f"portal: installing {count} packages, each checked by its hash (first start only) ...")
    _UNFINISHED.touch()
    with _LOG.open("wb") as log:
        for command in (_pip_of(BUILD_LOCK), _pip_of(lock)):
            if finish(command, output=log, errors=subprocess.STDOUT) != 0:
                log.flush()
                raise explain_pip(_LOG.read_text(encoding="utf-8", errors="replace"))
    # The lock for development was made on top of the other one, so it installs both.
    for finished in {lock, RUN_LOCK}:
        _stamp(finished).write_text(fingerprint(finished, VENV), encoding="utf-8")
    _UNFINISHED.unlink()


def _pip_of(lock: Path) -> list[str]:
    """Return the command that installs what a lock names, and nothing else.

    The lock is the whole set: pip that looked for dependencies of its own once met a release that
    was newer than the lock, and refused it. Flask-Principal has no wheel: it is built by what
    `BUILD_LOCK` names, since pip would fetch the newest tools for it, unchecked.
    """
    whole = ["--no-deps", "--require-hashes", "--only-binary", ":all:"]
    built = ["--no-binary", "flask-principal", "--no-build-isolation", "--use-pep517"]
    quiet = ["--no-input", "--disable-pip-version-check", "--no-warn-script-location"]
    pip = [PYTHON, "-m", "pip", "install", "--retries", "2"]
    return [*pip, *whole, *built, *quiet, "-r", str(lock)]


def explain_pip(log: str) -> Refusal:
    """Return why pip failed, with the remedy.

    :param log: what pip printed
    """
    if "No space left on device" in log:
        return Refusal(
            "the disk is full: make room and start again", "디스크에 빈 공간이 없습니다."
        )
    if "DO NOT MATCH THE HASHES" in log:
        return Refusal(
            "a downloaded package is not the one that the lock names, so nothing of it was "
            f"installed. Start again; if it stays so, ask who changed it ({_LOG})",
            "내려받은 패키지가 잠금 파일과 다릅니다.",
        )
    if _is_unreachable(log):
        return Refusal(
            "the package index cannot be reached. Check the network, or tell pip of a proxy or "
            f"an index of your own (PIP_PROXY, PIP_INDEX_URL), then start again ({_LOG})",
            "패키지 저장소에 연결할 수 없습니다.",
        )
    return Refusal(
        f"pip failed: {last_line(log)} (all of it: {_LOG})", "패키지 설치에 실패했습니다."
    )


def _is_unreachable(log: str) -> bool:
    """Tell whether pip's words mean that it found no index, not that a package is missing."""
    signs = ("Connection", "ConnectTimeout", "ReadTimeout", "name resolution", "ProxyError", "SSL")
    return any(sign in log for sign in signs)


def last_line(text: str) -> str:
    """Return the last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else "no reason given"


@contextmanager
def _only_one_at_a_time() -> Iterator[None]:
    """Hold the project's folder, so that two starts do not install into one `.venv`."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
