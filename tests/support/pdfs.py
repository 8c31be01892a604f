"""PDFs in tests: where they can be made they are read, elsewhere their tests are skipped."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pypdf import PdfReader

from portal.core import pdf

#: Skips a test where this machine makes no PDFs, and says so.
needs_pdf = pytest.mark.skipif(
    not pdf.is_pdf_possible(), reason=f"no PDFs are made here: apt install {pdf.PACKAGES}"
)


def read_pdf(content: bytes) -> PdfReader:
    """Return a PDF to look into."""
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Return the words of a PDF, in the order of reading, one space between them."""
    pages = (page.extract_text() for page in read_pdf(content).pages)
    return " ".join(" ".join(pages).split())


@contextmanager
def no_pdfs() -> Iterator[None]:
    """Let the machine have no WeasyPrint for a while."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "weasyprint", None)
        patch.delitem(sys.modules, "portal.core.pdf_engine", raising=False)
        pdf._engine.cache_clear()
        yield
    pdf._engine.cache_clear()
