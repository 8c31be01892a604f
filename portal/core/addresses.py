"""Addresses of pages. A page holds a hundred of them, so each is made once."""

import functools
from typing import Any

import flask
from flask import current_app, request

#: So many addresses are remembered in each process.
MOST_ADDRESSES = 8192


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
