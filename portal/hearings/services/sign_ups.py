"""Deeds of somebody who takes part: sign up once, keep the place, change, cancel.

Two times are given: ``now`` is business time, by which windows, holds and offers count; ``at`` is
the real time, by which letters go out.
"""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.crypto import blind_index
from portal.core.errors import Conflict, Invalid
from portal.hearings import queries
from portal.hearings.letters import sign_ups as letters
from portal.hearings.models import Hearing, SignUp, SignUpRequest
from portal.hearings.rules.kinds import Way, WindowState
from portal.hearings.rules.sign_ups import CONSENT, Draft, new_code, new_number
from portal.hearings.services.changes import follow
from portal.places import services as places
from portal.places.models import Claim
from portal.places.rules import LIVE, ClaimState


def send_sign_up(
    session: Session, *, hearing_id: int, draft: Draft, key: str, now: datetime, at: datetime
) -> SignUpRequest:
    """Take a sign-up in once for each form and for each person; a letter tells the rest.

    :param key: the form's key
    :raise Conflict: sign-up is not open
    :raise Invalid: the party is too large, or there is no such way to take part
    """
    # The same form may come twice at once: the second one waits here, then finds the first.
    hearing = lock_hearing(session, hearing_id)
    known = queries.find_request(session, key)
    if known is not None:
        return known
    if hearing.sign_up_state(now) is not WindowState.OPEN:
        raise Conflict(_("Sign-up has closed. Your words are kept below."))
    # A party that is refused is refused to all alike, or the answer tells who has signed up.
    places.check_party(session, pool_id=pool_of(hearing, draft.way), size=draft.size)
    first = queries.find_live_sign_up(session, hearing_id, contact_of(draft))
    if first is not None:
        letters.write_again(session, hearing, *first, at=at)
        return note_request(session, key, first[0], new_number(), at)
    sign_up, claim = _add(session, hearing, draft, now, at)
    letters.write_received(session, hearing, sign_up, claim, at=at)
    return note_request(session, key, sign_up, sign_up.number, at)


def send_for_caller(
    session: Session, *, hearing_id: int, draft: Draft, now: datetime, at: datetime
) -> tuple[SignUp, str]:
    """Write down somebody who calls or stands at the counter, also before and after the window.

    Who has no address gets a slip: its number and code open what a letter's link opens. The staff
    know the person, so their places are kept at once.

    :return: the sign-up, and the code of its slip
    :raise Conflict: the person has signed up before
    """
    hearing = lock_hearing(session, hearing_id)
    refuse_second(session, hearing_id, draft)
    sign_up, claim = _add(session, hearing, draft, now, at)
    code = new_code()
    sign_up.code_hash, sign_up.is_by_staff = hash_code(sign_up.number, code), True
    if claim.state is ClaimState.HELD:
        follow(session, hearing, places.confirm(session, claim_id=claim.id, at=now), at=at)
        session.refresh(claim)
    letters.write_standing(session, hearing, sign_up, claim, at=at)
    session.flush()
    return sign_up, code


def keep_places(session: Session, *, sign_up: SignUp, now: datetime, at: datetime) -> None:
    """Keep places that were held or offered; the letter with the ticket goes out once.

    :raise Gone: they were not kept in time
    :raise Conflict: it was called off
    """
    hearing, claim = _parts_of(session, sign_up)
    _refuse_called_off(hearing)
    was = claim.state
    changes = places.confirm(session, claim_id=claim.id, at=now)
    session.refresh(claim)
    follow(session, hearing, changes, at=at)
    if claim.state is ClaimState.CONFIRMED and was is not ClaimState.CONFIRMED:
        letters.write_confirmed(session, hearing, sign_up, claim, at=at)


def change_sign_up(
    session: Session,
    *,
    sign_up: SignUp,
    size: int,
    needs: str | None,
    question: str | None,
    now: datetime,
    at: datetime,
) -> None:
    """Change how many come and what they need; the line stays as it is.

    :raise Conflict: more people than places are left, or it has begun or was called off
    :raise Invalid: the party is too large
    """
    hearing, claim = _parts_of(session, sign_up)
    _refuse_called_off(hearing)
    if size != claim.size:
        changes = places.resize(session, claim_id=claim.id, size=size, at=now)
        follow(session, hearing, changes, at=at)
        session.refresh(claim)
        if claim.state is not ClaimState.OFFERED:
            letters.write_standing(session, hearing, sign_up, claim, at=at)
    sign_up.needs, sign_up.question = needs or None, question or None
    session.flush()


