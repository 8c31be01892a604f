"""What is done about a request after its answer: the log line and the meters.

Requests only leave a note. A thread settles the notes a few times a second: in one go that costs
a fraction of doing it in each request, where the system call for the line would also let go of the
interpreter. A process that is killed outright loses the notes of its last fifth of a second; one
that ends in order loses none.
"""

import atexit
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import structlog

PAUSE_SECONDS = 0.2
# Lines of several processes do not mix in a pipe when written in pieces of at most PIPE_BUF.
PIECE_BYTES = 4096
# A log that nobody reads must not fill the memory; the oldest notes go.
_MOST_NOTES = 20_000
_STDERR = 2

Note = TypeVar("Note")
#: Settles a note: counts it and returns its log line with a newline, or nothing.
Settle = Callable[[Note], bytes]


class LineWriter(Generic[Note]):
    """Settles notes and writes their lines from a thread of its own; safe for threads and forks."""

    def __init__(self, descriptor: int = _STDERR) -> None:
        """Prepare to write; the thread starts with the first note."""
        self._descriptor = descriptor
        self._begin()

    def _begin(self) -> None:
        """Begin without notes and thread, as a forked process must."""
        self._notes: deque[tuple[Settle[Note], Note]] = deque(maxlen=_MOST_NOTES)
        self._has_notes = threading.Event()
        self._writing = threading.Lock()
        self._thread: threading.Thread | None = None

    def take(self, settle: Settle[Note], note: Note) -> None:
        """Take a note that ``settle`` shall turn into a line soon."""
        self._notes.append((settle, note))
        if not self._has_notes.is_set():
            self._wake()

    def take_at_once(self, settle: Settle[Note], note: Note) -> None:
        """Settle a note now, for tests that look at the log after each request."""
        self._put(settle(note))

    def _wake(self) -> None:
        """Wake the thread, or start it."""
        self._has_notes.set()
        if self._thread is None:
            with self._writing:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="log", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        """Settle what comes, and sleep while nothing does."""
        while True:
            self._has_notes.wait()
            time.sleep(PAUSE_SECONDS)
            self.flush()

    def flush(self) -> None:
        """Settle all notes now."""
        with self._writing:
            # A note that comes from here on wakes the thread again.
            self._has_notes.clear()
            piece = b""
            while self._notes:
                settle, note = self._notes.popleft()
                line = _line_of(settle, note)
                if piece and len(piece) + len(line) > PIECE_BYTES:
                    self._put(piece)
                    piece = b""
                piece += line
            self._put(piece)

    def _put(self, piece: bytes) -> None:
        """Write some whole lines with one system call."""
        if not piece:
            return
        try:
            os.write(self._descriptor, piece)
        except OSError:
            # A closed or full log must not stop the site.
            return


def _line_of(settle: Settle[Note], note: Note) -> bytes:
    """Settle a note; one that cannot be settled must not end the log."""
    try:
        return settle(note)
    except Exception as error:
        structlog.get_logger("front").error("request not logged", error=type(error).__name__)
        return b""


#: The log of this process.
REQUEST_LOG: LineWriter[Any] = LineWriter()
os.register_at_fork(after_in_child=REQUEST_LOG._begin)
atexit.register(REQUEST_LOG.flush)
