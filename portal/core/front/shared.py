"""The second page cache, shared by several web nodes through Redis; it may be absent any time.

A page is stored as a JSON header and its bodies, never as a pickle: who can write to Redis can
spoil pages but run nothing.
"""

import time
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path

import structlog
from redis import Redis
from redis.exceptions import RedisError

from portal.core.front.entries import Page, dump_page, load_page
from portal.core.front.shelf import Key

# A page from Redis must not cost more than making it.
_TIMEOUT_SECONDS = 0.2
# After an error Redis is left alone for so long.
_REST_SECONDS = 5.0


class SharedPages:
    """Pages in Redis; every failure is a page that is not there."""

    def __init__(
        self, redis: Redis, release: str, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Use a Redis.

        :param release: digest of the code and settings; pages of another release are not seen
        """
        self._redis = redis
        self._release = release
        self._now = now
        self._rests_until = float("-inf")

    def find(self, key: Key) -> Page | None:
        """Return a page, fresh or not, or None."""
        if self._now() < self._rests_until:
            return None
        try:
            data = self._redis.get(self._name(key))
            return load_page(data) if isinstance(data, bytes) else None
        except (RedisError, OSError, ValueError) as error:
            self._rest(error)
            return None

    def put(self, key: Key, page: Page) -> None:
        """Keep a page until it ends."""
        seconds = int(page.fresh_until - time.time())
        if seconds < 1 or self._now() < self._rests_until:
            return
        try:
            self._redis.set(self._name(key), dump_page(page), ex=seconds)
        except (RedisError, OSError) as error:
            self._rest(error)

    def _name(self, key: Key) -> str:
        """Return the name of a page in Redis."""
        # No part of an address holds a line break, so the joined parts are unambiguous.
        digest = blake2b("\n".join(key).encode("utf-8", "surrogatepass"), digest_size=20)
        return f"portal:page:{self._release}:{digest.hexdigest()}"

    def _rest(self, error: Exception) -> None:
        """Leave Redis alone for a while."""
        self._rests_until = self._now() + _REST_SECONDS
        kind = type(error).__name__
        structlog.get_logger("front").warning("shared page cache fails", error=kind)


def connect(url: str, release: str) -> SharedPages:
    """Return the shared pages of a Redis, which need not answer yet."""
    redis = Redis.from_url(
        url, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS
    )
    return SharedPages(redis, release)


def release_digest(folders: Iterable[Path], settings: Iterable[object]) -> str:
    """Return a digest of all files that make pages and of the settings that show in them."""
    digest = blake2b(digest_size=8)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".html", ".xml", ".txt", ".mo", ".css", ".js"):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(path.read_bytes())
    digest.update(repr(list(settings)).encode())
    return digest.hexdigest()
