"""PDF: whole, open, without scripts and attached files, without the names of its makers."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from portal.core.errors import Invalid
from portal.core.files.archives import damaged, encrypted
from portal.core.files.office import active
from portal.core.files.pictures import marks_inside
from portal.core.files.rules import Checked, FileKind, Mark

MOST_PAGES = 5_000
#: Tables and lists of a PDF; a tagged report of a thousand pages has some hundred thousand.
MOST_PARTS = 1_000_000
_TAIL_BYTES = 2048
_MARKS = {
    "/Author": Mark.AUTHOR,
    "/Company": Mark.ORGANISATION,
    "/Creator": Mark.SOFTWARE,
    "/Producer": Mark.SOFTWARE,
}
#: Actions (ISO 32000-1, table 198) that run, send or fetch something, or open another file.
_ACTIONS = frozenset(
    "/JavaScript /Launch /GoToR /GoToE /SubmitForm /ImportData /Rendition /RichMediaExecute /Movie "
    "/Sound".split()
)
#: A script, a form in XML, an embedded file, and what happens by itself.
_KEYS = frozenset("/JS /XFA /EF /EmbeddedFiles /AA".split())
#: Descriptions (XMP) and what programs note for themselves, on the whole or any part of it.
_PROPERTIES = frozenset(("/Metadata", "/PieceInfo"))
#: Notes by people; a field of a form has its name where these have their writer.
_WRITTEN_NOTES = frozenset(
    "/Text /FreeText /Line /Square /Circle /Polygon /PolyLine /Highlight /Underline /Squiggly "
    "/StrikeOut /Stamp /Caret /Ink".split()
)
_NOTES = frozenset("/FileAttachment /RichMedia /Movie /Screen /Sound /3D".split())
_FAULTS = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError)


def check_pdf(content: bytes) -> Checked:
    """Return a PDF that passed, with its title as the only property.

    :raise Invalid: it is damaged, encrypted, or has a script or an attached file
    """
    if b"%%EOF" not in content[-_TAIL_BYTES:]:
        raise damaged()
    try:
        return _check(content)
    except Invalid:
        raise
    except (*_FAULTS, RecursionError):
        raise damaged() from None


def _check(content: bytes) -> Checked:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise encrypted()
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise damaged()
    catalog = reader.trailer["/Root"].get_object()
    if not isinstance(catalog, DictionaryObject):
        raise damaged()
    _refuse_active_parts(reader)
    marks, staying = _marks_of(reader), _picture_marks(reader)
    found = tuple(dict.fromkeys((*marks, *staying)))
    if not marks or _is_signed(catalog):
        # A signature covers every byte: the names stay with it.
        return Checked(FileKind.PDF, content, found, found)
    return Checked(FileKind.PDF, _without_properties(reader), found, staying)


def _refuse_active_parts(reader: PdfReader) -> None:
    """Refuse scripts, programs, forms that send themselves, and other files, wherever they are."""
    if any(map(_acts, _parts(reader.trailer.raw_get("/Root")))):
        raise active()


def _acts(part: DictionaryObject) -> bool:
    """Say whether a part starts more than going to a place or a page of the web."""
    does, looks = part.get("/S"), part.get("/Subtype")
    is_active = isinstance(does, NameObject) and does in _ACTIONS
    return (
        is_active or (isinstance(looks, NameObject) and looks in _NOTES) or bool(_KEYS & set(part))
    )


def _parts(root: Any) -> Iterator[DictionaryObject]:
    """Give each table of a PDF once: what is reached from its root, by whatever way.

    :raise Invalid: there are more than any document has
    """
    waiting, seen, count = [root], set[tuple[int, int]](), 0
    while waiting:
        part = waiting.pop()
        if isinstance(part, IndirectObject):
            key = (part.idnum, part.generation)
            part = None if key in seen else part.get_object()
            seen.add(key)
        count += 1
        if count > MOST_PARTS:
            raise damaged()
        if isinstance(part, DictionaryObject):
            yield part
            waiting += filter(_leads_on, dict.values(part))
        elif isinstance(part, ArrayObject):
            waiting += filter(_leads_on, list.__iter__(part))


def _leads_on(value: object) -> bool:
    return isinstance(value, (IndirectObject, DictionaryObject, ArrayObject))


def _inside(holder: DictionaryObject, key: str) -> DictionaryObject:
    found = holder.get(key)
    value = found.get_object() if found is not None else None
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _marks_of(reader: PdfReader) -> tuple[Mark, ...]:
    properties = reader.metadata or DictionaryObject()
    found = [mark for key, mark in _MARKS.items() if properties.get(key)]
    parts = list(_parts(reader.trailer.raw_get("/Root")))
    if any(_PROPERTIES & set(part) for part in parts):
        found.append(Mark.SOFTWARE)
    if any(map(_names_its_writer, parts)):
        found.append(Mark.AUTHOR)
    return tuple(dict.fromkeys(found))


def _names_its_writer(part: DictionaryObject) -> bool:
    """Say whether a part is a note that tells who wrote it (ISO 32000-1, table 170)."""
    return "/T" in part and part.get("/Subtype") in _WRITTEN_NOTES


def _picture_marks(reader: PdfReader) -> tuple[Mark, ...]:
    """Return what the photographs inside tell beside what one sees."""
    marks = (
        mark
        for part in _parts(reader.trailer.raw_get("/Root"))
        if isinstance(part, StreamObject) and part.get("/Filter") == "/DCTDecode"
        for mark in marks_inside(part._data)
    )
    return tuple(dict.fromkeys(marks))


def _is_signed(catalog: DictionaryObject) -> bool:
    return bool(_inside(catalog, "/AcroForm").get("/SigFlags"))


def _without_properties(reader: PdfReader) -> bytes:
    """Return the PDF anew; its title stays, since screen readers say it."""
    title = reader.metadata.title if reader.metadata else None
    writer = PdfWriter(clone_from=reader)
    writer.metadata = {NameObject("/Title"): str(title)} if title else None
    for part in _parts(writer.root_object):
        if _names_its_writer(part):
            part.pop("/T")
        for key in _PROPERTIES:
            part.pop(key, None)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
