"""Addresses of pages. A page holds a hundred of them, so each is made once."""

import contextlib
import functools
from typing import Any

import flask
from flask import Flask, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

#: So many addresses are remembered in each process.
MOST_ADDRESSES = 8192

#: The largest id of a row on any database.
LARGEST_ID = 2**31 - 1


#: What the secret part of an address is called in its rule.
_SECRETS = frozenset(("token", "key"))


class RowId(IntegerConverter):
    """A row's id in an address, ``<row:letter_id>``; a number no database takes is no address."""

    def __init__(self, map: Map) -> None:
        """Take ids up to the largest."""
        super().__init__(map, max=LARGEST_ID)


def init_app(app: Flask) -> None:
    """Let rules name ids of rows."""
    app.url_map.converters["row"] = RowId


def holds_secret(path: str) -> bool:
    """Say whether an address of the site is itself a key, such as the link of a letter.

    Its rule names a part ``token`` or ``key``; whoever has such an address may see what is behind.

    :param path: without the language
    """
    adapter = current_app.url_map.bind("")
    for method in ("GET", "POST"):
        with contextlib.suppress(HTTPException):
            _endpoint, values = adapter.match(path, method)
            return not _SECRETS.isdisjoint(values)
    return False


def url_for(endpoint: str, **values: Any) -> str:
    """Return the address of a page within the site, in the language of the request.

    :param endpoint: full name such as ``calendar.show_month``
    :param values: parts of the path and parameters; None leaves a parameter out
    """
    application: object = current_app._get_current_object()  # type: ignore[attr-defined]
    return _address(application, request.script_root, endpoint, tuple(values.items()))


@functools.lru_cache(maxsize=MOST_ADDRESSES)
def _address(
    application: object, script_root: str, endpoint: str, values: tuple[tuple[str, Any], ...]
) -> str:
    """Return an address; it depends on nothing but the arguments."""
    return flask.url_for(endpoint, **dict(values))
