"""Reads of what the staff wrote to many at once, and of whom it reaches."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.hearings.models import Message, SignUp
from portal.hearings.rules.desk import REACHED, Audience
from portal.hearings.rules.kinds import Way
from portal.hearings.staff_pages import MessageRow
from portal.places.models import Claim

#: The page lists so many, the latest first.
MOST_MESSAGES = 50


def recipients_of(session: Session, hearing_id: int, audience: Audience) -> Sequence[SignUp]:
    """Return who of an audience has an address, in the order in which they came."""
    return session.scalars(_reached(hearing_id, audience).order_by(SignUp.id)).all()


def count_recipients(session: Session, hearing_id: int) -> dict[Audience, int]:
    """Return how many letters a message to each audience is."""
    return {
        audience: session.scalar(
            select(func.count()).select_from(_reached(hearing_id, audience).subquery())
        )
        or 0
        for audience in Audience
    }


def messages_of(session: Session, hearing_id: int) -> tuple[MessageRow, ...]:
    """Return what was written to those of a hearing, the latest first."""
    rows = session.execute(
        select(Message.audience, Message.subject, Message.letters, Message.sent_by, Message.sent_at)
        .where(Message.hearing_id == hearing_id)
        .order_by(Message.id.desc())
        .limit(MOST_MESSAGES)
    )
    return tuple(MessageRow(*row) for row in rows)


def newest_message(session: Session, hearing_id: int) -> int:
    """Return the id of the newest message, 0 where there is none."""
    newest = select(func.max(Message.id)).where(Message.hearing_id == hearing_id)
    return session.scalar(newest) or 0


def find_sent(session: Session, message: Message, after: int) -> Message | None:
    """Return the same message where it was sent after another one, or None."""
    return session.scalar(
        select(Message)
        .where(Message.hearing_id == message.hearing_id, Message.id > after)
        .where(Message.audience == message.audience, Message.subject == message.subject)
        .where(Message.text == message.text)
        .order_by(Message.id)
        .limit(1)
    )


def _reached(hearing_id: int, audience: Audience) -> Select[SignUp]:
    reached = (
        select(SignUp)
        .join(Claim, Claim.id == SignUp.claim_id)
        .where(SignUp.hearing_id == hearing_id, Claim.state.in_(REACHED[audience]))
        .where(SignUp.email.is_not(None))
    )
    return reached.where(SignUp.way == Way.ONLINE) if audience is Audience.ONLINE else reached
