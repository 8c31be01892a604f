"""A cached page: what is kept of it, and its answers, ready to be sent.

Everything that can be done once is done when the page is stored: security headers, entity tags
and compression. Serving it is then a look-up and one write.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

import brotli

from portal.core.front.facts import PageFacts
from portal.core.front.headers import ASK_EACH_TIME, AnswerHeaders, HeaderList

# Made while a reader waits: quality 5 takes about a millisecond for a page of 22 kB and leaves it
# some 4 % larger than quality 11, which takes forty times as long (both measured with our pages).
_BROTLI_QUALITY = 5
_SMALLEST_COMPRESSED_BYTES = 500
_COMPRESSED_TYPES = ("text/", "application/json", "application/xml", "application/atom+xml")

# The cache decides about these itself.
_OWN_HEADERS = frozenset(("content-length", "etag", "vary", "cache-control"))

# A 304 confirms the stored page together with its stored headers, so it repeats only what
# RFC 9110 (15.4.5) asks for, and HSTS, which is about the connection and not the page.
_REPEATED_WITH_304 = frozenset(("cache-control", "vary", "strict-transport-security"))

# What an entry costs beside its bodies: objects, header lists and its key, generously.
_OVERHEAD_BYTES = 4_000

_LENGTHS = struct.Struct(">4sIII")
_MARK = b"PPC1"


@dataclass(frozen=True)
class Page:
    """What is kept of a page, in memory and in the shared cache.

    :ivar versions: the version of each scope it was made at
    :ivar fresh_until: real time at which it ends, seconds of the epoch
    :ivar headers: headers of its own, such as Content-Type
    :ivar compressed: the body in brotli; None when that does not pay
    """

    endpoint: str
    versions: Mapping[str, int]
    fresh_until: float
    headers: HeaderList
    body: bytes
    compressed: bytes | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer but for the id of its request."""

    status: str
    headers: HeaderList
    body: list[bytes]
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Variant:
    """A page in one encoding, with its answers.

    :ivar full: to GET
    :ivar head: to HEAD
    :ivar unchanged: to a browser that has the page already
    """

    tag: str
    full: Answer
    head: Answer
    unchanged: Answer


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that can be sent at once."""

    endpoint: str
    versions: tuple[tuple[str, int], ...]
    fresh_until: float
    identity: Variant
    brotli: Variant
    size_bytes: int

    def is_fresh(self, known: Mapping[str, int], now: float) -> bool:
        """Say whether the page still holds.

        :param known: versions as last read; a scope that is not there has version 0
        :param now: real time, seconds of the epoch
        """
        if now >= self.fresh_until:
            return False
        for scope, version in self.versions:
            # A page newer than the last reading of the versions is fresh too.
            if known.get(scope, 0) > version:
                return False
        return True


def make_page(facts: PageFacts, headers: HeaderList, body: bytes) -> Page:
    """Return what is to be kept of an answer."""
    own = [(name, value) for name, value in headers if name.lower() not in _OWN_HEADERS]
    return Page(
        endpoint=facts.endpoint,
        versions=dict(facts.versions),
        fresh_until=facts.fresh_until.timestamp(),
        headers=own,
        body=body,
        compressed=_compress(own, body),
    )


def _compress(headers: HeaderList, body: bytes) -> bytes | None:
    """Return the body in brotli, or None when it would not be smaller."""
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    if len(body) < _SMALLEST_COMPRESSED_BYTES or not kind.startswith(_COMPRESSED_TYPES):
        return None
    compressed: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
    return compressed if len(compressed) < len(body) else None


def make_entry(page: Page, answer_headers: AnswerHeaders) -> Entry:
    """Return a page with its answers ready."""
    digest = blake2b(page.body, digest_size=12).hexdigest()
    common = [*page.headers, ("Cache-Control", ASK_EACH_TIME)]
    if page.compressed is not None:
        common.append(("Vary", "Accept-Encoding"))
    common = answer_headers.complete(common)
    identity = _variant(common, digest, page.body, ())
    brotli_variant = identity
    if page.compressed is not None:
        encoding = (("Content-Encoding", "br"),)
        brotli_variant = _variant(common, f"{digest}-br", page.compressed, encoding)
    return Entry(
        endpoint=page.endpoint,
        versions=tuple(page.versions.items()),
        fresh_until=page.fresh_until,
        identity=identity,
        brotli=brotli_variant,
        size_bytes=len(page.body) + len(page.compressed or b"") + _OVERHEAD_BYTES,
    )


def _variant(
    common: HeaderList, digest: str, body: bytes, encoding: tuple[tuple[str, str], ...]
) -> Variant:
    """Return one encoding of a page."""
    tag = f'"{digest}"'
    headers = [*common, ("ETag", tag), *encoding, ("Content-Length", str(len(body)))]
    kept = [pair for pair in common if pair[0].lower() in _REPEATED_WITH_304]
    return Variant(
        tag=tag,
        full=Answer("200 OK", headers, [body], len(body)),
        head=Answer("200 OK", headers, [], 0),
        unchanged=Answer("304 Not Modified", [*kept, ("ETag", tag)], [], 0),
    )


def dump_page(page: Page) -> bytes:
    """Return a page as bytes for the shared cache: lengths, a JSON header, the bodies."""
    described = {
        "endpoint": page.endpoint,
        "versions": dict(page.versions),
        "fresh_until": page.fresh_until,
        "headers": page.headers,
        "has_compressed": page.compressed is not None,
    }
    header = json.dumps(described, separators=(",", ":")).encode()
    compressed = page.compressed or b""
    lengths = _LENGTHS.pack(_MARK, len(header), len(page.body), len(compressed))
    return b"".join((lengths, header, page.body, compressed))


def load_page(data: bytes) -> Page:
    """Return the page of some bytes.

    :raise ValueError: the bytes are no page, or one of another form
    """
    try:
        mark, *lengths = _LENGTHS.unpack_from(data)
        if mark != _MARK or _LENGTHS.size + sum(lengths) != len(data):
            raise ValueError("not a cached page")
        start = _LENGTHS.size + lengths[0]
        end = start + lengths[1]
        described = json.loads(data[_LENGTHS.size : start])
        return Page(
            endpoint=str(described["endpoint"]),
            versions={str(scope): int(v) for scope, v in described["versions"].items()},
            fresh_until=float(described["fresh_until"]),
            headers=[(str(name), str(value)) for name, value in described["headers"]],
            body=data[start:end],
            compressed=data[end:] if described["has_compressed"] else None,
        )
    except (struct.error, KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a cached page") from error
