"""A full disk: one clear line, exit code not 0, nothing half-made; with room it goes on.

It needs a small disk of its own, so root and tmpfs; elsewhere it is skipped with a word.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drills._portal import PYTHON, ROOT, Failed, folder, prepare, report

DISK_BYTES = 96_000_000


@contextmanager
def small_disk(path: Path) -> Iterator[Path]:
    """Give a folder on a disk of DISK_BYTES."""
    path.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", path], check=True)
    try:
        yield path
    finally:
        subprocess.run(["umount", path], check=True)


def drill() -> str:
    """Fill the disk before a start, in the middle of one, and with a site on it."""
    if os.geteuid() != 0 or not sys.platform.startswith("linux"):
        return "SKIPPED: a small disk can be made by root on Linux alone"
    with folder() as path, small_disk(path / "disk") as disk:
        _full_before(disk)
        lines = _full_in_the_middle(disk)
        if prepare(disk / "instance").returncode != 0:
            raise Failed("with room again the start did not succeed")
        used = sum(f.stat().st_size for f in (disk / "instance").rglob("*") if f.is_file())
    return f"one line each, nothing left; said: {lines!r}; an instance needs {used // 1_000_000} MB"


def _full_before(disk: Path) -> None:
    """A disk that is full from the start is refused before anything is made."""
    filler = _fill(disk, leave_bytes=1_000_000)
    _expect_one_line(disk)
    filler.unlink()


def _full_in_the_middle(disk: Path) -> str:
    """The disk fills up between the check and the import, down to very little."""
    said = ""
    for leave_bytes in (1_000_000, 300_000, 20_000):
        filler = _fill(disk, leave_bytes=leave_bytes)
        said = _expect_one_line(disk, is_checked=False)
        filler.unlink()
    return said


def _expect_one_line(disk: Path, *, is_checked: bool = True) -> str:
    """Prepare on the full disk and return the one line it says."""
    instance = disk / "instance"
    if is_checked:
        done = prepare(instance)
    else:
        done = _prepare_unchecked(instance)
    lines = done.stderr.strip().splitlines()
    if done.returncode == 0 or len(lines) != 1 or "full" not in lines[0]:
        raise Failed(f"exit code {done.returncode}, said {done.stderr!r}")
    if instance.exists():
        raise Failed(f"left behind: {sorted(p.name for p in instance.rglob('*'))}")
    return lines[0]


def _prepare_unchecked(instance: Path) -> "subprocess.CompletedProcess[str]":
    """Prepare without the look at the free room, as if the disk filled up right after it."""
    code = (
        "import sys; from scripts.launch import instance, commands\n"
        "instance._NEEDED_BYTES = 0; sys.exit(commands.main(['prepare']))"
    )
    return subprocess.run(
        [PYTHON, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PORTAL_INSTANCE_DIR": str(instance)},
        capture_output=True,
        text=True,
    )


def _fill(disk: Path, *, leave_bytes: int) -> Path:
    """Fill the disk but for some bytes and return the file that does so."""
    filler = disk / "filler"
    usage = os.statvfs(disk)
    size = usage.f_bavail * usage.f_frsize - leave_bytes
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, size)
    return filler


if __name__ == "__main__":
    sys.exit(report(drill))
