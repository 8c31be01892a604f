"""Files made by code: of every kind that is taken, and hostile ones."""

import io
import struct
import zipfile
from collections.abc import Mapping
from typing import Any

import xlsxwriter
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "application/vnd.openxmlformats-officedocument"
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE
HWP_HEADER = (b"HWP Document File".ljust(32, b"\0") + struct.pack("<I", 0x05000300)).ljust(
    256, b"\0"
)


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **saving: Any) -> bytes:
    """Return a picture whose left half is red and whose right half is blue."""
    made = Image.new("RGB", size, "blue")
    made.paste("red", (0, 0, size[0] // 2, size[1]))
    file = io.BytesIO()
    made.save(file, form, **saving)
    return file.getvalue()


def photograph() -> bytes:
    """Return a JPEG with orientation, camera, GPS place and a comment."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "CameraOfKim"
    notes.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 59.0), 3: "E", 4: (126.0, 58.0, 40.0)})
    return picture(exif=notes, comment=b"taken by Kim")


def archive(parts: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP; ``mimetype`` is stored as it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            way = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(name, content, way)
    return file.getvalue()


def docx_parts(body: str = "") -> dict[str, bytes | str]:
    """Return the parts of a DOCX with a heading, a paragraph and a table."""
    main = f"{OFFICE}.wordprocessingml.document.main+xml"
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>" for t in ("구분", "금액"))
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>예산안</w:t></w:r></w:p>'
    text = "<w:p><w:r><w:t>본예산을 심사한다.</w:t></w:r></w:p>"
    table = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{heading}{text}{table}{body}'
        "</w:body></w:document>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>홍길동'
        "</dc:creator></cp:coreProperties>",
        "docProps/app.xml": '<Properties xmlns="z"><Company>비밀상사</Company></Properties>',
    }


def docx(body: str = "") -> bytes:
    """Return a DOCX written by 홍길동 of 비밀상사."""
    return archive(docx_parts(body))


def xlsx() -> bytes:
    """Return a workbook written by 홍길동."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"author": "홍길동", "company": "비밀상사"})
    sheet = book.add_worksheet("집행")
    sheet.write_row(0, 0, ["사업", "집행액"])
    sheet.write_row(1, 0, ["의정활동 지원", 1200])
    book.close()
    return file.getvalue()


def hwpx(body: str = "회의록을 공개한다.", manifest: str = "<manifest/>") -> bytes:
    """Return a HWPX with one paragraph, written by 홍길동."""
    spaces = 'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" '
    spaces += 'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"'
    hpf = (
        '<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:metadata>'
        '<opf:meta name="creator" content="text">홍길동</opf:meta></opf:metadata><opf:manifest>'
        '<opf:item id="section0" href="Contents/section0.xml" media-type="application/xml"/>'
        '</opf:manifest><opf:spine><opf:itemref idref="section0"/></opf:spine></opf:package>'
    )
    container = (
        '<container><rootfiles><rootfile full-path="Contents/content.hpf" '
        'media-type="application/hwpml-package+xml"/></rootfiles></container>'
    )
    head = '<hh:head xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head"/>'
    return archive(
        {
            "mimetype": "application/hwp+zip",
            "META-INF/container.xml": container,
            "META-INF/manifest.xml": manifest,
            "Contents/content.hpf": hpf,
            "Contents/header.xml": head,
            "Contents/section0.xml": f"<hs:sec {spaces}><hp:p><hp:run><hp:t>{body}</hp:t></hp:run>"
            "</hp:p></hs:sec>",
        }
    )


def pdf(password: str = "", script: str = "", words: str = "Budget hearing") -> bytes:
    """Return a PDF of one page, written by Hong."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    drawing = DecodedStreamObject()
    drawing.set_data(f"BT /F1 20 Tf 20 200 Td ({words}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(drawing)
    writer.add_metadata({"/Author": "HongGildong", "/Title": "Hearing"})
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): script}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {
                key: TextStringObject(value) if key == "/JS" else value
                for key, value in action.items()
            }
        )
    if password:
        writer.encrypt(password)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def pdf_with_photograph() -> bytes:
    """Return a PDF of one page that shows a photograph as its camera made it."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    shown = StreamObject()
    shown._data = photograph()
    shown[NameObject("/Subtype")] = NameObject("/Image")
    shown[NameObject("/Filter")] = NameObject("/DCTDecode")
    images = DictionaryObject({NameObject("/I1"): writer._add_object(shown)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): images})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def pdf_with(**parts: str) -> bytes:
    """Return a PDF of one page with further objects, written as a PDF writes them.

    :param parts: of ``catalog``, ``page`` and ``other`` (the fifth object), without brackets
    """
    objects = (
        f"/Type /Catalog /Pages 2 0 R {parts.get('catalog', '')}",
        "/Type /Pages /Kids [3 0 R] /Count 1",
        f"/Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] {parts.get('page', '')}",
        "/Type /Font /Subtype /Type1 /BaseFont /Helvetica",
        parts.get("other", ""),
    )
    content, places = b"%PDF-1.7\n", list[int]()
    for number, words in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj << {words} >> endobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\n"
    return content + f"{end}startxref\n{len(content)}\n%%EOF\n".encode()


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE container of small streams: header, table, directory, mini table, content."""
    mini, table, entries = b"", list[int](), list[bytes]()
    for name, content in streams.items():
        count = max(1, -(-len(content) // 64))
        entries.append(_ole_entry(name, 2, len(table), len(content)))
        table += [len(table) + step + 1 for step in range(count - 1)] + [END]
        mini += content.ljust(count * 64, b"\0")
    mini_sectors = -(-len(mini) // 512)
    directory = b"".join((_ole_entry("Root Entry", 5, 3, len(mini)), *entries))
    assert len(directory) <= 512, "the directory of this sample has one sector"
    chain = [3 + step + 1 for step in range(mini_sectors - 1)] + [END]
    fat = [0xFFFFFFFD, END, END, *chain]
    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<HHHHH", 62, 3, 65534, 9, 6)
    head += bytes(10) + struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 2, 1, END, 0, 0)
    head += struct.pack("<108I", *[FREE] * 108)
    return (
        head
        + struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
        + directory.ljust(512, b"\0")
        + struct.pack("<128I", *table, *[FREE] * (128 - len(table)))
        + mini.ljust(mini_sectors * 512, b"\0")
    )


def _ole_entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    return (
        head
        + struct.pack("<III", FREE, FREE, FREE)
        + bytes(36)
        + struct.pack("<IIi", start, size, 0)
    )


def hwp(properties: int = 0) -> bytes:
    """Return the shell of a HWP 5: its header and an empty list of what it holds."""
    header = HWP_HEADER[:36] + struct.pack("<I", properties)
    return ole({"FileHeader": header.ljust(256, b"\0"), "DocInfo": bytes(64)})


def mp3() -> bytes:
    """Return five silent frames with notes before and after."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return b"ID3\x03\0\0\0\0\0\x0a" + b"by Kim    " + frame * 5 + b"TAG".ljust(128, b"K")


def mp4() -> bytes:
    """Return an MP4 whose film box tells a place."""
    place = _box(b"udta", _box(b"\xa9xyz", b"+37.5665+126.9780/"))
    return _box(b"ftyp", b"isom\0\0\0\0isom") + _box(b"moov", place) + _box(b"mdat", bytes(32))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack("!I", len(content) + 8) + kind + content
