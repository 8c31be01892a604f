"""How large a request may be: only a page that takes files gets more than a form needs.

These are the forms of desks, so they may also have more fields than others: an agenda of hundreds
of lines is one form.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from portal.core.permissions import is_allowed

#: So many fields a form may have that takes files.
MOST_PARTS = 4000

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Mark a staff view as one whose form brings a file; who may not open it sends none."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def allow_files(endpoint: str | None, _values: object) -> None:
    """Allow a larger body before anything reads it."""
    view = current_app.view_functions.get(endpoint or "")
    if getattr(view, "takes_files", False) and is_allowed(getattr(view, "permission", "")):
        config = current_app.config
        request.max_content_length = config["MAX_BODY_BYTES"] + config["MAX_FILE_BYTES"]
        request.max_form_parts = MOST_PARTS


def init_app(app: Flask) -> None:
    """Ask before each request; the form token is read later."""
    app.url_value_preprocessor(allow_files)
