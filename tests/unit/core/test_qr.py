"""QR codes are read again as what they were made of, and can be seen in every palette."""

import io
import re

import pytest
import segno
from markupsafe import Markup
from PIL import Image

from portal.core.qr import MODULE_PIXELS, QUIET_MODULES, qr_png, qr_svg

TEXTS = ["https://council.example/ko/t/8f3a", "A", "의회 방청권 2020-11-09", "x" * 400]


def drawn_modules(svg: str) -> list[list[int]]:
    """Return what a drawing shows: 1 for a dark module, row by row, with the quiet zone."""
    found = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    assert found
    rows = [[0] * int(found.group(1)) for _row in range(int(found.group(1)))]
    path = svg.rpartition('d="')[2]
    for left, top, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        for column in range(int(left), int(left) + int(width)):
            rows[int(top)][column] += 1
    return rows


@pytest.mark.parametrize("text", TEXTS)
def test_a_drawing_shows_the_modules_of_the_code(text: str):
    code = segno.make_qr(text, error="m", boost_error=False)
    expected = [list(row) for row in code.matrix_iter(border=QUIET_MODULES)]
    assert drawn_modules(qr_svg(text, title="표")) == expected
    assert code.error == "M"


@pytest.mark.parametrize("text", TEXTS)
def test_a_picture_shows_the_same_modules(text: str):
    picture = Image.open(io.BytesIO(qr_png(text))).convert("L")
    rows = drawn_modules(qr_svg(text, title="표"))
    half = MODULE_PIXELS // 2
    assert picture.size == (len(rows) * MODULE_PIXELS,) * 2
    seen = [
        [
            int(picture.getpixel((x * MODULE_PIXELS + half, y * MODULE_PIXELS + half)) < 128)
            for x in range(len(rows))
        ]
        for y in range(len(rows))
    ]
    assert seen == rows


def test_a_drawing_is_black_on_white_with_a_quiet_zone():
    svg = qr_svg("A", title="표")
    assert re.findall(r'fill="([^"]+)"', svg) == ["#fff", "#000"]
    rows = drawn_modules(svg)
    border = [*rows[:4], *rows[-4:], *([*row[:4], *row[-4:]] for row in rows)]
    assert not any(map(any, border))


def test_a_drawing_names_itself_and_has_no_style():
    svg = qr_svg("A", title='<script>"&')
    assert isinstance(svg, Markup)
    assert 'role="img"' in svg and 'aria-label="&lt;script&gt;&#34;&amp;"' in svg
    assert "style" not in svg and re.search(r'width="\d+" height="\d+"', svg)


def test_too_long_a_text_is_refused():
    with pytest.raises(ValueError):
        qr_svg("x" * 3000, title="표")
