"""What a file may be: kinds, states, limits and names. Nothing here reads a file."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """What a file is by its content; the words are the endings of its name."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    HWP = "hwp"
    HWPX = "hwpx"
    DOCX = "docx"
    XLSX = "xlsx"
    TEXT = "txt"
    MP3 = "mp3"
    MP4 = "mp4"


class FileState(StrEnum):
    """How far a file has come; only a ready one is served."""

    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"


class Mark(StrEnum):
    """What a file tells about who made it, where and with what."""

    AUTHOR = "author"
    ORGANISATION = "organisation"
    PLACE = "place"
    CAMERA = "camera"
    COMMENTS = "comments"
    CHANGES = "changes"
    EMBEDDED = "embedded"
    SOFTWARE = "software"


@dataclass(frozen=True)
class Checked:
    """A file that passed the check.

    :ivar content: what is kept: without the marks that could be taken out
    :ivar marks_found: what it told when it came
    :ivar marks_left: what of it is still in there, since it can't be taken out safely
    """

    kind: FileKind
    content: bytes
    marks_found: tuple[Mark, ...] = ()
    marks_left: tuple[Mark, ...] = ()


PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})
#: Kinds whose text the worker reads.
READABLE = frozenset(
    {FileKind.PDF, FileKind.HWP, FileKind.HWPX, FileKind.DOCX, FileKind.XLSX, FileKind.TEXT}
)
MEDIA_TYPES = {
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.PDF: "application/pdf",
    FileKind.HWP: "application/x-hwp",
    FileKind.HWPX: "application/hwp+zip",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.TEXT: "text/plain; charset=utf-8",
    FileKind.MP3: "audio/mpeg",
    FileKind.MP4: "video/mp4",
}
#: Other endings under which a kind is known; they stay.
_OTHER_ENDINGS = {FileKind.JPEG: ("jpeg",), FileKind.TEXT: ("csv", "md")}
MOST_NAME_LETTERS = 100
MOST_ALT_LETTERS = 300
#: Letters of a file's text that are kept for search and reading.
MOST_TEXT_LETTERS = 1_000_000


def clean_name(name: str, kind: FileKind) -> str:
    """Return a name that is safe to show and to save, with the ending of the file's kind.

    Folders, control signs and signs that turn the direction of writing fall away.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(" " if _is_odd(sign) else sign for sign in last)
    shown = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*]', " ", shown)).strip(" .")
    stem, dot, ending = shown.rpartition(".")
    kept = ending.lower() if ending.lower() in _OTHER_ENDINGS.get(kind, ()) else kind.value
    stem = stem if dot and re.fullmatch(r"[A-Za-z0-9]{1,5}", ending) else shown
    return f"{stem[:MOST_NAME_LETTERS].strip(' .') or 'file'}.{kept}"


def _is_odd(sign: str) -> bool:
    """Say whether a sign is a control, a format mark such as RTL, a surrogate or unassigned."""
    return unicodedata.category(sign).startswith(("C", "Zl", "Zp"))
