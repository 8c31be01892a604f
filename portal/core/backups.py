"""Nightly copies of the database, for the day on which a disk or a hand fails.

SQLite is copied by its own online backup: readers and writers go on, and the copy is of one
moment. PostgreSQL has tools of its own (``pg_dump``), which its keeper runs. A whole copy has the
files besides, sealed ones encrypted as they lie, and never the keys; ``README.md`` says how all
of it is brought back.
"""

import contextlib
import os
import secrets
import shutil
import sqlite3
import time
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

#: A copy that is not finished or did not pass its check.
_UNFINISHED = ".part"
#: Folders of an instance whose files are copied; the key file lies beside them.
FOLDERS = ("files", "sealed")
_DATABASE = "portal.db"


class BadCopy(Exception):
    """A copy did not pass SQLite's own check; it was not kept."""


def back_up(engine: Engine, folder: Path, *, on: date, keep: int) -> Path | None:
    """Copy an SQLite database, check the copy, drop the oldest ones, and return the new one.

    A second copy of a day takes the place of the first. Nobody but the portal's user reads it.

    :param keep: so many copies stay; 0: none is made
    :return: None when the database is no SQLite file, or none is wanted
    :raise BadCopy: the copy is damaged; the older ones stay
    """
    source = engine.url.database
    if engine.dialect.name != "sqlite" or not source or not keep:
        return None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = folder / f"portal-{on.isoformat()}.db"
    # Two workers may copy at once; each has a name of its own until it is done.
    unfinished = copy.with_suffix(f".{secrets.token_hex(4)}{_UNFINISHED}")
    _copy(source, unfinished)
    os.replace(unfinished, copy)
    for old in (*copies_in(folder)[keep:], *_left_behind(folder)):
        old.unlink(missing_ok=True)
    return copy


def copy_whole(engine: Engine, instance: Path, folder: Path, *, on: date) -> Path | None:
    """Copy the database and then the files into a folder that is not there yet.

    Files are copied last: one that is erased meanwhile leaves a row, which the check of the store
    mends as the erasing would have; the other way round a file would be lost.

    :return: the database's copy; None when it is no SQLite file
    :raise FileExistsError: the folder is there
    :raise BadCopy: the database's copy is damaged
    """
    folder.mkdir(mode=0o700, parents=True)
    copy = back_up(engine, folder, on=on, keep=1)
    for name in FOLDERS:
        _copy_files(instance / name, folder / name)
    return copy


def restore_whole(folder: Path, instance: Path) -> None:
    """Put the copy of a database and the files beside it into an instance without a database.

    The database comes last: a start in between finds none, and the same can be done again.

    :raise FileExistsError: the instance has a database
    """
    target = instance / _DATABASE
    if target.exists():
        raise FileExistsError(target)
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        _copy_files(folder / name, instance / name)
    for copy in copies_in(folder)[:1]:
        unfinished = target.with_suffix(_UNFINISHED)
        shutil.copy2(copy, unfinished)
        unfinished.replace(target)


def copies_in(folder: Path) -> list[Path]:
    """Return the copies in a folder, the newest first."""
    return sorted(folder.glob("portal-????-??-??.db"), reverse=True)


def _left_behind(folder: Path) -> list[Path]:
    """Return what a killed worker did not finish more than a day ago."""
    a_day_ago = time.time() - 24 * 3600
    return [p for p in folder.glob(f"*{_UNFINISHED}") if p.stat().st_mtime < a_day_ago]


def _copy_files(source: Path, target: Path) -> None:
    """Copy a folder's files with their times and modes; unfinished ones are left out."""
    if source.is_dir():
        left_out = shutil.ignore_patterns(f"*{_UNFINISHED}")
        shutil.copytree(
            source, target, ignore=left_out, copy_function=_copy_file, dirs_exist_ok=True
        )


def _copy_file(source: str, target: str) -> None:
    """Copy one file; one that was erased meanwhile is no fault."""
    with contextlib.suppress(FileNotFoundError):
        shutil.copy2(source, target)


def _copy(source: str, target: Path) -> None:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        # One file holds all: no log of the copy lies beside it.
        new.execute("PRAGMA journal_mode = DELETE")
        (verdict,) = new.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        target.unlink()
        raise BadCopy(verdict)
