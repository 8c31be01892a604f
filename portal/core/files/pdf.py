"""PDF: whole, open, without scripts and attached files, without the names of its makers."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject

from portal.core.errors import Invalid
from portal.core.files.archives import damaged, encrypted
from portal.core.files.office import active
from portal.core.files.rules import Checked, FileKind, Mark

MOST_PAGES = 5_000
_TAIL_BYTES = 2048
_MARKS = {
    "/Author": Mark.AUTHOR,
    "/Company": Mark.ORGANISATION,
    "/Creator": Mark.SOFTWARE,
    "/Producer": Mark.SOFTWARE,
}
_ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")
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
    _refuse_active_parts(catalog, reader)
    marks = _marks_of(reader, catalog)
    if not marks or _is_signed(catalog):
        # A signature covers every byte: the names stay with it.
        return Checked(FileKind.PDF, content, marks, marks)
    return Checked(FileKind.PDF, _without_properties(reader), marks)


def _refuse_active_parts(catalog: DictionaryObject, reader: PdfReader) -> None:
    """Refuse scripts, programs, forms that send themselves, and attached files."""
    names = _inside(catalog, "/Names")
    if "/JavaScript" in names or "/EmbeddedFiles" in names or "/AA" in catalog:
        raise active()
    annotations = (note.get_object() for page in reader.pages for note in page.get("/Annots") or ())
    for holder in (catalog, *reader.pages, *annotations):
        if isinstance(holder, DictionaryObject) and _acts(holder):
            raise active()


def _acts(holder: DictionaryObject) -> bool:
    """Say whether opening or touching something starts more than going to a place."""
    actions = (_inside(holder, key) for key in ("/OpenAction", "/A"))
    attached = holder.get("/Subtype") in ("/FileAttachment", "/RichMedia", "/Movie")
    return attached or "/AA" in holder or any(a.get("/S") in _ACTIONS for a in actions)


def _inside(holder: DictionaryObject, key: str) -> DictionaryObject:
    found = holder.get(key)
    value = found.get_object() if found is not None else None
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _marks_of(reader: PdfReader, catalog: DictionaryObject) -> tuple[Mark, ...]:
    properties = reader.metadata or DictionaryObject()
    found = [mark for key, mark in _MARKS.items() if properties.get(key)]
    if "/Metadata" in catalog:
        found.append(Mark.SOFTWARE)
    return tuple(dict.fromkeys(found))


def _is_signed(catalog: DictionaryObject) -> bool:
    return bool(_inside(catalog, "/AcroForm").get("/SigFlags"))


def _without_properties(reader: PdfReader) -> bytes:
    """Return the PDF anew; its title stays, since screen readers say it."""
    title = reader.metadata.title if reader.metadata else None
    writer = PdfWriter(clone_from=reader)
    writer.metadata = {NameObject("/Title"): str(title)} if title else None
    writer.root_object.pop("/Metadata", None)
    for page in writer.pages:
        page.pop("/Metadata", None)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
