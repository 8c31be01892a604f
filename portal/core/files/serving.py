"""Giving a file to a browser, which may save it and never run it."""

from flask import Response, send_file
from flask_babel import gettext as _

from portal.core.errors import Conflict, Gone
from portal.core.file_names import name_download
from portal.core.files.models import StoredFile
from portal.core.files.rules import MEDIA_TYPES, FileState
from portal.core.files.store import file_store


def send_file_of(stored: StoredFile, *, inline: bool = False, is_public: bool = True) -> Response:
    """Return the answer with a file's content; the caller has asked who may see it.

    :param is_public: whether everybody may; what is not is kept by no browser and no proxy
    :param inline: show it in the page; only pictures are, whatever is asked
    :raise Conflict: its text is not read yet
    :raise Gone: it was refused, or is not in the store
    """
    if stored.state is FileState.WAITING:
        raise Conflict(_("The file is still being checked. Try again in a minute."))
    if stored.state is FileState.REFUSED or not file_store().exists(stored.store_key):
        raise Gone()
    response = send_file(
        file_store().open(stored.store_key),
        mimetype=MEDIA_TYPES[stored.kind],
        etag=stored.sha256,
        conditional=False,
    )
    response.content_length = stored.size_bytes
    response.headers["Content-Disposition"] = _disposition(stored, inline=inline)
    return harmless(response, is_public=is_public)


def harmless(response: Response, *, is_public: bool) -> Response:
    """Let a browser run nothing of an answer with a file, nor take it for another kind.

    :param is_public: whether everybody may see it; what is not is kept by no browser and no proxy
    """
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if not is_public:
        response.headers["Cache-Control"] = "no-store"
    return response


def _disposition(stored: StoredFile, *, inline: bool) -> str:
    """Return how a browser treats a file, with its name."""
    plain = f"file-{stored.id}.{stored.display_name.rpartition('.')[2]}"
    return name_download(stored.display_name, plain=plain, inline=inline and stored.is_picture)
