"""How large a request may be: only a page that takes files gets more than a form needs.

The forms of desks may also have more fields than others: an agenda of hundreds of lines is one
form. A form of readers takes one smaller file, and no more fields than others.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from portal.core.files.sealed.rules import MOST_DRAFT_BYTES
from portal.core.permissions import is_allowed

#: So many fields a form may have that takes files.
MOST_PARTS = 4000

#: The largest file that a form of readers takes.
MOST_READER_BYTES = 10 * 1024 * 1024

#: Attribute of a request whose files are never written to the disk.
KEEPS_FILES_IN_MEMORY = "keeps_files_in_memory"

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Mark a staff view as one whose form brings a file; who may not open it sends none."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def takes_reader_file(view: View) -> View:
    """Mark a public view as one whose form may bring a file."""
    view.takes_reader_file = True  # type: ignore[attr-defined]
    return view


def takes_sealed_files(view: View) -> View:
    """Mark a public view as one whose form brings files that must never be on the disk in clear."""
    view.takes_sealed_files = True  # type: ignore[attr-defined]
    return view


def allow_files(endpoint: str | None, _values: object) -> None:
    """Allow a larger body before anything reads it."""
    view = current_app.view_functions.get(endpoint or "")
    if getattr(view, "takes_files", False) and is_allowed(getattr(view, "permission", "")):
        config = current_app.config
        request.max_content_length = config["MAX_BODY_BYTES"] + config["MAX_FILE_BYTES"]
        request.max_form_parts = MOST_PARTS
    elif _takes_readers_files(view):
        request.max_content_length = _most_of_readers(current_app, view)
        # The request is of the class that the application was given (files.sealed.uploads).
        setattr(request, KEEPS_FILES_IN_MEMORY, hasattr(view, "takes_sealed_files"))


def reader_forms(app: Flask) -> dict[str, int]:
    """Return the largest body of each public form that takes a file, by its address's pattern."""
    views = [(rule.rule, app.view_functions[rule.endpoint]) for rule in app.url_map.iter_rules()]
    return {
        re.sub(r"<[^>]+>", "[^/]+", address): _most_of_readers(app, view)
        for address, view in views
        if _takes_readers_files(view)
    }


def _takes_readers_files(view: object) -> bool:
    return hasattr(view, "takes_reader_file") or hasattr(view, "takes_sealed_files")


def _most_of_readers(app: Flask, view: object) -> int:
    most: int = app.config["MAX_BODY_BYTES"]
    if hasattr(view, "takes_sealed_files"):
        return most + MOST_DRAFT_BYTES
    return most + min(MOST_READER_BYTES, int(app.config["MAX_FILE_BYTES"]))


def init_app(app: Flask) -> None:
    """Ask before each request; the form token is read later."""
    app.url_value_preprocessor(allow_files)
