"""DOCX, XLSX and HWPX: the right container without macros, without its makers' names."""

import io
import re
import zipfile
from xml.etree import ElementTree

from flask_babel import gettext as _

from portal.core.errors import Invalid
from portal.core.files.archives import Archive, encrypted, has_attribute, open_archive
from portal.core.files.pictures import marks_inside
from portal.core.files.rules import Checked, FileKind, Mark

_CONTENT_TYPES = "[Content_Types].xml"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MAIN_PARTS = {
    f"{_OFFICE}wordprocessingml.document.main+xml": FileKind.DOCX,
    f"{_OFFICE}spreadsheetml.sheet.main+xml": FileKind.XLSX,
}
_HWPX_TYPE = b"application/hwp+zip"
_HWPX_SUMMARY = "Contents/content.hpf"
#: Programs and foreign objects inside a document: they run, or hide another file.
_ACTIVE = re.compile(
    r"vbaProject|vbaData|activeX/|macrosheets/|oleObject\d*\.bin|\.(exe|dll|js|vbs|ps1|bat)$", re.I
)
_REMOTE_KINDS = ("attachedTemplate", "oleObject", "frame", "subDocument")
#: What the document's own pages of properties hold, and what stands there afterwards.
_PACKAGE = "http://schemas.openxmlformats.org"
_EMPTY_PROPERTIES = {
    "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/package/2006/metadata/'
    'core-properties"/>',
    "docProps/app.xml": f'<Properties xmlns="{_PACKAGE}/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": f'<Properties xmlns="{_PACKAGE}/officeDocument/2006/'
    'custom-properties"/>',
}
_PROPERTY_MARKS = {
    "creator": Mark.AUTHOR,
    "lastModifiedBy": Mark.AUTHOR,
    "Company": Mark.ORGANISATION,
    "Manager": Mark.AUTHOR,
    "Application": Mark.SOFTWARE,
    "property": Mark.COMMENTS,
}
_COMMENT_PARTS = re.compile(r"^(word|xl)/(comments|threadedComments/|persons/|people)")
_PICTURE_PARTS = re.compile(r"(^|/)(media|BinData)/")
#: The attribute that tells who inserted, deleted, moved or reshaped words.
_CHANGED_BY = "author"
_MOST_BODY_BYTES = 64 * 1024 * 1024


def check_archive(content: bytes) -> Checked:
    """Return an office document that passed, without what tells who made it.

    :raise Invalid: it is damaged, a bomb, encrypted, has macros, or is another kind of container
    """
    archive = open_archive(content)
    if archive.names[:1] == ("mimetype",):
        return _check_hwpx(archive, content)
    kind = _office_kind(archive)
    _refuse_active_parts(archive)
    found = _property_marks(archive)
    left = _body_marks(archive)
    # Revision, times and template tell something, too, though no mark names them.
    has_properties = any(name in archive.names for name in _EMPTY_PROPERTIES)
    clean = _without_properties(archive) if has_properties else content
    return Checked(kind, clean, _once(found + left), _once(left))


def _check_hwpx(archive: Archive, content: bytes) -> Checked:
    """Check a HWPX; its summary is told, not removed: Hancom's reader checks the package."""
    if archive.read("mimetype") != _HWPX_TYPE or _HWPX_SUMMARY not in archive.names:
        raise unknown_kind()
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise encrypted()
    if any(name.lower().endswith((".exe", ".dll", ".ole")) for name in archive.names):
        raise active()
    tree = archive.tree(_HWPX_SUMMARY)
    assert tree is not None
    named = {
        element.get("name")
        for element in tree.iter()
        if _local(element) == "meta" and (element.text or "").strip()
    }
    found = [Mark.AUTHOR] if named & {"creator", "lastsaveby"} else []
    told = _once(found + _picture_marks(archive))
    return Checked(FileKind.HWPX, content, told, told)


def _office_kind(archive: Archive) -> FileKind:
    """Return what the list of content types says the document is."""
    tree = archive.tree(_CONTENT_TYPES)
    if tree is None:
        raise unknown_kind()
    types = {element.get("PartName"): element.get("ContentType", "") for element in tree}
    if any("macroEnabled" in name for name in types.values()):
        raise active()
    for part, name in types.items():
        if name in _MAIN_PARTS and part and part.lstrip("/") in archive.names:
            return _MAIN_PARTS[name]
    raise unknown_kind()


def _refuse_active_parts(archive: Archive) -> None:
    """Refuse macros, foreign objects, and what would be fetched from elsewhere on opening."""
    if any(_ACTIVE.search(name) for name in archive.names):
        raise active()
    for name in archive.names:
        tree = archive.tree(name) if name.endswith(".rels") else None
        if tree is not None and any(map(_is_remote, tree)):
            raise active()


def _is_remote(relation: ElementTree.Element) -> bool:
    kind = relation.get("Type", "").rpartition("/")[2]
    return relation.get("TargetMode") == "External" and kind in _REMOTE_KINDS


def _property_marks(archive: Archive) -> list[Mark]:
    """Return what the pages of properties tell."""
    trees = (archive.tree(name) for name in _EMPTY_PROPERTIES)
    elements = (element for tree in trees if tree is not None for element in tree.iter())
    named = {_local(e) for e in elements if "".join(e.itertext()).strip()}
    return [mark for name, mark in _PROPERTY_MARKS.items() if name in named]


def _body_marks(archive: Archive) -> list[Mark]:
    """Return what the document's own content tells; it stays, since it is content."""
    found = []
    if any(_COMMENT_PARTS.match(name) for name in archive.names):
        found.append(Mark.COMMENTS)
    body = archive.read("word/document.xml", _MOST_BODY_BYTES)
    if body and has_attribute(body, _CHANGED_BY):
        found.append(Mark.CHANGES)
    if any("/embeddings/" in name for name in archive.names):
        found.append(Mark.EMBEDDED)
    return found + _picture_marks(archive)


def _picture_marks(archive: Archive) -> list[Mark]:
    """Return what the pictures inside tell: they stay as they are, since their places in it are."""
    pictures = (name for name in archive.names if _PICTURE_PARTS.search(name))
    return [mark for name in pictures for mark in marks_inside(archive.zip.read(name))]


def _without_properties(archive: Archive) -> bytes:
    """Return the container with empty pages of properties and no times of its entries."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.names:
            empty = _EMPTY_PROPERTIES.get(name)
            copy.writestr(zipfile.ZipInfo(name), empty or archive.zip.read(name), 8)
    return made.getvalue()


def _local(element: ElementTree.Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _once(marks: list[Mark]) -> tuple[Mark, ...]:
    return tuple(dict.fromkeys(marks))


def active() -> Invalid:
    """Return the refusal of a document with a program or another file inside."""
    return Invalid(
        _(
            "The file has a macro, a script or another file inside. Save it without them, for "
            "example as a plain PDF, and send it again."
        )
    )


def unknown_kind() -> Invalid:
    """Return the refusal of a kind that is not taken."""
    return Invalid(
        _(
            "This kind of file is not taken. Send a picture (JPEG, PNG, WebP), PDF, HWP, HWPX, "
            "DOCX, XLSX, plain text, MP3 or MP4."
        )
    )
