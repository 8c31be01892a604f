"""Files that came with a form and were never saved, or whose draft was thrown away."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.core.files.models import StoredFile
from portal.core.files.services import GRACE, remove_file
from portal.moderation.checking import PURPOSE, file_ids
from portal.moderation.models import Attachment, Revision
from portal.moderation.rules import CLOCK


def remove_unnamed_files(session: Session, *, at: datetime) -> int:
    """Remove files of content that no row and no revision names; return how many.

    A form that came back may still name a file for a day. What an autosave names stays.
    """
    loose = {stored.id: stored for stored in _loose_files(session, at)}
    if not loose:
        return 0
    for fields in session.scalars(select(Revision.fields).execution_options(yield_per=100)):
        for file_id in file_ids(fields):
            loose.pop(file_id, None)
    for stored in loose.values():
        remove_file(session, stored, actor=CLOCK.key)
    return len(loose)


def _loose_files(session: Session, at: datetime) -> Sequence[StoredFile]:
    """Return files of content that no row has and that are older than a day, the oldest first."""
    query = select(StoredFile).where(
        StoredFile.purpose == PURPOSE,
        StoredFile.created_at < at - GRACE,
        ~exists().where(Attachment.file_id == StoredFile.id),
    )
    # Another worker that runs at once takes care of the rows it has locked.
    query = query.order_by(StoredFile.id).with_for_update(skip_locked=True)
    return session.scalars(query).all()
