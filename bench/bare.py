"""The two applications everything is measured against: they only send a body of a page's size."""

import os
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask

#: Folder with the bodies, one file a page; its name is the address.
BODIES_VARIABLE = "PORTAL_BENCH_BODIES"

_BODIES = {
    f"/{path.name}": path.read_bytes()
    for path in Path(os.environ.get(BODIES_VARIABLE, "/nonexistent")).glob("*")
}


def bare_wsgi(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Send a body and nothing else: the least a Python server can do."""
    body = _BODIES[environ["PATH_INFO"]]
    length = ("Content-Length", str(len(body)))
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), length])
    return [body]


bare_flask = Flask(__name__, static_folder=None)
_TEXTS = {address: body.decode() for address, body in _BODIES.items()}


@bare_flask.get("/<name>")
def show(name: str) -> str:
    """Return a body from a view: the least Flask can do."""
    return _TEXTS[f"/{name}"]
