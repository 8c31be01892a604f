"""What follows when a deed on places touches the claims of others: letters, and pages made anew."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.versions import raise_version
from portal.hearings.letters import sign_ups as letters
from portal.hearings.models import Hearing, SignUp
from portal.hearings.scopes import scope_of
from portal.places.models import Claim
from portal.places.services import Changes


def follow(session: Session, hearing: Hearing, changes: Changes, *, at: datetime) -> None:
    """Write to those who were offered places or lost them; the hearing's pages are made anew.

    Once it was called off there is nothing to offer or lose: another letter says so.

    :param at: the real time
    """
    raise_version(session, scope_of(hearing.slug))
    if hearing.cancelled_at is not None:
        return
    for sign_up, claim in _with_claims(session, changes.offered):
        letters.write_offer(session, hearing, sign_up, claim, at=at)
    for sign_up, claim in _with_claims(session, changes.lapsed):
        letters.write_lapsed(session, hearing, sign_up, claim, at=at)


def hearing_of_pool(session: Session, pool_id: int) -> Hearing | None:
    """Return whose pool it is; None: another feature's."""
    mine = (Hearing.room_pool_id == pool_id) | (Hearing.online_pool_id == pool_id)
    return session.scalar(select(Hearing).where(mine))


def _with_claims(session: Session, claim_ids: Sequence[int]) -> Sequence[tuple[SignUp, Claim]]:
    rows = session.execute(
        select(SignUp, Claim)
        .join(Claim, Claim.id == SignUp.claim_id)
        .where(Claim.id.in_(claim_ids))
        .order_by(Claim.number)
    )
    return [(sign_up, claim) for sign_up, claim in rows]
