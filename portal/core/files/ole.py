"""The container of HWP 5 files (OLE, MS-CFB): its list of streams and the small ones' content."""

import struct
from dataclasses import dataclass

from portal.core.files.archives import damaged

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_HEADER_BYTES = 512
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY_BYTES = 128
_STREAM, _ROOT = 2, 5
_MINI_LIMIT = 4096
_MINI_BYTES = 64
_MOST_ENTRIES = 10_000
_NUMBER_BYTES = 4
#: A table may have so many sectors more than the file needs.
_SPARE_SECTORS = 16


@dataclass(frozen=True)
class Entry:
    """A line of the directory.

    :ivar start: first sector
    """

    name: str
    kind: int
    start: int
    size_bytes: int


class Container:
    """An OLE container; every chain is bounded by the file, so a loop ends as damage.

    :raise Invalid: it is damaged or cut off
    """

    def __init__(self, content: bytes) -> None:
        """Read the header, the allocation table and the directory."""
        shift = struct.unpack_from("<H", content, 30)[0] if len(content) >= _HEADER_BYTES else 0
        if not content.startswith(MAGIC) or shift not in (9, 12):
            raise damaged()
        self._content = content
        self._sector_bytes = 1 << shift
        self._sectors = len(content) // self._sector_bytes
        self._table = self._read_table()
        start, mini_start = (struct.unpack_from("<I", content, at)[0] for at in (48, 60))
        self.entries = self._read_entries(start)
        self._mini_table = self._numbers(self._chain(mini_start, self._most_for(_MINI_BYTES)))
        self._check_streams()

    def find(self, name: str) -> Entry | None:
        """Return the stream of a name, or None."""
        found = (e for e in self.entries if e.kind == _STREAM and e.name == name)
        return next(found, None)

    def read(self, entry: Entry) -> bytes:
        """Return the content of a stream."""
        if entry.size_bytes >= _MINI_LIMIT:
            return self._chain(entry.start)[: entry.size_bytes]
        root = next((e for e in self.entries if e.kind == _ROOT), None)
        mini = self._chain(root.start) if root else b""
        sectors = _follow(self._mini_table, entry.start)
        parts = (mini[s * _MINI_BYTES : (s + 1) * _MINI_BYTES] for s in sectors)
        found = b"".join(parts)[: entry.size_bytes]
        if len(found) < entry.size_bytes:
            raise damaged()
        return found

    def _check_streams(self) -> None:
        """Refuse a container of which a large stream is not whole, or bytes are used twice."""
        streams = [entry for entry in self.entries if entry.kind == _STREAM]
        if sum(entry.size_bytes for entry in streams) > len(self._content):
            raise damaged()
        for entry in streams:
            if entry.size_bytes >= _MINI_LIMIT and self._held_bytes(entry) < entry.size_bytes:
                raise damaged()

    def _held_bytes(self, entry: Entry) -> int:
        """Return how much of a large stream the file holds; no more is followed than it needs."""
        needed = -(-entry.size_bytes // self._sector_bytes)
        ends = (
            len(self._content) - (number + 1) * self._sector_bytes
            for number in _follow(self._table, entry.start, needed)
        )
        return sum(max(0, min(self._sector_bytes, end)) for end in ends)

    def _most_for(self, unit_bytes: int) -> int:
        """Return how many sectors a table with a number for each unit of the file may take."""
        numbers = len(self._content) // unit_bytes
        return numbers * _NUMBER_BYTES // self._sector_bytes + _SPARE_SECTORS

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        found = self._content[start : start + self._sector_bytes]
        if not found:
            raise damaged()
        return found

    def _chain(self, start: int, most: int | None = None) -> bytes:
        """Return the content of a chain, at most of so many sectors."""
        return b"".join(self._sector(number) for number in _follow(self._table, start, most))

    def _read_table(self) -> tuple[int, ...]:
        """Return the allocation table: for each sector the one after it."""
        listed = list(struct.unpack_from("<109I", self._content, 76))
        following = struct.unpack_from("<I", self._content, 68)[0]
        while following < _LAST_SECTOR and len(listed) <= self._sectors + 2 * self._sector_bytes:
            *more, following = self._numbers(self._sector(following))
            listed += more
        sectors = [number for number in listed if number < _LAST_SECTOR]
        if len(sectors) > self._most_for(self._sector_bytes):
            raise damaged()
        return self._numbers(b"".join(self._sector(number) for number in sectors))

    def _read_entries(self, start: int) -> tuple[Entry, ...]:
        content = self._chain(start, _MOST_ENTRIES * _ENTRY_BYTES // self._sector_bytes + 1)
        if len(content) > _MOST_ENTRIES * _ENTRY_BYTES:
            raise damaged()
        whole = len(content) - len(content) % _ENTRY_BYTES
        return tuple(_read_entry(content, at) for at in range(0, whole, _ENTRY_BYTES))

    @staticmethod
    def _numbers(content: bytes) -> tuple[int, ...]:
        count = len(content) // _NUMBER_BYTES
        return struct.unpack(f"<{count}I", content[: count * _NUMBER_BYTES])


def _read_entry(content: bytes, at: int) -> Entry:
    name_bytes, kind = struct.unpack_from("<HB", content, at + 64)
    start, size_bytes = struct.unpack_from("<II", content, at + 116)
    name = content[at : at + max(0, min(name_bytes, 64) - 2)].decode("utf-16-le", "replace")
    return Entry(name, kind, start, size_bytes)


def _follow(table: tuple[int, ...], start: int, most: int | None = None) -> list[int]:
    """Return the sectors of a chain.

    :param most: how many are wanted; None: all
    :raise Invalid: it runs in a loop or out of the table
    """
    found: list[int] = []
    while start < _LAST_SECTOR and (most is None or len(found) < most):
        if start >= len(table) or len(found) > len(table):
            raise damaged()
        found.append(start)
        start = table[start]
    return found
