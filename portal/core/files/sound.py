"""MP3 and MP4: known by their frames and boxes; what they tell of people and places is blanked."""

from collections.abc import Iterator

from portal.core.files.archives import damaged
from portal.core.files.rules import Checked, FileKind, Mark

_KBIT = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_ID3_BYTES = 10
_ID3V1_BYTES = 128
#: Frames in a row that tell an MP3 from chance.
_ENOUGH_FRAMES = 3
_MP4_BRANDS = (b"isom", b"iso2", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4A ", b"M4V ")
_HOLDERS = (b"moov", b"trak")
_TELLING = (b"udta", b"meta", b"uuid")
_MOST_BOXES = 10_000


def is_mp3(content: bytes) -> bool:
    """Say whether a file is a row of MPEG layer III frames, after its notes."""
    at = _notes_end(content)
    for _frame in range(_ENOUGH_FRAMES):
        length = _frame_bytes(content[at : at + 4])
        if not length:
            return False
        at += length
    return at <= len(content)


def check_mp3(content: bytes) -> Checked:
    """Return an MP3 without the notes at its beginning and end."""
    start = _notes_end(content)
    has_end = content[-_ID3V1_BYTES:].startswith(b"TAG")
    clean = content[start : -_ID3V1_BYTES if has_end else None]
    return Checked(FileKind.MP3, clean, (Mark.AUTHOR,) if len(clean) < len(content) else ())


def _notes_end(content: bytes) -> int:
    """Return where the sound begins, after an ID3 block (its size has 7 bits in each byte)."""
    if not content.startswith(b"ID3") or len(content) < _ID3_BYTES:
        return 0
    size = 0
    for byte in content[6:_ID3_BYTES]:
        size = size << 7 | byte & 0x7F
    return _ID3_BYTES + size


def _frame_bytes(header: bytes) -> int:
    """Return the length of a layer III frame, or 0 when this is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version = header[1] >> 3 & 3
    rate, hertz = header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or rate in (0, 15) or hertz == 3:
        return 0
    kbit = _KBIT[3 if version == 3 else 2][rate]
    samples_by_eight = 144 if version == 3 else 72
    return samples_by_eight * kbit * 1000 // _HERTZ[version][hertz] + (header[2] >> 1 & 1)


def is_mp4(content: bytes) -> bool:
    """Say whether a file begins as an MP4 of a known brand."""
    return content[4:8] == b"ftyp" and content[8:12] in _MP4_BRANDS


def check_mp4(content: bytes) -> Checked:
    """Return an MP4 whose notes on people and places are blank; nothing in it moves.

    :raise Invalid: its boxes do not fill the file, or the one with the tracks is missing
    """
    clean = bytearray(content)
    boxes = list(_boxes(content, 0, len(content)))
    if b"moov" not in {kind for kind, _place, _start, _end in boxes}:
        raise damaged()
    found = False
    for kind, place, start, end in boxes:
        if kind in _TELLING:
            # A box named "free" is passed over, so that every place in the file stays right.
            clean[place + 4 : place + 8] = b"free"
            clean[start:end] = bytes(end - start)
            found = True
    marks = (Mark.AUTHOR, Mark.PLACE) if found else ()
    return Checked(FileKind.MP4, bytes(clean), marks)


def _boxes(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Give each box: kind, place, beginning and end of what it holds; outer ones first."""
    waiting, seen = [(start, end)], 0
    while waiting:
        at, until = waiting.pop()
        while at < until:
            kind, inside, after = _box_at(content, at, until)
            seen += 1
            if seen > _MOST_BOXES:
                raise damaged()
            yield kind, at, inside, after
            if kind in _HOLDERS:
                waiting.append((inside, after))
            at = after


def _box_at(content: bytes, at: int, until: int) -> tuple[bytes, int, int]:
    size, head = int.from_bytes(content[at : at + 4]), 8
    kind = content[at + 4 : at + 8]
    if size == 1:
        size, head = int.from_bytes(content[at + 8 : at + 16]), 16
    if size < head or at + size > until:
        raise damaged()
    return kind, at + head, at + size
