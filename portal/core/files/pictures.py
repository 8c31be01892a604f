"""Pictures: read whole, turned upright, made anew without anything but what one sees."""

import io
import warnings
from typing import Any

from flask_babel import gettext as _
from PIL import Image, ImageCms, ImageOps

from portal.core.errors import Invalid
from portal.core.files.archives import damaged
from portal.core.files.rules import Checked, FileKind, Mark

#: A picture of a good phone has 50 million pixels; in memory that is 200 MB.
MOST_PIXELS = 50_000_000
MOST_WIDTH = 1600
#: Webtoons are tall; WebP ends at 16,383 pixels.
MOST_HEIGHT = 16_000
_GPS_BLOCK = 0x8825
_SIGNS = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF8", "GIF"))
#: So many bytes tell the format.
LONGEST_SIGN = 12
_KINDS = {
    "JPEG": FileKind.JPEG,
    "PNG": FileKind.PNG,
    "WEBP": FileKind.WEBP,
    "GIF": FileKind.PNG,
}
_SAVING: dict[FileKind, dict[str, Any]] = {
    FileKind.JPEG: {"format": "JPEG", "quality": 85, "optimize": True, "progressive": True},
    FileKind.PNG: {"format": "PNG", "optimize": True},
    FileKind.WEBP: {"format": "WEBP", "quality": 85},
}


def find_format(content: bytes) -> str | None:
    """Return the picture format a file begins like, or None."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    return next((name for sign, name in _SIGNS if content.startswith(sign)), None)


def check_picture(content: bytes, name: str) -> Checked:
    """Return a picture made anew; a still GIF becomes a PNG.

    :param name: the format it begins like
    :raise Invalid: it is damaged, moves, or has too many pixels
    """
    kind = _KINDS[name]
    picture = _read(content, name)
    marks = _marks_of(picture)
    fitting = _fit(_without_extras(_upright(picture), kind))
    made = io.BytesIO()
    fitting.save(made, **_SAVING[kind])
    return Checked(kind, made.getvalue(), marks)


def marks_inside(content: bytes) -> tuple[Mark, ...]:
    """Return what a picture within a document tells; none when it is no picture we know.

    It is read no further than its notes.
    """
    name = find_format(content)
    if name is None:
        return ()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _marks_of(Image.open(io.BytesIO(content), formats=[name]))
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        return ()


def _read(content: bytes, name: str) -> Image.Image:
    """Return a picture whose every pixel was read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[name])
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_many_pixels()
        if getattr(picture, "n_frames", 1) > 1:
            raise Invalid(
                _("Pictures that move are not taken. Send a still picture or an MP4 video.")
            )
        picture.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many_pixels() from None
    except (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, IndexError):
        raise damaged() from None
    return picture


def _upright(picture: Image.Image) -> Image.Image:
    """Turn a picture as its camera was held.

    Pillow has crashed here on odd GPS blocks in ways that differ by version, so every error is
    taken for damage.
    """
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        raise Invalid(
            _("The notes inside the picture are damaged. Save a copy of it and send the copy.")
        ) from None


def _without_extras(picture: Image.Image, kind: FileKind) -> Image.Image:
    """Return the pixels alone, in the colours of screens."""
    seen = _in_screen_colours(picture)
    has_alpha = seen.has_transparency_data and kind is not FileKind.JPEG
    plain = seen.convert("RGBA" if has_alpha else "RGB")
    plain = plain.copy() if plain is picture else plain
    plain.info = {}
    # Pillow writes what it parsed of the notes, too.
    plain.getexif().clear()
    return plain


def _in_screen_colours(picture: Image.Image) -> Image.Image:
    """Translate the colours by the picture's profile, which is not kept; a bad one is ignored."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        screen = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, screen, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _fit(picture: Image.Image) -> Image.Image:
    """Return a picture within the largest width and height."""
    scale = min(1, MOST_WIDTH / picture.width, MOST_HEIGHT / picture.height)
    if scale == 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _marks_of(picture: Image.Image) -> tuple[Mark, ...]:
    """Return what a picture tells beside what one sees."""
    found = []
    try:
        notes = picture.getexif()
        if notes:
            found.append(Mark.CAMERA)
        if _GPS_BLOCK in notes:
            found.append(Mark.PLACE)
    except Exception:
        # The same blocks that break the turning break the reading.
        found.append(Mark.CAMERA)
    if {"comment", "xmp", "XML:com.adobe.xmp", "parameters"} & set(picture.info):
        found.append(Mark.COMMENTS)
    return tuple(found)


def _too_many_pixels() -> Invalid:
    return Invalid(
        _(
            "The picture has more than %(most)s million pixels. Make it smaller and send it again.",
            most=MOST_PIXELS // 1_000_000,
        )
    )
