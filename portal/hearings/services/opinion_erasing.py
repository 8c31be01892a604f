"""Erasing what is kept about the authors of opinions when its time is over."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.core.files.queries import files_by_id
from portal.core.files.services import GRACE, remove_file
from portal.core.versions import raise_version
from portal.hearings.models import Hearing, Opinion
from portal.hearings.queries import opinions_for_staff as queries
from portal.hearings.rules.opinions import LONGEST_KEPT, OpinionState
from portal.hearings.scopes import scope_of

#: Who erases, for the trail.
WORKER = "worker"


def erase_old_opinions(session: Session, *, now: datetime, at: datetime, days: int) -> int:
    """Erase name, address, original text, objection and file of old opinions; return of how many.

    What is published stays as everybody reads it. Of what is not, nothing stays but that it was
    sent and how it stood, so that the figures stay true.

    :param now: the business time, by which a hearing's day is so long ago
    :param at: the real time
    :param days: after the hearing's day
    """
    opinions = queries.opinions_to_erase(
        session, held_before=now.date() - timedelta(days=days), sent_before=at - LONGEST_KEPT
    )
    files = files_by_id(session, {row.file_id for row in opinions if row.file_id})
    for opinion in opinions:
        _erase(opinion, at)
    session.flush()
    for stored in files.values():
        remove_file(session, stored, actor=WORKER)
    for hearing_id in sorted({opinion.hearing_id for opinion in opinions}):
        raise_version(session, scope_of(session.get_one(Hearing, hearing_id).slug))
    return len(opinions)


def remove_loose_files(session: Session, *, at: datetime) -> int:
    """Remove files that came with a form and belong to no opinion; return how many."""
    files = queries.loose_files(session, before=at - GRACE)
    for stored in files:
        remove_file(session, stored, actor=WORKER)
    return len(files)


def _erase(opinion: Opinion, at: datetime) -> None:
    opinion.name = opinion.email = opinion.text = opinion.objection = None
    opinion.text_digest, opinion.file_id = "", None
    opinion.erased_at = at
    if opinion.state is not OpinionState.PUBLISHED:
        opinion.public_text = opinion.shown_name = None
        opinion.answer = opinion.answer_en = None
