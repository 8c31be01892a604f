"""QR codes: a drawing in a page, a picture in a letter. What they say must name no person."""

import io
from collections.abc import Iterator

import segno
from markupsafe import Markup

#: A code is still read when an eighth of it is dirt (level M of ISO/IEC 18004).
LEVEL = "m"
#: Light modules around a code, at least (ISO/IEC 18004).
QUIET_MODULES = 4
#: Width of a module, in pixels.
MODULE_PIXELS = 5


def qr_svg(text: str, *, title: str) -> Markup:
    """Return a QR code as a drawing to stand in a page: black on white in every palette.

    :param title: what somebody who can't see it is told, such as “Ticket of the hearing”
    :raise ValueError: the text is longer than a code can hold
    """
    code = _code(text)
    modules = code.symbol_size(border=QUIET_MODULES)[0]
    return Markup(
        '<svg class="qr" role="img" aria-label="{2}" width="{1}" height="{1}" '
        'viewBox="0 0 {0} {0}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{3}"/></svg>'
    ).format(modules, modules * MODULE_PIXELS, title, " ".join(_dark_lines(code)))


def qr_png(text: str) -> bytes:
    """Return a QR code as a picture (PNG), for letters.

    :raise ValueError: the text is longer than a code can hold
    """
    picture = io.BytesIO()
    _code(text).save(picture, kind="png", scale=MODULE_PIXELS, border=QUIET_MODULES)
    return picture.getvalue()


def _code(text: str) -> segno.QRCode:
    """Return a code; never a small one (Micro QR), which many telephones do not read."""
    return segno.make_qr(text, error=LEVEL, boost_error=False)


def _dark_lines(code: segno.QRCode) -> Iterator[str]:
    """Give a box for each line of dark modules, as parts of a path."""
    for top, line in enumerate(code.matrix_iter(border=QUIET_MODULES)):
        row, left = tuple(line), 0
        while left < len(row):
            width = _dark_width(row, left)
            if width:
                yield f"M{left} {top}h{width}v1h-{width}z"
            left += width + 1


def _dark_width(row: tuple[int, ...], left: int) -> int:
    """Return how many modules are dark from a place on."""
    width = 0
    while left + width < len(row) and row[left + width]:
        width += 1
    return width
