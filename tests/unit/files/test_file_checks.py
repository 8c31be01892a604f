"""What is taken, what is refused and with which sentence, and what is taken out of a file."""

import io
import struct
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from portal.core.errors import Invalid
from portal.core.files import ole, pdf, pictures
from portal.core.files.archives import parse_xml
from portal.core.files.checks import check_content
from portal.core.files.rules import FileKind, Mark, clean_name
from portal.core.i18n import in_language
from tests.support import samples


@pytest.fixture(autouse=True, scope="module")
def english(app: Flask) -> Iterator[None]:
    """Let refusals be told in English."""
    with app.test_request_context("/"), in_language("en"):
        yield


TAKEN = {
    FileKind.JPEG: samples.picture("JPEG"),
    FileKind.PNG: samples.picture("PNG"),
    FileKind.WEBP: samples.picture("WEBP"),
    FileKind.PDF: samples.pdf(),
    FileKind.HWP: samples.hwp(),
    FileKind.HWPX: samples.hwpx(),
    FileKind.DOCX: samples.docx(),
    FileKind.XLSX: samples.xlsx(),
    FileKind.TEXT: "의회 소식".encode("cp949"),
    FileKind.MP3: samples.mp3(),
    FileKind.MP4: samples.mp4(),
}


@pytest.mark.parametrize("kind", list(FileKind))
def test_each_kind_is_known_by_its_content_and_what_is_kept_passes_again(kind: FileKind):
    checked = check_content(TAKEN[kind])
    assert checked.kind is kind
    assert check_content(checked.content).kind is kind


def without(part: str, **more: str) -> bytes:
    parts = samples.docx_parts()
    parts.pop(part, None)
    return samples.archive(parts | more)


def bomb() -> bytes:
    return samples.archive(samples.docx_parts() | {"word/media/a.bmp": bytes(20_000_000)})


def remote_template() -> str:
    return (
        '<Relationships><Relationship Type="http://x/attachedTemplate" TargetMode="External" '
        'Target="http://evil.example/t.dotm"/></Relationships>'
    )


def declaring() -> str:
    return f"<!DOCTYPE a []>{samples.docx_parts()['word/document.xml']!s}"


def macro_types() -> str:
    types = str(samples.docx_parts()["[Content_Types].xml"])
    return types.replace("document.main+xml", "document.macroEnabled.main+xml")


def flagged_encrypted() -> bytes:
    """Return a DOCX whose first entry says that it is encrypted."""
    content = bytearray(samples.docx())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)


def animation() -> bytes:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


def looping_ole() -> bytes:
    content = bytearray(samples.hwp())
    struct.pack_into("<I", content, 512 + 4, 1)  # the directory's sector follows itself
    return bytes(content)


