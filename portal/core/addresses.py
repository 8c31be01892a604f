"""Addresses of pages. A page holds a hundred of them, so each is made once."""

import functools
from typing import Any

import flask
from flask import Flask, current_app, request
from werkzeug.routing import IntegerConverter, Map

#: So many addresses are remembered in each process.
MOST_ADDRESSES = 8192

#: The largest id of a row on any database.
LARGEST_ID = 2**31 - 1


class RowId(IntegerConverter):
    """A row's id in an address, ``<row:letter_id>``; a number no database takes is no address."""

    def __init__(self, map: Map) -> None:
        """Take ids up to the largest."""
        super().__init__(map, max=LARGEST_ID)


def init_app(app: Flask) -> None:
    """Let rules name ids of rows."""
    app.url_map.converters["row"] = RowId


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
