"""Reads of remarks: for the staff, and for the one reader who holds a remark's key."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.core.crypto import blind_index
from portal.core.pagination import ROWS_A_PAGE, Page, part_of
from portal.feedback.models import Remark
from portal.feedback.pages import RemarkRow, Waiting
from portal.feedback.rules import RemarkState

#: The review queue shows so many; the oldest come first.
MOST_WAITING = 50
#: One transaction erases so many.
MOST_ERASED = 1000


def find_remark_by_key(session: Session, key: str) -> Remark | None:
    """Return the remark that a form's key belongs to, or None."""
    return session.scalar(select(Remark).where(Remark.key_hash == hash_key(key)))


def find_remark(session: Session, remark_id: int) -> Remark | None:
    """Return a remark for the staff, or None."""
    return session.get(Remark, remark_id)


def remarks_for_staff(
    session: Session, *, at: datetime, state: RemarkState | None, page: str, number: int
) -> Page[RemarkRow]:
    """Return a page of the remarks, the oldest first.

    :param at: the real time at which ages are counted
    :param state: only those in this state; None: all
    :param page: only those about this page; empty: all
    :param number: of the page of the list, from 1
    """
    narrowed = _narrowed(select(func.count()).select_from(Remark), state, page)
    part: Page[RemarkRow] = part_of(session.scalar(narrowed) or 0, number)
    rows = _rows(session, _narrowed(_columns(), state, page).offset(max(0, part.first - 1)), at)
    return replace(part, rows=rows)


def waiting_remarks(session: Session, *, at: datetime) -> tuple[RemarkRow, ...]:
    """Return the remarks that wait, the oldest first; at most ``MOST_WAITING``.

    :param at: the real time at which ages are counted
    """
    return _rows(session, _narrowed(_columns(MOST_WAITING), RemarkState.OPEN, ""), at)


def count_waiting(session: Session, *, at: datetime) -> Waiting | None:
    """Return how many remarks wait and for how long, None when none does."""
    row = session.execute(
        select(func.count(Remark.id), func.min(Remark.sent_at)).where(
            Remark.state == RemarkState.OPEN
        )
    ).one()
    return Waiting(row[0], at - row[1]) if row[0] else None


def old_remarks(session: Session, before: datetime) -> Sequence[Remark]:
    """Return remarks sent before a time whose words are still there, locked, the oldest first."""
    old = (
        select(Remark)
        .where(Remark.sent_at <= before, Remark.erased_at.is_(None))
        .order_by(Remark.id)
        .limit(MOST_ERASED)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(old).all()


def hash_key(key: str) -> str:
    """Return what is kept of a form's key."""
    return blind_index("remark.key", key)


def _columns(most: int = ROWS_A_PAGE) -> Select[Any]:
    """Return the selection of a list's columns, the oldest first."""
    columns: tuple[Any, ...] = (Remark.id, Remark.page, Remark.state, Remark.sent_at)
    return select(*columns).order_by(Remark.sent_at, Remark.id).limit(most)


def _narrowed(query: Select[Any], state: RemarkState | None, page: str) -> Select[Any]:
    if state is not None:
        query = query.where(Remark.state == state)
    return query.where(Remark.page == page) if page else query


def _rows(session: Session, query: Select[Any], at: datetime) -> tuple[RemarkRow, ...]:
    return tuple(
        RemarkRow(row.id, row.page, row.state, row.sent_at, at - row.sent_at)
        for row in session.execute(query)
    )
