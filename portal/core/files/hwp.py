"""HWP 5: an OLE container whose header says what it is and that it is open."""

import struct

from flask_babel import gettext as _

from portal.core.errors import Invalid
from portal.core.files.archives import damaged, encrypted
from portal.core.files.office import unknown_kind
from portal.core.files.ole import Container
from portal.core.files.rules import Checked, FileKind, Mark

_SIGNATURE = b"HWP Document File"
_SUMMARY = "\x05HwpSummaryInformation"
#: Bits of the header's properties (Hancom, HWP 5.0 format, table 3): password, rights management,
#: encrypted by certificate, rights management by certificate.
_CLOSED = 1 << 1 | 1 << 4 | 1 << 8 | 1 << 10
_HEADER_BYTES = 40


def check_ole(content: bytes) -> Checked:
    """Return a HWP that passed; its summary is told and not removed.

    :raise Invalid: it is damaged, encrypted, or another kind of OLE file
    """
    try:
        container = Container(content)
    except struct.error:
        raise damaged() from None
    header = container.find("FileHeader")
    if header is None:
        raise _other_kind(container)
    start = container.read(header)
    if not start.startswith(_SIGNATURE) or len(start) < _HEADER_BYTES:
        raise unknown_kind()
    if struct.unpack_from("<I", start, 36)[0] & _CLOSED:
        raise encrypted()
    if container.find("DocInfo") is None:
        raise damaged()
    marks = (Mark.AUTHOR,) if container.find(_SUMMARY) else ()
    return Checked(FileKind.HWP, content, marks, marks)


def _other_kind(container: Container) -> Invalid:
    """Return the refusal of what else comes in OLE: closed or old office files."""
    if container.find("EncryptedPackage"):
        return encrypted()
    if container.find("WordDocument") or container.find("Workbook"):
        return Invalid(
            _(
                "Files of old Word and Excel are not taken. Save it as DOCX, XLSX or PDF "
                "and send it."
            )
        )
    return unknown_kind()
