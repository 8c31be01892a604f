"""The two applications everything is measured against: they only send a page's bytes.

Body and headers are the page's own. Half of what a Python server does for a small answer is
checking its headers, and a page without the security headers would not be the same page.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, Response

#: Folder with two files a page: ``page0`` is its body, ``page0.json`` its headers.
BODIES_VARIABLE = "PORTAL_BENCH_BODIES"

Headers = list[tuple[str, str]]


def _read() -> dict[str, tuple[bytes, Headers]]:
    """Return body and headers by address."""
    folder = Path(os.environ.get(BODIES_VARIABLE, "/nonexistent"))
    return {
        f"/{path.stem}": (
            path.with_suffix("").read_bytes(),
            [(name, value) for name, value in json.loads(path.read_text())],
        )
        for path in folder.glob("*.json")
    }


_PAGES = _read()


def bare_wsgi(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Send a page and nothing else: the least a Python server can do."""
    body, headers = _PAGES[environ["PATH_INFO"]]
    start_response("200 OK", headers)
    return [body]


bare_flask = Flask(__name__, static_folder=None)
_TEXTS = {address: (body.decode(), headers) for address, (body, headers) in _PAGES.items()}


@bare_flask.get("/<name>")
def show(name: str) -> Response:
    """Return a page from a view: the least Flask can do."""
    text, headers = _TEXTS[f"/{name}"]
    return Response(text, headers=headers)
