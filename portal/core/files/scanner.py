"""The virus scanner: clamd, asked over its socket. Without a clear "OK" nothing is taken."""

import socket
import struct
import time
from enum import Enum

from flask import current_app
from flask_babel import gettext as _

from portal.core.errors import Invalid

_CHUNK_BYTES = 1 << 16
_MOST_ANSWER_BYTES = 1024


class Verdict(Enum):
    """What the scanner says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    #: It is down, too slow, or said anything else.
    NONE = "none"


def has_scanner() -> bool:
    """Say whether a setting names a scanner."""
    return bool(current_app.config["CLAMAV"])


def judge(content: bytes) -> Verdict:
    """Return what the scanner says of a file; without a scanner there is no verdict."""
    if not has_scanner():
        return Verdict.NONE
    address, seconds = str(current_app.config["CLAMAV"]), int(current_app.config["CLAMAV_SECONDS"])
    try:
        answer = _ask(address, content, seconds)
    except (OSError, ValueError):
        return Verdict.NONE
    if answer.endswith(" FOUND"):
        return Verdict.INFECTED
    return Verdict.CLEAN if answer == "stream: OK" else Verdict.NONE


def scan(content: bytes) -> None:
    """Have a file scanned, when a setting names a scanner.

    :raise Invalid: the scanner found something, is down, too slow, or said anything but "OK"
    """
    if not has_scanner():
        return
    verdict = judge(content)
    if verdict is Verdict.INFECTED:
        raise Invalid(_("The virus scanner found something in the file. It was not kept."))
    if verdict is Verdict.NONE:
        raise Invalid(
            _("The file could not be scanned for viruses, so it was not kept. Try again later.")
        )


def _ask(address: str, content: bytes, seconds: int) -> str:
    """Return clamd's answer to a file.

    :raise OSError: it does not answer, or not in time
    """
    deadline = time.monotonic() + seconds
    with _connect(address, seconds) as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _CHUNK_BYTES):
            chunk = content[start : start + _CHUNK_BYTES]
            connection.settimeout(_left(deadline))
            connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        connection.sendall(struct.pack("!I", 0))
        return _receive(connection, deadline)


def _connect(address: str, seconds: int) -> socket.socket:
    scheme, _colon, place = address.partition(":")
    if scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(seconds)
        connection.connect(place)
        return connection
    host, _colon, port = place.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=seconds)


def _receive(connection: socket.socket, deadline: float) -> str:
    """Return an answer up to its closing zero; one that is cut off or too long is no answer."""
    answer = b""
    while not answer.endswith(b"\0"):
        connection.settimeout(_left(deadline))
        part = connection.recv(_MOST_ANSWER_BYTES)
        if not part or len(answer) > _MOST_ANSWER_BYTES:
            raise OSError("no whole answer")
        answer += part
    return answer[:-1].decode("ascii", "replace")


def _left(deadline: float) -> float:
    """Return the seconds until the deadline.

    :raise TimeoutError: it has passed
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
