"""The host check: the portal answers only under its own names, with its own scheme.

Links in letters and canonical addresses are built from the host, so a foreign one is refused
before anything else happens (OWASP ASVS 5.0, 4.1).
"""

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from portal.core.front.headers import AnswerHeaders
from portal.core.front.plain_pages import WRONG_HOST, refuse

_HOST = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")
# So many spellings (ports, capitals) of good names are remembered; more are checked each time.
_REMEMBERED = 64


def plain_name(name: str) -> str:
    """Return a host name as browsers send it: lower case, IDNA, brackets around IPv6."""
    if ":" in name and not name.startswith("["):
        return f"[{name.lower()}]"
    return name.lower() if name.isascii() else name.encode("idna").decode("ascii")


class HostCheck:
    """Refuses requests for hosts that are not ours with a 400 page."""

    def __init__(
        self,
        app: WSGIApplication,
        trusted: Iterable[str],
        headers: AnswerHeaders,
        *,
        scheme: str | None = None,
    ) -> None:
        """Stand before ``app``.

        :param trusted: host names without ports; IPv6 addresses with or without brackets
        :param scheme: scheme of the public address; None when a trusted proxy says it. Servers
            derive theirs from a header that anybody can send
        """
        self._app = app
        self._scheme = scheme
        self._trusted = frozenset(plain_name(name) for name in trusted)
        self._seen: set[str] = set()
        self._headers = headers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass on a request for one of our hosts."""
        if self._scheme is not None:
            environ["wsgi.url_scheme"] = self._scheme
        host = environ.get("HTTP_HOST", "")
        if host in self._seen or self._is_ours(host):
            return self._app(environ, start_response)
        return self._refuse(environ, start_response)

    def _is_ours(self, host: str) -> bool:
        """Say whether a host header names us, and remember it if so."""
        match = _HOST.fullmatch(host.lower())
        if match is None or match.group(1) not in self._trusted:
            return False
        if len(self._seen) < _REMEMBERED:
            self._seen.add(host)
        return True

    def _refuse(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer 400; this is outside the log, so the headers are completed here."""
        return refuse(
            lambda status, headers, _exc=None: start_response(
                status, self._headers.complete(headers)
            ),
            WRONG_HOST,
            environ.get("PATH_INFO", ""),
            omit_body=environ["REQUEST_METHOD"] == "HEAD",
        )