def ole_of_one_chain() -> bytes:
    """Return a HWP in which two large streams are the same bytes."""
    streams = {"FileHeader": samples.HWP_HEADER, "DocInfo": bytes(64), "BodyText": bytes(4_000)}
    content = bytearray(samples.ole(streams))
    for place in (2, 3):
        struct.pack_into("<II", content, 1024 + place * 128 + 116, 3, 4_100)
    return bytes(content)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "empty": (b"", "empty"),
    "page": (b"<!DOCTYPE html><p>x", "not taken"),
    "drawing": (SVG, "not taken"),
    "drawing after a mark": (b"\xef\xbb\xbf  " + SVG, "not taken"),
    "page inside a text": (b"hello <script>alert(1)</script>", "not taken"),
    "shell script": (b"#!/bin/sh\nrm -rf /", "not taken"),
    "program": (b"MZ\x90\x00\x03\x00\x00\x00", "not taken"),
    "plain zip": (samples.archive({"a.txt": "x"}), "not taken"),
    "book": (samples.archive({"mimetype": "application/epub+zip", "a": "x"}), "not taken"),
    "zip bomb": (bomb(), "unpacks"),
    "many entries": (samples.archive({str(n): b"" for n in range(5_001)}), "unpacks"),
    "cut zip": (samples.docx()[:-40], "damaged"),
    "climbing entry": (without("", **{"../evil": "x"}), "damaged"),
    "closed zip": (flagged_encrypted(), "password"),
    "macro": (without("", **{"word/vbaProject.bin": "x"}), "macro"),
    "macro by type": (without("", **{"[Content_Types].xml": macro_types()}), "macro"),
    "ole object": (without("", **{"word/embeddings/oleObject1.bin": "x"}), "macro"),
    "remote template": (without("", **{"word/_rels/s.xml.rels": remote_template()}), "macro"),
    "body of open signs": (samples.docx("<w:ins " * 2_000), "damaged"),
    "body with entities": (without("", **{"word/document.xml": declaring()}), "damaged"),
    "no main part": (without("word/document.xml"), "not taken"),
    "closed hwpx": (samples.hwpx(manifest="<m><encryption-data/></m>"), "password"),
    "closed pdf": (samples.pdf(password="secret"), "password"),
    "cut pdf": (samples.pdf()[:-300], "damaged"),
    "script in pdf": (samples.pdf(script="app.alert(1)"), "macro"),
    "nonsense pdf": (b"%PDF-1.7\nnonsense\n%%EOF", "damaged"),
    "closed hwp": (samples.hwp(properties=2), "password"),
    "hwp with rights": (samples.hwp(properties=16), "password"),
    "cut hwp": (samples.hwp()[:1200], "damaged"),
    "hwp in a loop": (looping_ole(), "damaged"),
    "hwp of bytes used twice": (ole_of_one_chain(), "damaged"),
    "closed office": (samples.ole({"EncryptedPackage": b"x" * 99}), "password"),
    "old word": (samples.ole({"WordDocument": b"x" * 99}), "DOCX"),
    "cut picture": (samples.picture(size=(600, 400))[:-900], "damaged"),
    "page as picture": (b"\x89PNG\r\n\x1a\n<html>", "damaged"),
    "moving picture": (animation(), "still picture"),
    "cut film": (samples.mp4()[:-5], "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_is_refused_with_what_to_do(name: str):
    content, words = REFUSED[name]
    with pytest.raises(Invalid, match=words):
        check_content(content)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    header = struct.pack("!IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    whole = samples.picture("PNG")
    content = bytearray(whole)
    content[16:29] = header
    import zlib

    content[29:33] = struct.pack("!I", zlib.crc32(b"IHDR" + header))
    with pytest.raises(Invalid, match="million pixels"):
        check_content(bytes(content))


def test_a_photograph_is_upright_and_tells_neither_place_nor_camera():
    checked = check_content(samples.photograph())
    made = Image.open(io.BytesIO(checked.content))
    assert made.size == (40, 60)
    assert not made.getexif()
    assert {"comment", "icc_profile", "exif", "xmp"} & set(made.info) == set()
    assert b"CameraOfKim" not in checked.content
    assert b"Kim" not in checked.content
    assert set(checked.marks_found) == {Mark.CAMERA, Mark.PLACE, Mark.COMMENTS}
    assert checked.marks_left == ()


@pytest.mark.parametrize("error", [TypeError, ZeroDivisionError, struct.error, KeyError])
def test_a_picture_whose_notes_break_the_library_is_refused(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
):
    def crash(_picture: Image.Image) -> Image.Image:
        raise error

    monkeypatch.setattr(pictures.ImageOps, "exif_transpose", crash)
    with pytest.raises(Invalid, match="Save a copy"):
        check_content(samples.picture())


def test_a_wide_picture_is_made_as_small_as_pages_need():
    made = Image.open(io.BytesIO(check_content(samples.picture(size=(3200, 100))).content))
    assert made.size == (1600, 50)


def test_a_picture_keeps_what_is_see_through():
    file = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(file, "PNG")
    assert Image.open(io.BytesIO(check_content(file.getvalue()).content)).mode == "RGBA"


@pytest.mark.parametrize("content", [samples.docx(), samples.xlsx()], ids=["docx", "xlsx"])
def test_an_office_document_no_longer_tells_who_wrote_it(content: bytes):
    checked = check_content(content)
    with zipfile.ZipFile(io.BytesIO(checked.content)) as made:
        everything = b"".join(made.read(name) for name in made.namelist())
    assert "홍길동".encode() not in everything
    assert "비밀상사".encode() not in everything
    assert {Mark.AUTHOR, Mark.ORGANISATION} <= set(checked.marks_found)
    assert checked.marks_left == ()


def test_of_a_chain_no_more_is_followed_than_its_stream_needs():
    looked_at: list[int] = []

    class Table(tuple[int, ...]):
        def __getitem__(self, place: Any) -> Any:
            looked_at.append(place)
            return super().__getitem__(place)

    container = ole.Container(samples.hwp())
    container._table = Table(range(1, 10_000))
    assert container._held_bytes(ole.Entry("BodyText", 2, 0, 5_000)) < 5_000
    assert len(looked_at) == 10


def test_what_stays_in_a_document_is_said():
    body = '<w:p><w:ins w:id="1" w:author="김"><w:r><w:t>x</w:t></w:r></w:ins></w:p>'
    parts = samples.docx_parts(body) | {"word/comments.xml": "<c/>"}
    left = check_content(samples.archive(parts)).marks_left
    assert set(left) == {Mark.CHANGES, Mark.COMMENTS}
    assert check_content(samples.hwpx()).marks_left == (Mark.AUTHOR,)


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("<!-- " + "<w:ins " * 2_000 + 'w:author="김" -->', ()),
        ('<w:p><w:pPr><w:pPrChange w:id="1" w:author="김"/></w:pPr></w:p>', (Mark.CHANGES,)),
    ],
    ids=["remark in the XML", "changed shape"],
)
def test_changes_are_found_in_elements_and_not_in_what_looks_like_them(
    body: str, left: tuple[Mark, ...]
):
    assert check_content(samples.docx(body)).marks_left == left


