"""Where files lie: one small class; nothing else knows a path.

Another store, such as one that several machines share, has the same five methods.
"""

import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from flask import current_app

_KEY = re.compile(r"[0-9a-f]{32}")
#: A file on its way; it becomes visible under its key by one renaming.
_UNFINISHED = ".part"


class FileStore:
    """Files by random keys, readable by the portal's user only."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder; it is made with the first file."""
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Store a file whole or not at all, and return its key."""
        key = secrets.token_hex(16)
        self._replace(key, content)
        return key

    def _replace(self, key: str, content: bytes) -> None:
        path = self.path_of(key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_suffix(_UNFINISHED)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        unfinished.rename(path)

    def open(self, key: str) -> BinaryIO:
        """Open a file for reading.

        :raise FileNotFoundError: there is none
        """
        return self.path_of(key).open("rb")

    def delete(self, key: str) -> None:
        """Delete a file, and what was left of it when its writer died; none is no fault."""
        path = self.path_of(key)
        path.unlink(missing_ok=True)
        path.with_suffix(_UNFINISHED).unlink(missing_ok=True)

    def exists(self, key: str) -> bool:
        """Say whether there is a whole file of this key."""
        return self.path_of(key).is_file()

    def keys_before(self, moment: datetime) -> Iterator[str]:
        """Give the key of each file, unfinished ones too, that was last written before a moment."""
        for path in sorted(self._folder.glob("??/??/*")):
            if _KEY.fullmatch(path.stem) and self._written_at(path) < moment:
                yield path.stem

    @staticmethod
    def _written_at(path: Path) -> datetime:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def path_of(self, key: str) -> Path:
        """Return where a file lies, for a reader in another process.

        :raise ValueError: this is no key
        """
        if not _KEY.fullmatch(key):
            raise ValueError("this is no key of a file")
        return self._folder / key[:2] / key[2:4] / key


def file_store() -> FileStore:
    """Return the store of the application."""
    return FileStore(current_app.config["INSTANCE_DIR"] / "files")
