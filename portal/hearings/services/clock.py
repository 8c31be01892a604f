"""What the worker does as time goes on: starts and ends holds, offers, reminds, tells of changes.

Each function does at most ``MOST_AT_ONCE`` rows and says how many it did; run twice or at once,
the second finds nothing to do.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from portal.hearings.letters import notices as notice_letters
from portal.hearings.letters import sign_ups as letters
from portal.hearings.models import Hearing, OpeningNotice, SignUp
from portal.hearings.queries.sign_ups import MOST_AT_ONCE, holds_to_start
from portal.hearings.rules.sign_ups import REMIND_BEFORE
from portal.hearings.services.changes import follow, hearing_of_pool
from portal.places import services as places
from portal.places.models import Claim
from portal.places.rules import LIVE, ClaimState

#: Somebody who came is asked what they thought within so long.
THANK_WITHIN = timedelta(days=3)
#: An address that nobody confirmed is erased after so long.
UNCONFIRMED_LIVES = timedelta(days=7)
#: Once a hearing's day is so long ago, its sign-up does not open any more.
_DAY_OVER = timedelta(days=1)
#: What sign-ups must be to get a letter.
Conditions = tuple[ColumnElement[bool], ...]
#: Writes a letter about a sign-up.
Write = Callable[..., None]


def start_holds(session: Session, *, now: datetime, at: datetime) -> int:
    """Let the time of holds run whose letter has gone out, from when it did."""
    holds = holds_to_start(session)
    for claim_id, sent_at in holds:
        since = now if sent_at is None else now - max(timedelta(), at - sent_at)
        places.start_clock(session, claim_id=claim_id, at=since)
    return len(holds)


def settle_pool(session: Session, *, pool_id: int, now: datetime, at: datetime) -> None:
    """Let holds and offers of a pool end whose time is over, and offer what is free.

    One pool a transaction: who has the turn of one pool and waits for another's while a citizen
    does the same the other way round would wait for ever.
    """
    hearing = hearing_of_pool(session, pool_id)
    if hearing is not None:
        follow(session, hearing, places.settle(session, pool_id=pool_id, at=now), at=at)


def remind(session: Session, *, now: datetime, at: datetime) -> int:
    """Remind those who come of a hearing that begins within a day."""
    soon = (
        Hearing.starts_at > now,
        Hearing.starts_at <= now + REMIND_BEFORE,
        Hearing.cancelled_at.is_(None),
        SignUp.reminded_at.is_(None),
        # Who signed up within the last day has just got a letter.
        SignUp.created_at <= at - REMIND_BEFORE,
        Claim.state == ClaimState.CONFIRMED,
    )
    return _write(session, soon, letters.write_reminder, "reminded_at", at)


def tell_of_changes(session: Session, *, at: datetime) -> int:
    """Tell those who take part or wait of another time or place, or that there is no hearing."""
    rows = _rows(session, (SignUp.told_moves < Hearing.moves, Claim.state.in_(LIVE)))
    for sign_up, claim, hearing in rows:
        write = letters.write_called_off if hearing.cancelled_at else letters.write_moved
        write(session, hearing, sign_up, claim, at=at)
        sign_up.told_moves = hearing.moves
    session.flush()
    return len(rows)


def thank(session: Session, *, now: datetime, at: datetime) -> int:
    """Ask those who came what they thought, once it has ended."""
    over = (
        or_(Hearing.ends_at <= now, Hearing.starts_at <= now - timedelta(hours=6)),
        Hearing.starts_at > now - THANK_WITHIN,
        SignUp.thanked_at.is_(None),
        Claim.state == ClaimState.ATTENDED,
    )
    return _write(session, over, letters.write_thanks, "thanked_at", at)


def tell_of_openings(session: Session, *, now: datetime, at: datetime) -> int:
    """Write to those who wanted to be told that sign-up is open, and erase their addresses.

    Addresses that wait for what will not open are erased without a letter.
    """
    never = select(Hearing.id).where(
        or_(
            Hearing.cancelled_at.is_not(None),
            Hearing.sign_up_closes_at <= now,
            Hearing.starts_on < now.date() - _DAY_OVER,
        )
    )
    session.execute(delete(OpeningNotice).where(OpeningNotice.hearing_id.in_(never)))
    open_now = (Hearing.sign_up_opens_at <= now, OpeningNotice.confirmed_at.is_not(None))
    rows = session.execute(
        select(OpeningNotice, Hearing)
        .join(Hearing, Hearing.id == OpeningNotice.hearing_id)
        .where(Hearing.is_published(), *open_now)
        .order_by(OpeningNotice.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=OpeningNotice)
    ).all()
    for notice, hearing in rows:
        notice_letters.write_opened(session, hearing, notice, at=at)
        session.delete(notice)
    old = OpeningNotice.created_at <= at - UNCONFIRMED_LIVES
    session.execute(delete(OpeningNotice).where(OpeningNotice.confirmed_at.is_(None), old))
    session.flush()
    return len(rows)


def _write(session: Session, conditions: Conditions, write: Write, mark: str, at: datetime) -> int:
    """Write a letter to each whom the conditions name, and mark that it was written."""
    rows = _rows(session, conditions)
    for sign_up, claim, hearing in rows:
        write(session, hearing, sign_up, claim, at=at)
        setattr(sign_up, mark, at)
    session.flush()
    return len(rows)


def _rows(session: Session, conditions: Conditions) -> Sequence[tuple[SignUp, Claim, Hearing]]:
    """Return sign-ups with claim and hearing; nobody else takes them until the commit."""
    rows = session.execute(
        select(SignUp, Claim, Hearing)
        .join(Claim, Claim.id == SignUp.claim_id)
        .join(Hearing, Hearing.id == SignUp.hearing_id)
        .where(SignUp.erased_at.is_(None), *conditions)
        .order_by(SignUp.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(of=SignUp)
    )
    return [(sign_up, claim, hearing) for sign_up, claim, hearing in rows]
