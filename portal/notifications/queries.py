"""Reads of the outbox; all are for the worker and for staff."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from portal.notifications.models import Letter, index_recipient
from portal.notifications.pages import LetterRow
from portal.notifications.rules import WAITING, LetterState, mask_recipient
from portal.notifications.words import kind_words

#: So many rows one transaction of a task rescues or erases.
MOST_LETTERS = 1000
LETTERS_A_PAGE = 50


def has_due_letters(session: Session, at: datetime) -> bool:
    """Say whether a letter waits for the worker now."""
    return session.scalar(_due(at).with_only_columns(Letter.id)) is not None


def due_letter(session: Session, at: datetime) -> Letter | None:
    """Return the letter that is due first, locked; letters other workers hold are left out."""
    return session.scalar(_due(at).with_for_update(skip_locked=True))


def lost_letters(session: Session, before: datetime) -> Sequence[Letter]:
    """Return letters that have been in sending since before a time, locked, oldest first."""
    lost = (
        select(Letter)
        .where(Letter.state == LetterState.SENDING, Letter.taken_at <= before)
        .order_by(Letter.taken_at, Letter.id)
        .limit(MOST_LETTERS)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(lost).all()


def finished_letters(session: Session, before: datetime) -> Sequence[Letter]:
    """Return letters that were finished before a time and whose recipient is kept, locked."""
    failed = (Letter.state == LetterState.FAILED) & (Letter.taken_at <= before)
    sent = (Letter.state == LetterState.SENT) & (Letter.sent_at <= before)
    finished = (
        select(Letter)
        .where(or_(sent, failed), Letter.recipient.is_not(None))
        .order_by(Letter.id)
        .limit(MOST_LETTERS)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(finished).all()


def failed_letters(session: Session, most: int = LETTERS_A_PAGE) -> list[LetterRow]:
    """Return the letters that were given up and can be sent again, the newest first."""
    failed = (
        select(Letter)
        .where(_is_failed())
        .order_by(Letter.taken_at.desc(), Letter.id.desc())
        .limit(most)
    )
    return [_row(letter, letter.taken_at) for letter in session.scalars(failed)]


def count_failed(session: Session) -> int:
    """Return how many letters were given up and can be sent again."""
    return session.scalar(select(func.count()).select_from(Letter).where(_is_failed())) or 0


def sent_letters(
    session: Session, *, below: int | None = None, most: int = LETTERS_A_PAGE
) -> list[LetterRow]:
    """Return the letters that were sent, the newest first.

    :param below: only letters of a lower number, for the next page
    """
    sent = select(Letter).where(Letter.state == LetterState.SENT)
    if below is not None:
        sent = sent.where(Letter.id < below)
    letters = session.scalars(sent.order_by(Letter.id.desc()).limit(most))
    return [_row(letter, letter.sent_at) for letter in letters]


def find_sent(session: Session, name: str) -> Letter | None:
    """Return the sent letter of a Message-ID, or the last one sent to an address."""
    is_named = or_(
        Letter.message_id == f"<{name.strip('<>')}>",
        Letter.recipient_index == index_recipient(name),
    )
    sent = (
        select(Letter)
        .where(is_named, Letter.sent_at.is_not(None))
        .order_by(Letter.sent_at.desc(), Letter.id.desc())
        .limit(1)
    )
    return session.scalar(sent)


def count_letters(session: Session, kind: str, recipient: str, since: datetime) -> int:
    """Return how many letters of a kind were written to somebody after a time."""
    query = select(func.count(Letter.id)).where(
        Letter.kind == kind,
        Letter.recipient_index == index_recipient(recipient),
        Letter.not_before > since,
    )
    return session.scalar(query) or 0


def letter_counts(session: Session) -> Mapping[LetterState, int]:
    """Return how many letters stand in each state, all states in their order."""
    counted = select(Letter.state, func.count()).group_by(Letter.state).order_by(Letter.state)
    counts = {state: count for state, count in session.execute(counted)}
    return {state: counts.get(state, 0) for state in LetterState}


def waiting_since(session: Session, at: datetime) -> datetime | None:
    """Return since when the oldest letter that may go has been waiting, or None."""
    waiting = select(func.min(Letter.not_before)).where(
        Letter.state.in_((*WAITING, LetterState.SENDING)), Letter.not_before <= at
    )
    return session.scalar(waiting)


def _due(at: datetime) -> Select[Letter]:
    """Return the selection of the letter that is due first."""
    return (
        select(Letter)
        .where(Letter.state.in_(WAITING), Letter.next_at <= at)
        .order_by(Letter.next_at, Letter.id)
        .limit(1)
    )


def _is_failed() -> ColumnElement[bool]:
    """Return the condition for a letter that was given up and can be sent again."""
    return (Letter.state == LetterState.FAILED) & Letter.recipient.is_not(None)


def _row(letter: Letter, at: datetime | None) -> LetterRow:
    """Return a letter as staff see it."""
    return LetterRow(
        id=letter.id,
        title=kind_words(letter.kind),
        channel=letter.channel,
        language=letter.language,
        recipient=mask_recipient(letter.recipient),
        at=at,
        attempts=letter.attempts,
        last_error=letter.last_error or "",
        bounced_at=letter.bounced_at,
    )
