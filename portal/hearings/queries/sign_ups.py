"""Reads of sign-ups: for who holds their link, and for what the worker does."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from portal.core.crypto import blind_index
from portal.hearings.models import Hearing, SignUp, SignUpRequest
from portal.notifications.models import Letter
from portal.notifications.rules import LetterState
from portal.places.models import Claim
from portal.places.rules import LIVE, ClaimState

#: One transaction of the worker looks after so many.
MOST_AT_ONCE = 200
#: Letters whose sending, or final failure, starts the time of a hold.
_GONE_OUT = (LetterState.SENT, LetterState.FAILED)


def hash_key(key: str) -> str:
    """Return what is kept of a form's key."""
    return blind_index("sign_up.key", key)


def find_request(session: Session, key: str) -> SignUpRequest | None:
    """Return the request of a form's key, or None."""
    return session.scalar(select(SignUpRequest).where(SignUpRequest.key_hash == hash_key(key)))


def find_live_sign_up(
    session: Session, hearing_id: int, contact_index: str
) -> tuple[SignUp, Claim] | None:
    """Return somebody's sign-up for a hearing that still stands, with its claim, or None."""
    row = session.execute(
        _with_claim()
        .where(SignUp.hearing_id == hearing_id, SignUp.contact_index == contact_index)
        .where(Claim.state.in_(LIVE))
        .order_by(SignUp.id)
        .limit(1)
    ).first()
    return None if row is None else (row[0], row[1])


def find_sign_up(session: Session, sign_up_id: int) -> tuple[SignUp, Claim, Hearing] | None:
    """Return a sign-up with its claim and hearing, or None."""
    row = session.execute(
        select(SignUp, Claim, Hearing)
        .join(Claim, Claim.id == SignUp.claim_id)
        .join(Hearing, Hearing.id == SignUp.hearing_id)
        .where(SignUp.id == sign_up_id)
    ).first()
    return None if row is None else (row[0], row[1], row[2])


def find_by_number(session: Session, number: str) -> SignUp | None:
    """Return the sign-up of a number, None for one that is none."""
    return session.scalar(select(SignUp).where(SignUp.number == number))


def live_sign_ups_of(
    session: Session, hearing_id: int, states: frozenset[ClaimState] = LIVE
) -> Sequence[tuple[SignUp, Claim]]:
    """Return who takes part in a hearing or waits, in the order in which they came."""
    rows = session.execute(
        _with_claim()
        .where(SignUp.hearing_id == hearing_id, Claim.state.in_(states))
        .order_by(Claim.number, SignUp.id)
    )
    return [(sign_up, claim) for sign_up, claim in rows]


def holds_to_start(session: Session) -> Sequence[tuple[int, datetime | None]]:
    """Return claims whose letter has gone out and whose time does not run, with when it did.

    A letter that failed for good has no time: nobody will open it. Nor has one that was not
    written, since its address had got many that day.
    """
    rows = session.execute(
        select(SignUp.claim_id, Letter.sent_at)
        .join(Claim, Claim.id == SignUp.claim_id)
        .outerjoin(Letter, Letter.id == SignUp.letter_id)
        .where(Claim.state == ClaimState.HELD, Claim.deadline_at.is_(None))
        .where(or_(SignUp.letter_id.is_(None), Letter.state.in_(_GONE_OUT)))
        # Two workers at once take the turns of pools in one order.
        .order_by(Claim.pool_id, SignUp.id)
        .limit(MOST_AT_ONCE)
    )
    return [(claim_id, sent_at) for claim_id, sent_at in rows]


def _with_claim() -> Select[SignUp, Claim]:
    return select(SignUp, Claim).join(Claim, Claim.id == SignUp.claim_id)
