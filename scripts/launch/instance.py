"""Bring the instance folder, its keys and its database to the state the site needs."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterable
from pathlib import Path

from scripts.launch.installation import PYTHON, last_line
from scripts.launch.processes import ending, start
from scripts.launch.settings import Settings
from scripts.launch.words import Refusal, say

# A first start writes about a third of this; below it SQLite would fail half-way.
_NEEDED_BYTES = 64_000_000
_PARTIAL = "portal.partial.db"
_FULL_DISK = ("No space left on device", "database or disk is full", "disk I/O error")
_LONGEST_REPORT_LINES = 20
_DAY = "day "


class Instance:
    """The folder of one running site, held by one start at a time."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.instance
        self._is_new = False
        self._hold = -1

    def open(self) -> None:
        """Make the folder when it is missing, and hold it until this process ends.

        :raise Refusal: it cannot be written, is full, or another start holds it
        """
        # Database, keys and queue are nobody else's business; the children inherit this.
        os.umask(0o077)
        try:
            self._is_new = not self.folder.exists()
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._hold = os.open(self.folder / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(
                f"the portal already runs from {self.folder}. Stop it first, or start another "
                "one beside it: PORTAL_INSTANCE_DIR=instance-2 PORT=8001 make run",
                "같은 폴더로 이미 실행 중입니다.",
            ) from None
        except OSError as error:
            raise self._cannot_write(error.strerror or str(error)) from None
        self._refuse_little_room()

    def has_database(self) -> bool:
        """Tell whether an earlier start has prepared this instance."""
        return self.settings.is_sqlite and (self.folder / "portal.db").exists()

    def prepare(self) -> str:
        """Make or bring up to date keys, database and data; return the site's day.

        :return: the day in the form `2020-11-09`, empty when the portal names none
        :raise Refusal: with the portal's own reason; then nothing half-made is left
        """
        if self.settings.is_sqlite and not self.has_database():
            return self._prepare_first_time()
        return self._run_prepare({})

    def _prepare_first_time(self) -> str:
        """Fill a database beside its place and move it there when it is complete."""
        partial = self.folder / _PARTIAL
        self._remove(partial)
        try:
            day = self._run_prepare({"PORTAL_DATABASE_URL": f"sqlite:///{partial}"})
            _close_log(partial)
            partial.replace(self.folder / "portal.db")
            return day
        except OSError as error:
            raise self._cannot_write(error.strerror or str(error)) from None
        finally:
            self._remove(partial)
            self._remove_if_empty_handed()

    def _run_prepare(self, extra: dict[str, str]) -> str:
        """Run `flask prepare`; what it prints passes through, the day is kept back."""
        command = [PYTHON, "-m", "flask", "--app", "wsgi", "prepare"]
        environ = {**self.settings.environ, **extra, "PYTHONUNBUFFERED": "1"}
        process = start(command, environ=environ, output=subprocess.PIPE, errors=subprocess.PIPE)
        assert process.stdout and process.stderr
        errors: list[bytes] = []
        reader = threading.Thread(target=errors.extend, args=(process.stderr,), daemon=True)
        with ending(process):
            reader.start()
            day = _pass_on(process.stdout)
            reader.join()
            self._judge(process.wait(), b"".join(errors).decode(errors="replace"))
        return day

    def _judge(self, code: int, errors: str) -> None:
        """Pass on warnings of a preparation that succeeded; refuse one that did not."""
        if code == 0:
            for line in errors.splitlines():
                say(line)
            return
        if any(sign in errors for sign in _FULL_DISK):
            raise self._full()
        if "Traceback (most recent call last)" in errors:
            raise Refusal(
                f"the site cannot be prepared: {last_line(errors).removeprefix('ValueError: ')} "
                f"(more: run `{PYTHON} -m flask --app wsgi prepare`)",
                "사이트를 준비하지 못했습니다.",
            )
        raise Refusal(_report(errors) or f"the site cannot be prepared (exit code {code})")

    def _refuse_little_room(self) -> None:
        """Refuse to begin on a disk that would be full half-way."""
        if shutil.disk_usage(self.folder).free < _NEEDED_BYTES:
            self._remove_if_empty_handed()
            raise self._full()

    def _full(self) -> Refusal:
        """Return what to say about a full disk."""
        return Refusal(
            f"the disk of {self.folder} is full. Make room ({_NEEDED_BYTES // 1_000_000} MB), or "
            "choose a folder on another disk: PORTAL_INSTANCE_DIR=/folder make run",
            "디스크에 빈 공간이 없습니다.",
        )

    def _cannot_write(self, reason: str) -> Refusal:
        """Return what to say about a folder that cannot be written."""
        return Refusal(
            f"{self.folder} cannot be written ({reason}). Give yourself the right to write "
            "there, or choose another folder: PORTAL_INSTANCE_DIR=/folder make run",
            "폴더에 쓸 수 없습니다.",
        )

    def _remove_if_empty_handed(self) -> None:
        """Remove a folder that this start made but left without a database."""
        if self._is_new and self.settings.is_sqlite and not self.has_database():
            shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def _remove(database: Path) -> None:
        """Remove a database file and what SQLite keeps beside it."""
        for suffix in ("", "-wal", "-shm", "-journal"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)


def _pass_on(output: Iterable[bytes]) -> str:
    """Print the lines of a preparation as they come; return the day that one of them names."""
    day = ""
    for raw in output:
        line = raw.decode(errors="replace").rstrip()
        if line.startswith(_DAY):
            day = line.removeprefix(_DAY)
        else:
            say(line)
    return day


def _close_log(database: Path) -> None:
    """Write SQLite's log back into its file, so that the file alone is the database."""
    try:
        connection = sqlite3.connect(database)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise Refusal(f"the new database cannot be closed: {error}. Start again") from None


def _report(errors: str) -> str:
    """Return the portal's own words, shortened when there are very many."""
    lines = [line.removeprefix("Error: ") for line in errors.splitlines() if line.strip()]
    more = len(lines) - _LONGEST_REPORT_LINES
    shown = lines[:_LONGEST_REPORT_LINES]
    return "\n".join([*shown, f"... and {more} more lines"] if more > 0 else shown)
