"""The pages one process keeps, bounded in bytes; the least recently used goes first."""

import threading
from collections import OrderedDict

from portal.core.front.entries import Entry

#: Scheme, host, whole path (SCRIPT_NAME and PATH_INFO) and raw query.
Key = tuple[str, str, str, str]


class Shelf:
    """Entries by key; safe for threads."""

    def __init__(self, limit_bytes: int) -> None:
        """Keep at most ``limit_bytes`` of entries."""
        self._limit_bytes = limit_bytes
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._lock = threading.Lock()
        self.size_bytes = 0

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self._entries)

    def find(self, key: Key) -> Entry | None:
        """Return an entry, fresh or not, and note that it was used."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Keep an entry, and let the least recently used go until all fit."""
        if entry.size_bytes > self._limit_bytes:
            return
        with self._lock:
            old = self._entries.pop(key, None)
            self.size_bytes += entry.size_bytes - (old.size_bytes if old else 0)
            self._entries[key] = entry
            while self.size_bytes > self._limit_bytes:
                _, gone = self._entries.popitem(last=False)
                self.size_bytes -= gone.size_bytes

    def clear(self) -> None:
        """Let all entries go."""
        with self._lock:
            self._entries.clear()
            self.size_bytes = 0
