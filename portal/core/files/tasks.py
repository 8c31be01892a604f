"""What the worker does with files."""

from flask_babel import lazy_gettext as _l

from portal.core.clock import real_now
from portal.core.errors import NotFound
from portal.core.files import queries, services
from portal.core.files.reading import TooMuch, read_text
from portal.core.files.rules import FileState
from portal.core.files.store import file_store
from portal.core.jobs import enqueue, every, task
from portal.extensions import db


@task
def read_file(file_id: int) -> None:
    """Read a waiting file's text, and keep it; a second run finds nothing to do."""
    try:
        stored = queries.get_file(db.session(), file_id)
    except NotFound:
        return
    if stored.state is not FileState.WAITING or not file_store().exists(stored.store_key):
        return
    kind, path = stored.kind, file_store().path_of(stored.store_key)
    # No transaction is open while another process reads.
    db.session.rollback()
    try:
        text = read_text(kind, path)
    except TooMuch:
        services.refuse_file(queries.get_file(db.session(), file_id), at=real_now())
    else:
        services.keep_text(queries.get_file(db.session(), file_id), text=text, at=real_now())
    db.session.commit()


@every(_l("Has the text of new files read."), minute="*")
def read_waiting_files() -> None:
    """Hand every waiting file to the worker, whoever forgot to or died before."""
    for file_id in queries.waiting_files(db.session()):
        enqueue(read_file, file_id=file_id)
