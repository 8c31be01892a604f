"""What a file is, by its content alone, and what is kept of it."""

import re

from flask_babel import gettext as _

from portal.core.errors import Invalid
from portal.core.files import ole, pictures, sound
from portal.core.files.hwp import check_ole
from portal.core.files.office import check_archive, unknown_kind
from portal.core.files.pdf import check_pdf
from portal.core.files.rules import Checked, FileKind

#: What browsers or shells would run, whatever its name.
_RUNNABLE = re.compile(r"<\s*(!doctype|html|svg|script|iframe|\?php|\?xml)|\A#!", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def check_content(content: bytes) -> Checked:
    """Return what a file is and what of it is kept.

    :raise Invalid: it is empty, damaged, closed, dangerous or of a kind that is not taken; the
        sentence says what to do
    """
    if not content:
        raise Invalid(_("The file is empty. Choose another file."))
    picture = pictures.find_format(content)
    if picture:
        return pictures.check_picture(content, picture)
    if content.startswith(b"%PDF-"):
        return check_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return check_archive(content)
    if content.startswith(ole.MAGIC):
        return check_ole(content)
    if sound.is_mp4(content):
        return sound.check_mp4(content)
    if sound.is_mp3(content):
        return sound.check_mp3(content)
    return _check_text(content)


def _check_text(content: bytes) -> Checked:
    """Return a plain text in UTF-8; Korean Windows writes CP949.

    :raise Invalid: it is no text, or a page or program
    """
    text = _decoded(content)
    if text is None or _CONTROLS.search(text) or _RUNNABLE.search(text):
        raise unknown_kind()
    return Checked(FileKind.TEXT, text.encode())


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
