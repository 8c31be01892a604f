"""Commands for those who change the portal: tests, checks, measurements, lock files."""

import os
import signal
from collections.abc import Sequence

from scripts.launch.installation import DEV_LOCK, PYTHON, VENV, install
from scripts.launch.needs import meet_needs
from scripts.launch.processes import finish
from scripts.launch.settings import ROOT
from scripts.launch.words import Refusal, say

# What is checked before the tests: a name for people and what Python runs.
STEPS = (
    ("format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    ("lint", ("-m", "ruff", "check", "--quiet", ".")),
    ("types", ("-m", "mypy", "--no-error-summary")),
    # import-linter has no module that Python could run.
    ("imports", (str(VENV / "bin" / "lint-imports"),)),
    ("templates", ("-m", "djlint", "templates", "--lint", "--quiet")),
    ("translations", ("-m", "scripts.words", "check")),
)


def run_tests(arguments: Sequence[str]) -> int:
    """Install what the tests need and run pytest; further arguments go to it.

    This process becomes pytest, so its last line and exit code are those of pytest.
    """
    install(DEV_LOCK)
    meet_needs()
    command = [PYTHON, "-m", "pytest", "-rs", "-n", "2", *arguments]
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.execv(command[0], command)  # noqa: S606


def check(arguments: Sequence[str]) -> int:
    """Run every check, then the tests as the README runs them."""
    install(DEV_LOCK)
    failed = []
    for name, command in STEPS:
        say(f"portal: checking {name}")
        if finish((PYTHON, *command)) != 0:
            failed.append(name)
    if failed:
        raise Refusal(f"these checks failed: {', '.join(failed)}. The tests were not run")
    return run_tests(arguments)


def run_bench(arguments: Sequence[str]) -> int:
    """Measure the portal against a bare Flask view, in one run."""
    install(DEV_LOCK)
    return finish((PYTHON, "-m", "bench", *arguments))


def run_drills(arguments: Sequence[str]) -> int:
    """Run the drills one after the other; names of drills choose some of them."""
    install(DEV_LOCK)
    names = arguments or sorted(p.stem for p in (ROOT / "drills").glob("[a-z]*.py"))
    failed = []
    for name in names:
        say(f"portal: drill {name}")
        if finish((PYTHON, "-m", f"drills.{name}")) != 0:
            failed.append(name)
    if failed:
        raise Refusal(f"these drills failed: {', '.join(failed)}")
    return 0


def lock(arguments: Sequence[str]) -> int:
    """Write the lock files anew; `--upgrade` takes newer versions."""
    install(DEV_LOCK)
    return finish((PYTHON, "-m", "scripts.lock", *arguments))


def collect_words(arguments: Sequence[str]) -> int:
    """Bring new sentences into the Korean catalogue, for somebody to translate."""
    install(DEV_LOCK)
    return finish((PYTHON, "-m", "scripts.words", *(arguments or ("update",))))
