"""Files of publishable rows: public with what shows them, else for staff only."""

from flask import Response, make_response

from portal.accounts.rules import Permission
from portal.core.errors import NotFound
from portal.core.files.models import StoredFile
from portal.core.files.queries import get_file
from portal.core.files.serving import send_file_of
from portal.core.permissions import is_allowed
from portal.core.templates import render
from portal.extensions import db
from portal.moderation.checking import PURPOSE
from portal.moderation.queries import is_public_file
from portal.moderation.views.blueprint import moderation


@moderation.get("/files/<row:file_id>/<name>")
def give_file(file_id: int, name: str) -> Response:
    """Give a file to save; a picture also to be shown in a page.

    :param name: what a browser calls it while it loads; the file says its own
    """
    stored, is_public = _get_readable(file_id)
    return send_file_of(stored, inline=True, is_public=is_public)


@moderation.get("/files/<row:file_id>/text")
def show_text(file_id: int) -> Response:
    """Show what a machine read of a document, for who can't open it."""
    stored, is_public = _get_readable(file_id)
    if stored.text is None:
        raise NotFound
    response = make_response(render("moderation/show_text.html", file=stored))
    if not is_public:
        response.headers["Cache-Control"] = "no-store"
    return response


def _get_readable(file_id: int) -> tuple[StoredFile, bool]:
    """Return a file that the person may see, and whether everybody may.

    Any other seems not to be there.

    :raise NotFound: there is none
    """
    stored = get_file(db.session(), file_id)
    is_public = is_public_file(db.session(), file_id)
    if stored.purpose != PURPOSE or not (is_public or is_allowed(Permission.CONTENT_READ)):
        raise NotFound
    return stored, is_public
