"""Reads that many pages share: asked of the database once for each content version.

The page cache keeps whole pages; this keeps the rows that pages of different addresses have in
common, such as the sessions of a year. Both grow stale together, when ``site`` is raised.
"""

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import Flask, current_app, has_request_context, request
from sqlalchemy.orm import Session

from portal.core.front.facts import PAGE, PageFacts
from portal.core.versions import SITE

P = ParamSpec("P")
R = TypeVar("R")
Read = Callable[Concatenate[Session, P], R]

#: So many results are kept in each process; the longest unused goes first.
MOST_RESULTS = 500
#: Where a request that is no public page notes at which version of ``site`` it reads.
READ_VERSION = "portal.read_version"
#: Where a public page notes that something is over which the version does not know of yet.
IS_OVER = "portal.is_over"
_ABSENT = object()


class ResultShelf:
    """Results by key; safe for threads."""

    def __init__(self, most: int) -> None:
        """Keep at most so many results."""
        self._most = most
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> Any:
        """Return a result, or a mark that no result can be."""
        with self._lock:
            if key not in self._results:
                return _ABSENT
            self._results.move_to_end(key)
            return self._results[key]

    def put(self, key: Hashable, result: Any) -> None:
        """Keep a result."""
        with self._lock:
            self._results[key] = result
            while len(self._results) > self._most:
                self._results.popitem(last=False)


def kept(read: Read[P, R]) -> Read[P, R]:
    """Make a read of what ``site`` stands for one that is kept for its version.

    On a page it answers from the process when any page asked the same before: on a public one,
    and on one of staff or with a form while it is only read, which note their ``READ_VERSION``
    for the frame around them. A post, an import and the worker always ask the database. What it
    returns is shared by threads: frozen rows, never objects of the session. Its arguments must be
    hashable.
    """

    @functools.wraps(read)
    def find_or_read(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> R:
        version = _version_of_request()
        if version is None:
            return read(session, *args, **kwargs)
        shelf: ResultShelf = current_app.extensions["portal_kept"]
        key = (read, version, args, tuple(kwargs.items()))
        result = shelf.find(key)
        if result is _ABSENT:
            result = read(session, *args, **kwargs)
            shelf.put(key, result)
        known: R = result
        return known

    return find_or_read


def _version_of_request() -> int | None:
    """Return the version of ``site`` that the request reads at, None where it may write."""
    if not has_request_context() or IS_OVER in request.environ:
        return None
    facts: PageFacts | None = request.environ.get(PAGE)
    if facts is not None:
        return facts.versions[SITE]
    version: int | None = request.environ.get(READ_VERSION)
    return version


def init_app(app: Flask) -> None:
    """Give the application its shelf."""
    app.extensions["portal_kept"] = ResultShelf(MOST_RESULTS)
