"""A small application behind the real chain, without database, and a page cache to try."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from werkzeug.test import Client, TestResponse

from portal.core.front.chain import wrap
from portal.core.front.facts import ENDPOINT, LANGUAGE, PAGE, PageFacts

HOME = "<p>서울특별시의회</p>\n" * 200
HOST = "http://localhost"


def front_app(
    folder: Path, *, versions: Callable[[], Mapping[str, int]] | None = None, **settings: Any
) -> Flask:
    """Return an application with a public page, a private one and a broken one."""
    app = Flask("front", static_folder=None)
    app.config.update(
        {
            "PROXIES": 0,
            "TRUSTED_HOSTS": ("localhost", "[::1]", "council.example"),
            "HTTPS": False,
            "PAGE_CACHE_BYTES": 1_000_000,
            "REDIS_URL": "",
            "METRICS_TOKEN": "",
            "MAX_BODY_BYTES": 1000,
            "MAX_FILE_BYTES": 50_000_000,
            "LOG_LEVEL": "WARNING",
            "STATIC_DIR": folder / "static",
            "STATIC_BUILD_DIR": folder / "built",
            **settings,
        }
    )
    _add_pages(app)
    wrap(app, versions=versions or (lambda: {"site": 1}))
    return app


def _add_pages(app: Flask) -> None:
    """Add the pages, and count how often each was made."""
    made = app.extensions["made"] = {"home": 0}

    @app.before_request
    def remember() -> None:
        request.environ[ENDPOINT] = request.endpoint

    @app.get("/")
    def home() -> Response:
        made["home"] += 1
        until = datetime.now(UTC) + timedelta(hours=1)
        request.environ[PAGE] = PageFacts({"site": 1}, until, "home")
        response = Response(HOME, mimetype="text/html")
        for name, value in request.args.items():
            response.headers[name] = value
        return response

    @app.get("/private")
    def private() -> str:
        return "secret"

    @app.route("/echo", methods=["GET", "POST"])
    def echo() -> dict[str, object]:
        return {
            "language": request.environ[LANGUAGE],
            "script": request.script_root,
            "path": request.path,
            "scheme": request.scheme,
            "host": request.host,
            "address": request.remote_addr,
        }

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("broken on purpose")


class WholeClient(Client):
    """A client that takes and closes each answer whole, as a server does."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request."""
        return super().open(*args, buffered=True, **kwargs)


def client_of(app: Flask) -> Client:
    """Return a client that speaks to the whole chain."""
    return WholeClient(app, Response, use_cookies=False)
