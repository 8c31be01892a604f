"""ZIP containers, measured before anything in them is unpacked."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers import expat

from flask_babel import gettext as _

from portal.core.errors import Invalid

#: Limits of a container: what a document of some hundred pages with pictures stays far below.
MOST_ENTRIES = 5_000
MOST_UNPACKED_BYTES = 300 * 1024 * 1024
MOST_RATIO = 100
#: Small entries compress without limit (a page of blanks), which harms nobody.
SMALL_BYTES = 1024 * 1024
_MOST_XML_BYTES = 8 * 1024 * 1024
_ENCRYPTED = 0x1
#: What reading a damaged container raises; ValueError where an entry begins before the file.
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


@dataclass(frozen=True)
class Archive:
    """An opened container whose entries are within the limits and whole."""

    zip: zipfile.ZipFile
    names: tuple[str, ...]

    def read(self, name: str, most_bytes: int = _MOST_XML_BYTES) -> bytes:
        """Return an entry's content; empty when there is none.

        :raise Invalid: it is too large for what it is
        """
        if name not in self.names:
            return b""
        if self.zip.getinfo(name).file_size > most_bytes:
            raise too_large_inside()
        return self.zip.read(name)

    def tree(self, name: str) -> ElementTree.Element | None:
        """Return an XML entry as a tree, or None when there is none.

        :raise Invalid: it is no XML or declares a document type
        """
        content = self.read(name)
        return parse_xml(content) if content else None


class _NoDocumentType(ElementTree.TreeBuilder):
    """Builds a tree and stops at a document type, through which entities come."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse a document type."""
        raise ElementTree.ParseError("a document type is not allowed")


def parse_xml(content: bytes) -> ElementTree.Element:
    """Return the tree of an XML text; entities are never expanded.

    :raise Invalid: it is no XML or declares a document type
    """
    try:
        parser = ElementTree.XMLParser(target=_NoDocumentType())  # noqa: S314 - see the class
        parser.feed(content)
        tree: ElementTree.Element = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError):
        raise damaged() from None
    return tree


def has_attribute(content: bytes, name: str) -> bool:
    """Say whether an element of an XML text has an attribute of this name, in any namespace.

    The text is read once from its beginning to its end, and nothing of it is kept.

    :raise Invalid: it is no XML or declares a document type
    """
    parser, found = expat.ParserCreate(namespace_separator=" "), []

    def look(_tag: str, attributes: dict[str, str]) -> None:
        if any(full.rpartition(" ")[2] == name for full in attributes):
            found.append(name)
            parser.StartElementHandler = None

    parser.StartElementHandler = look
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise damaged() from None
    return bool(found)


def _refuse_document_type(*_declared: object) -> None:
    raise damaged()


def open_archive(content: bytes) -> Archive:
    """Open a container after measuring it.

    :raise Invalid: it is damaged, encrypted or larger inside than a document ever is
    """
    try:
        opened = zipfile.ZipFile(io.BytesIO(content))
    except _FAULTS:
        raise damaged() from None
    entries = opened.infolist()
    _measure(entries)
    _check_entries(opened, entries)
    return Archive(opened, tuple(entry.filename for entry in entries))


def _measure(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse a bomb by what its list of entries says."""
    unpacked = sum(entry.file_size for entry in entries)
    steep = any(
        entry.file_size > SMALL_BYTES and entry.file_size > MOST_RATIO * entry.compress_size
        for entry in entries
    )
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED_BYTES or steep:
        raise too_large_inside()


def _check_entries(opened: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what is encrypted, packed twice under a name, outside the container or not whole."""
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise encrypted()
    names = [entry.filename for entry in entries]
    odd = any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names)
    if odd or len(set(names)) < len(names):
        raise damaged()
    try:
        # zipfile never gives more of an entry than its declared size, so this is bounded.
        broken = opened.testzip()
    except _FAULTS:
        raise damaged() from None
    if broken:
        raise damaged()


def damaged() -> Invalid:
    """Return the refusal of a file that can't be read to its end."""
    return Invalid(_("The file is damaged or cut off. Save it again and send the new file."))


def encrypted() -> Invalid:
    """Return the refusal of a file that asks for a password."""
    return Invalid(
        _("The file is protected by a password. Save it without a password and send it again.")
    )


def too_large_inside() -> Invalid:
    """Return the refusal of a bomb."""
    return Invalid(
        _("The file unpacks to far more than its size. Save it again as PDF and send that.")
    )
