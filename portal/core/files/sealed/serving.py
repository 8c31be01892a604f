"""Giving a sealed file to a browser: decrypted in memory, saved and never run or cached."""

from flask import Response
from flask_babel import gettext as _

from portal.core.age import Unreadable
from portal.core.errors import Conflict, Gone, NotAllowed
from portal.core.file_names import name_download
from portal.core.files.rules import MEDIA_TYPES
from portal.core.files.sealed.models import SealedFile
from portal.core.files.sealed.rules import SealedState
from portal.core.files.sealed.store import sealed_store
from portal.core.files.serving import harmless


def send_sealed_file(file: SealedFile) -> Response:
    """Return the answer with a file's content; the caller has asked who may see it, and noted it.

    :raise Conflict: the virus scanner has not passed it yet
    :raise NotAllowed: the scanner found something in it
    :raise Gone: it is not in the store, or no key opens it
    """
    if file.state is SealedState.INFECTED:
        raise NotAllowed(_("The virus scanner found something in the file. Nobody can open it."))
    if not file.can_be_opened:
        raise Conflict(_("The file is not scanned for viruses yet. Try again in some minutes."))
    try:
        content = sealed_store().read(file.store_key)
    except (FileNotFoundError, Unreadable):
        raise Gone() from None
    response = Response(content, mimetype=MEDIA_TYPES[file.kind])
    plain = f"file-{file.position}.{file.display_name.rpartition('.')[2]}"
    response.headers["Content-Disposition"] = name_download(file.display_name, plain=plain)
    return harmless(response, is_public=False)
