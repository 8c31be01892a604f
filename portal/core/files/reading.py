"""Reading a document's text in a process of its own, which alone suffers from a bad document."""

import subprocess
import sys
from pathlib import Path

from portal.core.files.rules import MOST_TEXT_LETTERS, FileKind

_PROGRAM = Path(__file__).with_name("text_reader.py")
_SECONDS = 90
#: How the reader ends when it could not read a document and says so.
_NOT_READ = 1


class TooMuch(Exception):
    """Reading a document took too long, too much memory, or broke the reader."""


def read_text(kind: FileKind, path: Path, *, seconds: float = _SECONDS) -> str | None:
    """Return a document's text as Markdown, bounded; None when a reader found none.

    :raise TooMuch: the document made its reader hang, swell or die
    """
    command = [sys.executable, "-I", str(_PROGRAM), kind.value, str(path), str(MOST_TEXT_LETTERS)]
    try:
        # The program is ours, the path is made of our own key; the environment is empty.
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=seconds, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise TooMuch from None
    if done.returncode not in (0, _NOT_READ) or b"MemoryError" in done.stderr:
        raise TooMuch
    text = done.stdout.decode("utf-8", "replace").replace("\0", "").strip()
    return text or None if done.returncode == 0 else None
