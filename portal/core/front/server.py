"""The gunicorn worker of the portal: what the server refuses itself looks like our other pages.

A request that cannot be parsed never reaches the chain. gunicorn's own page for it has no
security headers and its log line holds the person's address; both are replaced here.
"""

import os
import socket
from http import HTTPStatus

import structlog
from gunicorn.http.errors import (
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from portal.core.front.headers import security_headers
from portal.core.front.plain_pages import ENGLISH, KOREAN, error_page

_STATUS = {LimitRequestLine: 414, LimitRequestHeaders: 431, UnsupportedTransferCoding: 501}


def refusal(error: BaseException, *, https: bool) -> bytes:
    """Return the whole answer to a request that could not be read or was lost by an error.

    The language is not known, so the page speaks both.
    """
    status = HTTPStatus(
        next((number for kind, number in _STATUS.items() if isinstance(error, kind)), 400)
        if isinstance(error, ParseException)
        else 500
    )
    body = error_page(status.value, (KOREAN, ENGLISH))
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Connection: close",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        f"X-Request-ID: {os.urandom(8).hex()}",
    ]
    lines += [f"{name}: {value}" for name, value in security_headers(https=https)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class PortalWorker(ThreadWorker):
    """A threaded worker with the portal's own error page and log line."""

    def handle_error(
        self, req: object, client: socket.socket, addr: object, exc: BaseException
    ) -> None:
        """Answer a request that failed before or behind the application."""
        logger = structlog.get_logger("front")
        if isinstance(exc, ParseException):
            logger.info("unreadable request", error=type(exc).__name__)
        else:
            logger.error("request failed in the server", error=type(exc).__name__)
        try:
            write_nonblock(client, refusal(exc, https=self.wsgi.config["HTTPS"]))
        except OSError:
            # The reader has gone; there is nobody to tell.
            return