def cancel_sign_up(session: Session, *, sign_up: SignUp, now: datetime, at: datetime) -> None:
    """Give the places or the place in line back; doing it twice does nothing.

    :raise Conflict: they have come already
    """
    hearing, claim = _parts_of(session, sign_up)
    was_live = claim.state in LIVE
    changes = places.cancel(session, claim_id=claim.id, at=now)
    follow(session, hearing, changes, at=at)
    if was_live:
        letters.write_cancelled(session, hearing, sign_up, claim, at=at)


def lock_hearing(session: Session, hearing_id: int) -> Hearing:
    """Return a hearing that nobody else changes or signs up for until the commit."""
    return session.execute(
        select(Hearing).where(Hearing.id == hearing_id).with_for_update()
    ).scalar_one()


def refuse_second(session: Session, hearing_id: int, draft: Draft) -> None:
    """Refuse to write somebody down who has signed up.

    :raise Conflict: somebody with the same address or telephone has
    """
    if queries.find_live_sign_up(session, hearing_id, contact_of(draft)) is not None:
        raise Conflict(_("Somebody with this address or number has signed up already."))


def contact_of(draft: Draft) -> str:
    """Return the hash by which somebody is known again: of the address, else of the telephone."""
    if draft.email:
        return hash_contact(draft.email)
    return hash_contact("".join(sign for sign in draft.phone or "" if sign.isdigit()))


def hash_contact(contact: str) -> str:
    """Return the keyed hash of an address or telephone."""
    return blind_index("sign_up.contact", contact.strip().lower())


def hash_code(number: str, code: str) -> str:
    """Return the keyed hash of a slip's code."""
    return blind_index("sign_up.code", f"{number} {code}")


def pool_of(hearing: Hearing, way: Way) -> int:
    """Return the pool of places of one way to take part.

    :raise Invalid: one can't take part this way
    :raise Conflict: it was called off
    """
    _refuse_called_off(hearing)
    if way not in hearing.pool_ids:
        raise Invalid(_("One can’t take part this way. Choose another one."))
    return hearing.pool_ids[way]


def _add(
    session: Session, hearing: Hearing, draft: Draft, now: datetime, at: datetime
) -> tuple[SignUp, Claim]:
    """Add a sign-up at the end of the line, and follow what that moved."""
    claim, changes = places.take_places(
        session, pool_id=pool_of(hearing, draft.way), size=draft.size, at=now
    )
    sign_up = SignUp(
        hearing_id=hearing.id,
        claim_id=claim.id,
        number=new_number(),
        way=draft.way,
        language=draft.language,
        name=draft.name,
        email=draft.email,
        phone=draft.phone,
        contact_index=contact_of(draft),
        needs=draft.needs,
        question=draft.question,
        consent=CONSENT,
        told_moves=hearing.moves,
        created_at=at,
    )
    session.add(sign_up)
    session.flush()
    follow(session, hearing, changes, at=at)
    return sign_up, claim


def note_request(
    session: Session, key: str, sign_up: SignUp, number: str, at: datetime
) -> SignUpRequest:
    """Note that a form was sent, so that the same form again finds what it led to."""
    request = SignUpRequest(
        key_hash=queries.hash_key(key), number=number, sign_up_id=sign_up.id, at=at
    )
    session.add(request)
    session.flush()
    return request


def _refuse_called_off(hearing: Hearing) -> None:
    """Refuse to give out places of a hearing that does not take place.

    :raise Conflict: it was called off
    """
    if hearing.cancelled_at is not None:
        raise Conflict(_("It does not take place. We are sorry."))


def _parts_of(session: Session, sign_up: SignUp) -> tuple[Hearing, Claim]:
    """Return a sign-up's hearing, and its claim as it stands in one's own turn.

    Read before it, a button pressed twice would find the same state twice, and write twice.
    """
    claim = places.wait_for_turn(session, claim_id=sign_up.claim_id)
    return session.get_one(Hearing, sign_up.hearing_id), claim
