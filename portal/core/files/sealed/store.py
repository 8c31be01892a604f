"""Where sealed files lie: a store of their own that takes only what is encrypted."""

import os
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app

from portal.core.age import seal, unseal
from portal.core.files.store import FileStore

#: What every age file begins with.
_AGE_SIGN = b"age-encryption.org/v1\n"
#: The time every file and folder shows.
_NO_TIME = (0, 0)


class SealedStore(FileStore):
    """Encrypted files by random keys, with times of no meaning."""

    def put(self, content: bytes) -> str:
        """Store a file that is encrypted already, whole or not at all, and return its key.

        :raise ValueError: it is in clear
        """
        if not content.startswith(_AGE_SIGN):
            raise ValueError("only sealed files are stored here")
        key = super().put(content)
        self.hide_time(key)
        return key

    def read(self, key: str) -> bytes:
        """Return a file's content in clear, in memory only.

        :raise FileNotFoundError: there is none
        :raise Unreadable: no key opens it
        """
        with self.open(key) as file:
            return unseal(file.read())

    def seal_again(self, key: str) -> None:
        """Encrypt a file anew with the newest key, in its place, whole or not at all.

        :raise FileNotFoundError: there is none
        :raise Unreadable: no key opens it
        """
        self._replace(key, seal(self.read(key)))
        self.hide_time(key)

    def hide_time(self, key: str) -> None:
        """Give a file and its folders the one time that all have; a missing file is no fault."""
        path = self.path_of(key)
        for place in (path, path.parent, path.parent.parent, self._folder):
            if place.exists():
                os.utime(place, _NO_TIME)

    @staticmethod
    def _written_at(path: Path) -> datetime:
        """Return when a file last changed; its own time is hidden, the file system's is not."""
        return datetime.fromtimestamp(path.stat().st_ctime, UTC)


def sealed_store() -> SealedStore:
    """Return the store of the application."""
    return SealedStore(current_app.config["INSTANCE_DIR"] / "sealed")
