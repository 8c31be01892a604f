"""The content versions as one process knows them.

They are read at most once a second and never used when older than two, so a raised version is
seen by every process within two seconds. When the database does not answer, the last known ones
serve for a minute; then pages take the ordinary way and its error page.
"""

import threading
import time
from collections.abc import Callable, Mapping

import structlog

READ_EVERY_SECONDS = 1.0
OLDEST_SECONDS = 2.0
GRACE_SECONDS = 60.0


class Versions:
    """Reads and remembers the versions; safe for threads."""

    def __init__(
        self,
        read: Callable[[], Mapping[str, int]],
        *,
        on_fall: Callable[[], None] = lambda: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare to read.

        :param read: gives the version of each scope from the database
        :param on_fall: called when a version fell, as after restoring a backup
        :param now: seconds of a clock that never goes back
        """
        self._read = read
        self._on_fall = on_fall
        self._now = now
        self._lock = threading.Lock()
        self._known: Mapping[str, int] | None = None
        self._read_at = float("-inf")
        self._next_at = float("-inf")
        self._is_failing = False

    def known(self) -> Mapping[str, int] | None:
        """Return the versions; None when they have not been readable for too long."""
        now = self._now()
        if now < self._next_at:
            return self._known
        return self._look(now)

    def _look(self, now: float) -> Mapping[str, int] | None:
        """Read the versions, or let the thread that is reading them finish.

        Versions of less than two seconds need not wait for a reading under way. Older ones wait a
        second for it: who takes longer is a database that does not answer.
        """
        must_wait = now - self._read_at >= OLDEST_SECONDS and not self._is_failing
        if self._lock.acquire(timeout=READ_EVERY_SECONDS if must_wait else 0):
            try:
                if self._now() >= self._next_at:
                    self._renew()
            finally:
                self._lock.release()
        elif self._now() - self._read_at > GRACE_SECONDS:
            return None
        return self._known

    def _renew(self) -> None:
        """Read the versions now; the age counts from the beginning of the reading."""
        began = self._now()
        try:
            versions = self._read()
        except Exception as error:
            # Whatever the database throws, the cache bridges it; the log names the kind only,
            # because messages of drivers hold addresses and statements.
            self._bear(error)
            return
        if self._is_failing:
            structlog.get_logger("front").info("content versions can be read again")
        if self._known and any(versions.get(s, 0) < v for s, v in self._known.items()):
            self._on_fall()
        self._known, self._read_at = versions, began
        self._next_at = began + READ_EVERY_SECONDS
        self._is_failing = False

    def _bear(self, error: Exception) -> None:
        """Keep the known versions until they are a minute old, and try again in a second."""
        if not self._is_failing:
            kind = type(error).__name__
            structlog.get_logger("front").warning("content versions unreadable", error=kind)
        self._is_failing = True
        self._next_at = self._now() + READ_EVERY_SECONDS
        if self._next_at > self._read_at + GRACE_SECONDS:
            self._known = None
