"""WeasyPrint, which makes PDFs of pages. Import it by ``pdf`` only: it needs system libraries."""

import logging
import mimetypes
import threading
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

from PIL import ImageFile
from weasyprint import HTML
from weasyprint.logger import LOGGER
from weasyprint.urls import URLFetcher, URLFetcherResponse

# WeasyPrint lets every part of the process take pictures that are cut off; uploads must be whole.
ImageFile.LOAD_TRUNCATED_IMAGES = False

#: PDF/UA: tagged, with title and language, so that a screen reader can read it.
VARIANT = "pdf/ua-1"

_STATIC = "/static/"
# The font of the site comes in 120 slices of one name, which WeasyPrint takes for one font and
# mixes their letters up: it gets none of them, and writes in a font of the system.
_VENDOR = "vendor/"
# A large table takes 190 MB: one at a time in each process.
_one_at_a_time = threading.Lock()
_SAMPLE = "<!doctype html><html lang=ko><title>의회</title><p>의회"


class StaticFiles(URLFetcher):
    """Gives static files of the site, and nothing else: no network, no file of the machine.

    What people wrote must not make the server fetch an address of theirs.
    """

    def __init__(self, site_url: str, addresses: Mapping[str, str], folder: Path) -> None:
        """Know the files.

        :param site_url: address of the site, without a slash at its end
        :param addresses: served address of each file by its name, see ``front.static``
        :param folder: where the served files lie
        """
        super().__init__(allowed_protocols=())
        own = (at for name, at in addresses.items() if not name.startswith(_VENDOR))
        self._files = {f"{site_url}{at}": folder / at.removeprefix(_STATIC) for at in own}

    def fetch(
        self, url: str, headers: Mapping[str, str] | EmailMessage | None = None
    ) -> URLFetcherResponse:
        """Return a file of the site.

        :raise ValueError: the address is none of a file; WeasyPrint goes on without it
        """
        path = self._files.get(url)
        if path is None:
            raise ValueError("not a static file of the site")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


class _Boxes(logging.Handler):
    """Notes that a letter is in no font, so that a box would stand for it."""

    seen = False

    def emit(self, record: logging.LogRecord) -> None:
        """Look at what WeasyPrint says."""
        self.seen = self.seen or ".notdef" in record.getMessage()


def write(html: str, *, files: StaticFiles, base_url: str) -> bytes:
    """Return a page as PDF.

    :param base_url: what its links start from
    """
    with _one_at_a_time:
        page = HTML(string=html, base_url=base_url, url_fetcher=files)
        made: bytes = page.write_pdf(pdf_variant=VARIANT)
    return made


def can_write_korean() -> bool:
    """Try a small page, and say whether a font of this machine has its letters."""
    boxes = _Boxes()
    LOGGER.addHandler(boxes)
    try:
        write(_SAMPLE, files=StaticFiles("", {}, Path()), base_url="http://localhost/")
    finally:
        LOGGER.removeHandler(boxes)
    return not boxes.seen
