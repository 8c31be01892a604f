"""The gate: methods, addresses and bodies that no page takes are refused before any work."""

import re
from collections.abc import Iterable, Mapping
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from portal.core.front.plain_pages import refuse

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
LONGEST_PATH = 1000
#: Several parameters of 200 Korean letters, each nine characters when percent-encoded.
LONGEST_QUERY = 6000

_METHODS = frozenset(METHODS)
_ALLOW = (("Allow", ", ".join(METHODS)),)
_STAFF = re.compile(r"(/en)?/staff/").match
_find_control = re.compile(r"[\x00-\x1f\x7f]").search


class Gate:
    """Refuses unknown methods (405), unreadable addresses (400) and too large bodies (413)."""

    def __init__(
        self,
        app: WSGIApplication,
        max_body_bytes: int,
        max_staff_bytes: int,
        reader_forms: Mapping[str, int],
    ) -> None:
        """Stand before ``app``.

        :param max_body_bytes: the largest declared request body
        :param max_staff_bytes: the same for staff pages, some of which take files
        :param reader_forms: the same for forms of readers that take a file, by the patterns of
            their addresses without language
        """
        self._app = app
        self._max_body_bytes = max_body_bytes
        self._max_staff_bytes = max_staff_bytes
        self._reader_forms = [
            (re.compile(f"(/en)?{pattern}").fullmatch, most)
            for pattern, most in reader_forms.items()
        ]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass on a request that a page could take."""
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if method not in _METHODS:
            return refuse(start_response, 405, path, headers=_ALLOW)
        if not _is_readable(path, environ.get("QUERY_STRING", "")):
            return refuse(start_response, 400, path, omit_body=method == "HEAD")
        if environ.get("CONTENT_LENGTH") and self._is_too_large(path, environ["CONTENT_LENGTH"]):
            most, is_head = self._most_bytes(path), method == "HEAD"
            return refuse(start_response, 413, path, omit_body=is_head, most_bytes=most)
        return self._app(environ, start_response)

    def _is_too_large(self, path: str, declared: str) -> bool:
        """Say whether a declared length is over the limit, or no number at all."""
        return not declared.isdigit() or int(declared) > self._most_bytes(path)

    def _most_bytes(self, path: str) -> int:
        if _STAFF(path):
            return self._max_staff_bytes
        fitting = (most for matches, most in self._reader_forms if matches(path))
        return max(fitting, default=self._max_body_bytes)


def _is_readable(path: str, query: str) -> bool:
    """Say whether an address is one, of bearable length and without control characters.

    A doubled slash would be a second address of a page, kept in the cache beside the first.
    """
    return (
        path[:1] == "/"
        and "//" not in path
        and len(path) <= LONGEST_PATH
        and _find_control(path) is None
        and (not query or _is_readable_query(query))
    )


def _is_readable_query(query: str) -> bool:
    """Say whether a query has a bearable length and no control characters or NUL."""
    return len(query) <= LONGEST_QUERY and "%00" not in query and _find_control(query) is None
