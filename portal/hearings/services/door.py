"""Deeds of the staff on parties: write one down who calls, let one in, note that it came.

Each leaves a line in the trail, which names the sign-up and nobody.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.core import audit
from portal.hearings import queries
from portal.hearings.letters import sign_ups as letters
from portal.hearings.models import Hearing, SignUp
from portal.hearings.rules.desk import INVITED
from portal.hearings.rules.kinds import Way
from portal.hearings.rules.sign_ups import CONSENT, Draft, new_code, new_number
from portal.hearings.services import sign_ups
from portal.hearings.services.changes import follow
from portal.places import services as places
from portal.places.models import Claim
from portal.places.rules import ENDING, ClaimState
from portal.places.services import Changes

KIND = SignUp.__tablename__


def write_down(
    session: Session,
    *,
    hearing_id: int,
    draft: Draft,
    key: str,
    actor: str,
    now: datetime,
    at: datetime,
) -> tuple[SignUp, str | None]:
    """Write down somebody who calls or stands at the counter, once for each form.

    :param key: the form's key
    :return: the sign-up, and the code of its slip; None: this form was sent before
    :raise Conflict: the person has signed up before
    :raise Invalid: the party is too large, or there is no such way to take part
    """
    sign_ups.lock_hearing(session, hearing_id)
    known = _find_sent(session, key)
    if known is not None:
        return known, None
    sign_up, code = sign_ups.send_for_caller(
        session, hearing_id=hearing_id, draft=draft, now=now, at=at
    )
    sign_ups.note_request(session, key, sign_up, sign_up.number, at)
    _record(session, actor, sign_up, deed="hearing.caller_signed_up")
    return sign_up, code


def renew_slip(session: Session, *, sign_up: SignUp, actor: str) -> str:
    """Make a new code for a party whose slip was lost, and return it; the old one opens nothing."""
    code = new_code()
    sign_up.code_hash = sign_ups.hash_code(sign_up.number, code)
    # What the old code opened stays open by its address; that ends, too.
    sign_up.link_version += 1
    session.flush()
    audit.record(session, actor=actor, deed="hearing.slip_renewed", kind=KIND, row_id=sign_up.id)
    return code


def renew_links(session: Session, *, sign_up: SignUp, actor: str, at: datetime) -> None:
    """End every link that was sent to a party, as when a letter fell into wrong hands.

    A letter with new ones goes to its address.
    """
    sign_up.link_version += 1
    session.flush()
    hearing = session.get_one(Hearing, sign_up.hearing_id)
    letters.write_again(session, hearing, sign_up, session.get_one(Claim, sign_up.claim_id), at=at)
    audit.record(session, actor=actor, deed="hearing.links_renewed", kind=KIND, row_id=sign_up.id)


def admit_guest(
    session: Session,
    *,
    hearing_id: int,
    draft: Draft,
    key: str,
    actor: str,
    now: datetime,
    at: datetime,
) -> SignUp:
    """Give a guest of the council places that were held back, once for each form.

    :param draft: its address may be missing; who has one gets the ticket
    :raise Conflict: fewer places are held back, or the guest has signed up
    :raise Invalid: there is no such way to take part
    """
    hearing = sign_ups.lock_hearing(session, hearing_id)
    known = _find_sent(session, key)
    if known is not None:
        return known
    if draft.email:
        sign_ups.refuse_second(session, hearing_id, draft)
    claim = places.admit_guest(
        session, pool_id=sign_ups.pool_of(hearing, draft.way), size=draft.size, at=now
    )
    sign_up = _add(session, hearing, claim, draft, key, at, consent=INVITED)
    letters.write_standing(session, hearing, sign_up, claim, at=at)
    follow(session, hearing, Changes(), at=at)
    _record(session, actor, sign_up, deed="hearing.guest_admitted")
    return sign_up


def admit_walk_in(
    session: Session,
    *,
    hearing_id: int,
    draft: Draft,
    key: str,
    actor: str,
    now: datetime,
    at: datetime,
) -> SignUp:
    """Let somebody in who stands at the door without a sign-up, once for each form.

    :raise Conflict: there are fewer free places
    :raise Invalid: nobody takes part in the room
    """
    hearing = sign_ups.lock_hearing(session, hearing_id)
    known = _find_sent(session, key)
    if known is not None:
        return known
    claim, changes = places.admit(
        session,
        pool_id=sign_ups.pool_of(hearing, Way.ROOM),
        size=draft.size,
        to=ClaimState.ATTENDED,
        at=now,
    )
    follow(session, hearing, changes, at=at)
    sign_up = _add(session, hearing, claim, draft, key, at, consent=CONSENT)
    _record(session, actor, sign_up, deed="hearing.walk_in_admitted")
    return sign_up


def mark_party(
    session: Session, *, sign_up: SignUp, to: ClaimState, actor: str, now: datetime, at: datetime
) -> None:
    """Note that a party came or did not, or take that back; doing it twice does nothing.

    Who stands at the door while its places are only held or offered keeps them by that.

    :raise Conflict: it has no places
    :raise Gone: its places were not kept in time
    """
    hearing = sign_ups.lock_hearing(session, sign_up.hearing_id)
    claim = session.get_one(Claim, sign_up.claim_id, populate_existing=True)
    if claim.state in ENDING and to is ClaimState.ATTENDED:
        follow(session, hearing, places.confirm(session, claim_id=claim.id, at=now), at=at)
        session.refresh(claim)
    before = claim.state
    changes = places.mark(session, claim_id=claim.id, to=to, at=now)
    session.refresh(claim)
    if claim.state is before:
        return
    follow(session, hearing, changes, at=at)
    audit.record(
        session,
        actor=actor,
        deed="hearing.party_marked",
        kind=KIND,
        row_id=sign_up.id,
        before={"state": before.value},
        after={"state": claim.state.value},
    )


def _find_sent(session: Session, key: str) -> SignUp | None:
    """Return what a form that was sent before led to, None for one that is new."""
    known = queries.find_request(session, key)
    return session.get_one(SignUp, known.sign_up_id) if known is not None else None


def _add(
    session: Session,
    hearing: Hearing,
    claim: Claim,
    draft: Draft,
    key: str,
    at: datetime,
    *,
    consent: str,
) -> SignUp:
    """Add the sign-up of a claim that the staff made."""
    sign_up = SignUp(
        hearing_id=hearing.id,
        claim_id=claim.id,
        number=new_number(),
        way=draft.way,
        language=draft.language,
        name=draft.name or None,
        email=draft.email,
        contact_index=sign_ups.contact_of(draft) if draft.email else None,
        needs=draft.needs,
        consent=consent,
        told_moves=hearing.moves,
        is_by_staff=True,
        created_at=at,
    )
    session.add(sign_up)
    session.flush()
    sign_ups.note_request(session, key, sign_up, sign_up.number, at)
    return sign_up


def _record(session: Session, actor: str, sign_up: SignUp, *, deed: str) -> None:
    hearing = {"hearing": str(sign_up.hearing_id), "way": sign_up.way.value}
    audit.record(session, actor=actor, deed=deed, kind=KIND, row_id=sign_up.id, after=hearing)