JS = "/S /JavaScript /JS (app.alert(1))"
LINK = "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] {} >>]"
GO = "/S /GoTo /D [3 0 R /Fit]"
ACTIVE_PDF = {
    "script after opening": {"catalog": f"/OpenAction << {GO} /Next << {JS} >> >>"},
    "script after a link": {"page": LINK.format(f"/A << {GO} /Next [<< {JS} >>] >>")},
    "script of a field": {
        "catalog": "/AcroForm << /Fields [5 0 R] >>",
        "other": f"/FT /Tx /T (a) /AA << /K << {JS} >> >>",
    },
    "script of an outline": {
        "catalog": "/Outlines << /First 5 0 R /Last 5 0 R /Count 1 >>",
        "other": f"/Title (a) /A << {JS} >>",
    },
    "script written oddly": {"catalog": "/OpenAction << /S /Java#53cript /J#53 5 0 R >>"},
    "form in XML": {"catalog": "/AcroForm << /Fields [] /XFA [(form) 5 0 R] >>"},
    "program as source": {"catalog": "/AF [<< /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>]"},
    "other file": {"catalog": "/OpenAction << /S /GoToR /F (//evil/a.pdf) /D [0 /Fit] >>"},
    "program": {"page": LINK.format("/A << /S /Launch /F (cmd.exe) >>")},
    "film": {"page": LINK.replace("/Link", "/Screen").format("")},
}


@pytest.mark.parametrize("name", ACTIVE_PDF)
def test_a_pdf_that_acts_is_refused_wherever_it_hides_that(name: str):
    with pytest.raises(Invalid, match="macro"):
        check_content(samples.pdf_with(**ACTIVE_PDF[name]))


def test_a_pdf_with_links_outline_form_and_tags_is_taken():
    content = samples.pdf_with(
        catalog=f"/OpenAction << {GO} >> /Lang (ko-KR) /MarkInfo << /Marked true >> "
        "/StructTreeRoot << /Type /StructTreeRoot /K 5 0 R /RoleMap << /Heading#201 /H1 >> >> "
        f"/Outlines << /First << /Title (1) /A << {GO} >> >> /Count 1 >> "
        "/AcroForm << /Fields [<< /FT /Tx /T (name) >>] /DR << /Font << /F1 4 0 R >> >> >> "
        "/PageLabels << /Nums [0 << /S /D >>] >>",
        page=LINK.format("/A << /S /URI /URI (https://example.kr) >>")
        + " /Group << /S /Transparency /CS /DeviceRGB >>",
        other="/Type /StructElem /S /Document /Pg 3 0 R",
    )
    assert check_content(content).kind is FileKind.PDF


def test_a_pdf_of_endless_parts_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "MOST_PARTS", 50)
    with pytest.raises(Invalid, match="damaged"):
        check_content(samples.pdf_with(other="/K []", catalog=f"/P [{'[] ' * 50}]"))


