"""The language of an address: Korean at ``/...``, English at ``/en/...``.

``/en`` moves from PATH_INFO to SCRIPT_NAME, so routes know one path and ``url_for`` keeps the
language by itself.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from portal.core.front.facts import LANGUAGE
from portal.core.front.plain_pages import ENGLISH, KOREAN, refuse

# Addresses that have no language stand once, without /en.
_WITHOUT_LANGUAGE = frozenset(
    (
        "static",
        "healthz",
        "readyz",
        "metrics",
        "favicon.ico",
        "apple-touch-icon.png",
        "robots.txt",
        ".well-known",
    )
)


#: The language of what is being made. A page asks for it hundreds of times, so it is no part of
#: the request, which takes longer to find.
spoken: ContextVar[str] = ContextVar("spoken", default=KOREAN)


class LanguagePrefix:
    """Notes the language of a request and takes its prefix off the path."""

    def __init__(self, app: WSGIApplication) -> None:
        """Stand before ``app``."""
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass on a request with its language noted."""
        path = environ["PATH_INFO"]
        if not path.startswith("/en"):
            environ[LANGUAGE] = KOREAN
        elif path == "/en":
            return _add_slash(environ, start_response)
        elif path[3] == "/":
            if path.split("/", 3)[2] in _WITHOUT_LANGUAGE:
                head = environ["REQUEST_METHOD"] == "HEAD"
                return refuse(start_response, 404, path, omit_body=head)
            environ[LANGUAGE] = ENGLISH
            environ["SCRIPT_NAME"] += "/en"
            environ["PATH_INFO"] = path[3:]
        else:
            environ[LANGUAGE] = KOREAN
        return self._speak(environ, start_response)

    def _speak(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass on a request in its language."""
        before = spoken.set(environ[LANGUAGE])
        try:
            return self._app(environ, start_response)
        finally:
            spoken.reset(before)


def _add_slash(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Send ``/en`` to ``/en/``; the method and the query are kept."""
    query = environ.get("QUERY_STRING")
    address = f"{environ['SCRIPT_NAME']}/en/" + (f"?{query}" if query else "")
    start_response("308 Permanent Redirect", [("Location", address), ("Content-Length", "0")])
    return []
