"""Reads of opinions for the staff: what waits, one with those of its text, what is to erase."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from portal.core.errors import NotFound
from portal.core.files.models import StoredFile
from portal.core.pagination import ROWS_A_PAGE, Page, part_of
from portal.hearings.models import Hearing, Opinion
from portal.hearings.opinion_pages import DocumentRow, OpinionLine, WaitingOpinions
from portal.hearings.queries.opinions import FIELD_ORDER
from portal.hearings.rules.opinions import MOST_TOGETHER, ObjectionState, OpinionState

#: For what files of opinions were taken in.
FILE_PURPOSE = "opinion"
#: The review queue shows so many; the oldest come first.
MOST_WAITING = 50
#: One transaction erases so many.
MOST_ERASED = 500
#: The document for the committees holds so many.
MOST_IN_DOCUMENT = 5000

#: Waits for somebody: nobody decided it, and its words are still there.
IS_WAITING = and_(Opinion.state == OpinionState.WAITING, Opinion.erased_at.is_(None))
HAS_OBJECTION = and_(Opinion.objection_state == ObjectionState.OPEN, Opinion.erased_at.is_(None))


def get_opinion(session: Session, opinion_id: int) -> Opinion:
    """Return an opinion for the staff.

    :raise NotFound: there is none
    """
    opinion = session.get(Opinion, opinion_id)
    if opinion is None:
        raise NotFound(_("There is no such opinion."))
    return opinion


def waiting_together(session: Session, opinion: Opinion) -> tuple[Opinion, ...]:
    """Return the opinions of one text that wait in a hearing, the first first; bounded.

    One that doesn't wait stands alone.
    """
    if opinion.state is not OpinionState.WAITING or opinion.erased_at is not None:
        return (opinion,)
    rows = session.scalars(
        select(Opinion)
        .where(
            Opinion.hearing_id == opinion.hearing_id,
            Opinion.text_digest == opinion.text_digest,
            IS_WAITING,
        )
        .order_by(Opinion.id)
        .limit(MOST_TOGETHER)
    )
    return tuple(rows)


def waiting_groups(
    session: Session, *, at: datetime, hearing_id: int | None, number: int
) -> Page[OpinionLine]:
    """Return a page of what waits, opinions of one text as one line, the oldest first.

    :param at: the real time at which ages are counted
    :param hearing_id: only those of this hearing; None: all
    """
    groups = _groups(hearing_id)
    part: Page[OpinionLine] = part_of(
        session.scalar(select(func.count()).select_from(groups)) or 0, number
    )
    return replace(part, rows=_group_rows(session, groups, at, part, ROWS_A_PAGE))


def first_waiting(session: Session, *, at: datetime) -> tuple[OpinionLine, ...]:
    """Return the lines of the review queue: objections, then opinions; at most ``MOST_WAITING``."""
    objections = _lines(session, _columns().where(HAS_OBJECTION).limit(MOST_WAITING), at)
    page: Page[OpinionLine] = part_of(MOST_WAITING, 1)
    opinions = _group_rows(session, _groups(None), at, page, MOST_WAITING - len(objections))
    return (*objections, *opinions)


def opinions_for_staff(
    session: Session,
    *,
    at: datetime,
    state: OpinionState | ObjectionState,
    hearing_id: int | None,
    number: int,
) -> Page[OpinionLine]:
    """Return a page of the opinions that stand somewhere, the oldest first.

    :param state: of the opinion, or of the objection of its author
    """
    is_there: ColumnElement[bool] = (
        Opinion.state == state if isinstance(state, OpinionState) else HAS_OBJECTION
    )
    wanted = [is_there, *([Opinion.hearing_id == hearing_id] if hearing_id else [])]
    total = session.scalar(select(func.count(Opinion.id)).where(*wanted)) or 0
    part: Page[OpinionLine] = part_of(total, number)
    query = _columns().where(*wanted).offset(max(0, part.first - 1)).limit(ROWS_A_PAGE)
    return replace(part, rows=_lines(session, query, at))


def count_waiting(session: Session, *, at: datetime) -> WaitingOpinions | None:
    """Return how many opinions and objections wait, None when none does."""
    row = session.execute(
        select(
            func.count(Opinion.id).filter(IS_WAITING),
            func.count(Opinion.id).filter(HAS_OBJECTION),
            func.min(Opinion.sent_at),
        ).where(or_(IS_WAITING, HAS_OBJECTION))
    ).one()
    return WaitingOpinions(row[0], row[1], at - row[2]) if row[2] else None


def opinions_for_document(
    session: Session, hearing_id: int, *, with_waiting: bool
) -> tuple[DocumentRow, ...]:
    """Return the opinions of a hearing by field, the oldest first; at most ``MOST_IN_DOCUMENT``.

    :param with_waiting: also those that nobody has read, as they were written
    """
    is_in = Opinion.state == OpinionState.PUBLISHED
    rows = session.scalars(
        select(Opinion)
        .where(Opinion.hearing_id == hearing_id, or_(is_in, IS_WAITING) if with_waiting else is_in)
        .order_by(FIELD_ORDER, Opinion.sent_at, Opinion.id)
        .limit(MOST_IN_DOCUMENT)
    )
    return tuple(_document_row(row) for row in rows)


def _document_row(row: Opinion) -> DocumentRow:
    is_published = row.state is OpinionState.PUBLISHED
    return DocumentRow(
        number=row.number,
        field=row.field,
        name=row.shown_name if is_published else None,
        text=(row.public_text if is_published else row.text) or "",
        language=row.language,
        is_published=is_published,
        answer=row.answer,
    )


def opinions_to_erase(
    session: Session, *, held_before: date, sent_before: datetime
) -> Sequence[Opinion]:
    """Return opinions whose time is over and whose words are still there, locked, bounded.

    :param held_before: the hearings' day lies before this
    :param sent_before: or they were sent before this
    """
    rows = (
        select(Opinion)
        .join(Hearing, Hearing.id == Opinion.hearing_id)
        .where(
            Opinion.erased_at.is_(None),
            or_(Hearing.starts_on < held_before, Opinion.sent_at < sent_before),
        )
        .order_by(Opinion.id)
        .limit(MOST_ERASED)
        .with_for_update(of=Opinion, skip_locked=True)
    )
    return session.scalars(rows).all()


def loose_files(session: Session, *, before: datetime) -> Sequence[StoredFile]:
    """Return files that came with a form whose opinion was never taken in, locked, bounded."""
    rows = (
        select(StoredFile)
        .where(
            StoredFile.purpose == FILE_PURPOSE,
            StoredFile.created_at < before,
            ~exists().where(Opinion.file_id == StoredFile.id),
        )
        .order_by(StoredFile.id)
        .limit(MOST_ERASED)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(rows).all()


def _groups(hearing_id: int | None) -> Subquery:
    """Return hearing, first id and count of the opinions of each text that wait."""
    query = select(
        func.min(Opinion.id).label("first_id"),
        func.count(Opinion.id).label("count"),
        func.min(Opinion.sent_at).label("sent_at"),
    ).where(IS_WAITING)
    if hearing_id is not None:
        query = query.where(Opinion.hearing_id == hearing_id)
    return query.group_by(Opinion.hearing_id, Opinion.text_digest).subquery()


def _group_rows(
    session: Session, groups: Subquery, at: datetime, part: Page[OpinionLine], most: int
) -> tuple[OpinionLine, ...]:
    query = (
        _columns(groups.c.count)
        .join(groups, groups.c.first_id == Opinion.id)
        .offset(max(0, part.first - 1))
        .limit(most)
    )
    return _lines(session, query, at)


def _columns(*more: Any) -> Select[Any]:
    """Return the selection of a list's columns, the oldest first."""
    columns: tuple[Any, ...] = (
        Opinion.id,
        Opinion.number,
        Hearing.title,
        Hearing.title_en,
        Opinion.field,
        Opinion.state,
        Opinion.objection_state,
        Opinion.sent_at,
    )
    query = select(*columns, *more).join(Hearing, Hearing.id == Opinion.hearing_id)
    return query.order_by(Opinion.sent_at, Opinion.id)


def _lines(session: Session, query: Select[Any], at: datetime) -> tuple[OpinionLine, ...]:
    """Return the lines of a selection; what stands behind its columns is their count."""
    return tuple(
        OpinionLine(
            row.id,
            row.number,
            row.title,
            row.title_en,
            row.field,
            row.state,
            row.objection_state,
            row.sent_at,
            at - row.sent_at,
            *row[8:],
        )
        for row in session.execute(query)
    )
