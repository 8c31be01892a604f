"""A program of its own: print a document's text as Markdown, within limits of time and memory.

It is started by its path (see ``reading``), not imported by the portal: it holds nothing but the
file, no settings, no keys, no database. A document that makes it swell or hang ends it alone.
"""

import resource
import sys
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

MOST_MEMORY_BYTES = 1536 * 1024 * 1024
MOST_SECONDS = 60
MOST_PAGES = 2_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TEXT_SIGNS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}


class _NoDocumentType(ElementTree.TreeBuilder):
    """Builds a tree and stops at a document type, through which entities come."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse a document type."""
        raise ValueError("a document type is not allowed")


def read_text(kind: str, path: str) -> Iterator[str]:
    """Give a document's text, part after part.

    :param kind: ending of the file's kind, such as ``docx``
    """
    if kind == "txt":
        with open(path, encoding="utf-8") as file:
            yield from file
    elif kind == "pdf":
        yield from _read_pdf(path)
    elif kind in ("hwp", "hwpx"):
        import unhwp

        yield unhwp.to_markdown(path)
    else:
        with zipfile.ZipFile(path) as archive:
            yield from _read_docx(archive) if kind == "docx" else _read_xlsx(archive)


def _read_pdf(path: str) -> Iterator[str]:
    import pypdf

    for place, page in enumerate(pypdf.PdfReader(path).pages):
        if place == MOST_PAGES:
            return
        yield page.extract_text().strip() + "\n\n"


def _tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    parser = ElementTree.XMLParser(target=_NoDocumentType())  # noqa: S314 - see the class
    parser.feed(archive.read(name))
    root: ElementTree.Element = parser.close()
    return root


def _read_docx(archive: zipfile.ZipFile) -> Iterator[str]:
    """Give paragraphs, headings and tables in their order."""
    body = _tree(archive, "word/document.xml").find(f"{_WORD}body")
    for block in body if body is not None else ():
        if block.tag == f"{_WORD}p":
            text = _paragraph(block)
            yield f"{_heading(block)}{text}\n\n" if text else ""
        elif block.tag == f"{_WORD}tbl":
            rows = block.findall(f"{_WORD}tr")
            yield _table([[_words(cell) for cell in row.findall(f"{_WORD}tc")] for row in rows])


def _paragraph(block: ElementTree.Element) -> str:
    parts = (
        (element.text or "") if element.tag == f"{_WORD}t" else _TEXT_SIGNS.get(element.tag, "")
        for element in block.iter()
    )
    return "".join(parts).strip()


def _words(cell: ElementTree.Element) -> str:
    return " ".join(_paragraph(block) for block in cell.iter(f"{_WORD}p")).strip()


def _heading(block: ElementTree.Element) -> str:
    """Return the signs of a heading, by its style's name: Heading1, or 1 in Korean Word."""
    style = block.find(f"{_WORD}pPr/{_WORD}pStyle")
    name = style.get(f"{_WORD}val", "") if style is not None else ""
    level = name.lower().removeprefix("heading").strip()
    return "#" * int(level) + " " if level in ("1", "2", "3", "4", "5", "6") else ""


def _read_xlsx(archive: zipfile.ZipFile) -> Iterator[str]:
    """Give each sheet as a heading and a table."""
    shared = _shared_words(archive)
    links = {
        link.get("Id"): link.get("Target", "")
        for link in _tree(archive, "xl/_rels/workbook.xml.rels")
    }
    for sheet in _tree(archive, "xl/workbook.xml").iter(f"{_SHEET}sheet"):
        target = links.get(sheet.get(_RELATION), "").removeprefix("/xl/")
        rows = _tree(archive, f"xl/{target}").iter(f"{_SHEET}row")
        yield f"## {sheet.get('name', '')}\n\n"
        yield _table([[_value(cell, shared) for cell in row] for row in rows])


def _shared_words(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    entries = _tree(archive, "xl/sharedStrings.xml").iter(f"{_SHEET}si")
    return ["".join(part.text or "" for part in entry.iter(f"{_SHEET}t")) for entry in entries]


def _value(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_SHEET}t"))
    value = cell.findtext(f"{_SHEET}v") or ""
    return shared[int(value)] if cell.get("t") == "s" and value.isdigit() else value


def _table(rows: list[list[str]]) -> str:
    """Return rows as a Markdown table; its first row is the head."""
    if not rows:
        return ""
    wide = max(map(len, rows))
    lines = [_line(row + [""] * (wide - len(row))) for row in rows]
    return "\n".join([lines[0], _line(["---"] * wide), *lines[1:]]) + "\n\n"


def _line(cells: list[str]) -> str:
    kept = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
    return "| " + " | ".join(kept) + " |"


def main(kind: str, path: str, most_letters: int) -> None:
    """Print a document's text up to a number of letters."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    left = most_letters
    for part in read_text(kind, path):
        kept = part[:left]
        sys.stdout.buffer.write(kept.encode("utf-8", "replace"))
        left -= len(kept)
        if left <= 0:
            break


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
