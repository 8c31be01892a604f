"""The folder of an embedded index: one is shown, the next one is made beside it.

A file names the folder that is shown; replacing this file is the whole switch. Readers of the old
folder go on until they look again. Only the worker writes here, one at a time.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.search.engines import IndexMissing

_SHOWN = "shown"
_LOCK = "lock"


class IndexFolders:
    """The folders of one engine below ``instance/search``; nobody but the portal may read them."""

    def __init__(self, folder: Path) -> None:
        """Keep everything below a folder."""
        self._folder = folder

    def shown(self) -> Path:
        """Return the folder of the index that is shown.

        :raise IndexMissing: there is none
        """
        try:
            name = (self._folder / _SHOWN).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            raise IndexMissing from None
        folder = self._folder / Path(name).name
        if not name or not folder.is_dir():
            raise IndexMissing
        return folder

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other process writes, and keep others waiting meanwhile."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def replace(self, fill: Callable[[Path], None]) -> None:
        """Fill a new folder and show it; what is left of earlier ones goes.

        :param fill: writes a whole index into an empty folder
        """
        with self.alone():
            old = self._find_shown()
            new = self._folder / f"index-{self._next_number()}"
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(mode=0o700)
            try:
                fill(new)
            except BaseException:
                shutil.rmtree(new, ignore_errors=True)
                raise
            self._show(new.name)
            self._clear(keep={new, old})

    def size_bytes(self) -> int:
        """Return how much room the shown index takes."""
        return sum(f.stat().st_size for f in self.shown().rglob("*") if f.is_file())

    def _show(self, name: str) -> None:
        waiting = self._folder / f"{_SHOWN}.new"
        with waiting.open("w", encoding="ascii") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(self._folder / _SHOWN)

    def _find_shown(self) -> Path | None:
        try:
            return self.shown()
        except IndexMissing:
            return None

    def _next_number(self) -> int:
        return max((int(f.name.removeprefix("index-")) for f in self._all()), default=0) + 1

    def _all(self) -> list[Path]:
        return [f for f in self._folder.glob("index-*") if f.name[6:].isdigit()]

    def _clear(self, keep: set[Path | None]) -> None:
        """Remove folders but the shown one and the one before, which readers may still have."""
        for folder in self._all():
            if folder not in keep:
                shutil.rmtree(folder, ignore_errors=True)