def test_a_pdf_keeps_its_title_and_forgets_its_author():
    checked = check_content(samples.pdf())
    made = PdfReader(io.BytesIO(checked.content))
    assert made.metadata is not None
    assert made.metadata.title == "Hearing"
    assert made.metadata.author is None
    assert b"HongGildong" not in checked.content
    assert "Budget hearing" in made.pages[0].extract_text()
    assert Mark.AUTHOR in checked.marks_found


def test_a_document_keeps_neither_revision_nor_times():
    core = '<cp:coreProperties xmlns:cp="x"><cp:revision>412</cp:revision></cp:coreProperties>'
    parts = samples.docx_parts() | {"docProps/core.xml": core, "docProps/app.xml": "<a/>"}
    kept = check_content(samples.archive(parts)).content
    with zipfile.ZipFile(io.BytesIO(kept)) as made:
        assert b"412" not in made.read("docProps/core.xml")


@pytest.mark.parametrize(
    "content",
    [
        samples.archive(samples.docx_parts() | {"word/media/a.jpeg": samples.photograph()}),
        samples.pdf_with_photograph(),
    ],
    ids=["docx", "pdf"],
)
def test_a_photograph_inside_a_document_is_told_with_its_place(content: bytes):
    assert Mark.PLACE in check_content(content).marks_left


def test_a_pdf_forgets_who_wrote_its_notes_and_keeps_the_names_of_its_fields():
    note = "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (HongGildong) /Contents (why) >>"
    field = "<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 9 9] /T (field) >>"
    checked = check_content(
        samples.pdf_with(
            page=f"/Annots [{note} {field}]", other="/PieceInfo << /A (HongGildong) >>"
        )
    )
    assert b"HongGildong" not in checked.content
    assert b"(why)" in checked.content
    assert b"(field)" in checked.content
    assert Mark.AUTHOR in checked.marks_found
    assert checked.marks_left == ()


def test_sound_and_film_lose_their_notes_and_keep_their_length():
    sound, film = check_content(samples.mp3()), check_content(samples.mp4())
    assert b"Kim" not in sound.content
    assert b"TAG" not in sound.content
    assert b"37.5665" not in film.content
    assert len(film.content) == len(samples.mp4())
    assert Mark.PLACE in film.marks_found


def test_a_box_with_a_long_size_keeps_its_size():
    place = struct.pack("!I4sQ", 1, b"udta", 24) + b"+37.5665"
    film = samples.mp4() + place
    clean = check_content(film).content
    assert clean[len(samples.mp4()) :] == struct.pack("!I4sQ", 1, b"free", 24) + bytes(8)
    assert check_content(clean).marks_found == ()


def test_korean_of_windows_becomes_utf8():
    assert check_content("의회 소식\r\n".encode("cp949")).content.decode() == "의회 소식\r\n"


def test_entities_are_never_expanded():
    laughs = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    with pytest.raises(Invalid, match="damaged"):
        parse_xml(laughs)


@given(st.binary(max_size=300), st.sampled_from(sorted(TAKEN)), st.integers(0, 4000))
@example(noise=b"\x00\x03", kind=FileKind.DOCX, at=963)
def test_a_file_with_odd_bytes_is_taken_or_refused_and_never_breaks(
    noise: bytes, kind: FileKind, at: int
):
    content = TAKEN[kind]
    try:
        check_content(content[:at] + noise + content[at + len(noise) :])
    except Invalid as refusal:
        assert refusal.sentence


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("../../etc/passwd", FileKind.PDF, "passwd.pdf"),
        ("C:\\Users\\Kim\\보고서.hwp", FileKind.HWP, "보고서.hwp"),
        ("보고서.exe", FileKind.PDF, "보고서.pdf"),
        ("photo.JPEG", FileKind.JPEG, "photo.jpeg"),
        ("invoice\u202efdp.exe", FileKind.PDF, "invoice fdp.pdf"),
        ("a\r\nSet-Cookie: x.txt", FileKind.TEXT, "a Set-Cookie x.txt"),
        ("제3.5차 회의", FileKind.PDF, "제3.5차 회의.pdf"),
        ("", FileKind.PDF, "file.pdf"),
        ("...", FileKind.PNG, "file.png"),
        ("가" * 300 + ".pdf", FileKind.PDF, "가" * 100 + ".pdf"),
    ],
)
def test_names_are_cleaned_and_end_as_their_kind(name: str, kind: FileKind, expected: str):
    assert clean_name(name, kind) == expected
