"""Taking an upload in without a byte of it on the disk in clear.

Werkzeug writes parts over 500 kB to a temporary file. A view marked ``takes_sealed_files`` gets
them in memory, each cut off when it is too large.
"""

import hashlib
import io
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Protocol

from flask import Request
from flask_babel import gettext as _

from portal.core.age import seal
from portal.core.errors import Invalid
from portal.core.files.checks import check_content
from portal.core.files.rules import FileKind, Mark, clean_name
from portal.core.files.sealed.rules import MOST_FILE_BYTES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Upload(Protocol):
    """A file of a form, as Werkzeug gives it."""

    @property
    def filename(self) -> str | None:
        """Return what the sender called it."""

    @property
    def stream(self) -> IO[bytes]:
        """Return its content."""


@dataclass(frozen=True)
class Sealed:
    """A file that passed the checks, encrypted; nothing of it is kept yet.

    :ivar content: encrypted
    :ivar size_bytes: before it was encrypted
    :ivar sha256: digest of what was encrypted, hexadecimal
    """

    kind: FileKind
    display_name: str
    content: bytes
    size_bytes: int
    sha256: str
    marks_found: tuple[Mark, ...]
    marks_left: tuple[Mark, ...]


class PartInMemory(io.BytesIO):
    """A part of a form that stays in memory; of one that is too large nothing stays.

    :ivar is_too_large: more came than a file may have
    """

    is_too_large = False

    def write(self, content: "ReadableBuffer", /) -> int:
        """Take in more of the part, or let it all go once it is too large."""
        length = memoryview(content).nbytes
        if self.is_too_large or self.tell() + length > MOST_FILE_BYTES:
            self.is_too_large = True
            self.seek(0)
            self.truncate()
            return length
        return super().write(content)


class PortalRequest(Request):
    """A request whose files stay in memory when its view asks for that.

    :ivar keeps_files_in_memory: set before anything reads the form
    """

    keeps_files_in_memory = False

    def _get_file_stream(self, *args: Any, **kwargs: Any) -> IO[bytes]:
        """Return what a file of the form is written to."""
        if self.keeps_files_in_memory:
            return PartInMemory()
        return super()._get_file_stream(*args, **kwargs)


def seal_upload(upload: Upload) -> Sealed:
    """Check, clean and encrypt a file, in memory.

    It takes seconds: call it before the transaction begins to write.

    :raise Invalid: the file is not taken; the sentence says what to do
    """
    checked = check_content(_read(upload.stream))
    return Sealed(
        kind=checked.kind,
        display_name=clean_name(upload.filename or "", checked.kind),
        content=seal(checked.content),
        size_bytes=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        marks_found=checked.marks_found,
        marks_left=checked.marks_left,
    )


def _read(stream: IO[bytes]) -> bytes:
    """Return a part's content.

    :raise Invalid: it is larger than a file may be
    :raise RuntimeError: the view is not marked, so the part may lie on the disk in clear
    """
    if not isinstance(stream, io.BytesIO):
        raise RuntimeError("the view must be marked with takes_sealed_files")
    content = stream.getvalue()
    if getattr(stream, "is_too_large", False) or len(content) > MOST_FILE_BYTES:
        most = MOST_FILE_BYTES // 1024 // 1024
        raise Invalid(
            _("The file is larger than %(most)s MB. Make it smaller or split it.", most=most)
        )
    return content
