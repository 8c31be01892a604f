"""Deeds on places: each has its turn on the pool until the commit, and flushes.

Call them in a transaction that waits for its turn (``begin_write``). Every deed that may free a
place, or find it free, ends by looking at the line: what it then offers is returned, and who owns
the pool writes the letters.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, and_, case, select, true, update
from sqlalchemy.orm import Session

from portal.core.errors import Conflict, Gone, Invalid, NotFound
from portal.places.models import Claim, Pool
from portal.places.queries import line_of, taken_places
from portal.places.rules import ENDING, TAKING, ClaimState, Terms, can_move, deadline, hand_out


@dataclass(frozen=True)
class Changes:
    """What a deed did to the claims of others, by their ids.

    :ivar offered: they stood in line and are offered their places now
    :ivar lapsed: their hold or offer ended, or it all began without them
    """

    offered: tuple[int, ...] = ()
    lapsed: tuple[int, ...] = ()


def create_pool(session: Session, terms: Terms) -> Pool:
    """Make a pool of places."""
    pool = Pool(**vars(terms))
    session.add(pool)
    session.flush()
    return pool


def change_pool(session: Session, *, pool_id: int, terms: Terms, at: datetime) -> Changes:
    """Change what holds for a pool; nobody loses places, and what is free now is offered."""
    pool = _have_turn(session, pool_id)
    for name, value in vars(terms).items():
        setattr(pool, name, value)
    session.flush()
    return _settle(session, pool, at)


def take_places(
    session: Session, *, pool_id: int, size: int, at: datetime
) -> tuple[Claim, Changes]:
    """Accept a party at the end of the line; when its places are free they are held at once.

    :return: the claim, held or waiting, and what happened to others meanwhile
    :raise Invalid: the party is larger than a party, or than the room, may be
    """
    pool = _have_turn(session, pool_id)
    _check_size(pool.terms, size)
    claim = _add(session, pool, size, ClaimState.WAITING, at)
    changes = _settle(session, pool, at, newcomer=claim)
    return claim, changes


def admit(
    session: Session, *, pool_id: int, size: int, to: ClaimState, at: datetime
) -> tuple[Claim, Changes]:
    """Let the staff give free places to a party before them, past the line.

    :param to: confirmed, or attended for who stands at the door
    :raise Conflict: there are fewer places
    """
    pool = _have_turn(session, pool_id)
    changes = _settle(session, pool, at)
    claim = _add(session, pool, size, ClaimState.WAITING, at)
    if not _take(session, claim, to, None, at):
        raise Conflict(_say_left(session, pool))
    return claim, changes


def admit_guest(session: Session, *, pool_id: int, size: int, at: datetime) -> Claim:
    """Give places that were held back to a guest of the council.

    :raise Conflict: fewer are held back
    """
    pool = _have_turn(session, pool_id)
    if pool.held_back < size:
        raise Conflict(
            ngettext("%(num)d place is held back.", "%(num)d places are held back.", pool.held_back)
        )
    pool.held_back -= size
    return _add(session, pool, size, ClaimState.CONFIRMED, at)


def wait_for_turn(session: Session, *, claim_id: int) -> Claim:
    """Return a claim as it stands now; nobody else moves it until the commit.

    :raise NotFound: there is no such claim
    """
    _pool, claim = _turn_of(session, claim_id)
    return claim


def check_party(session: Session, *, pool_id: int, size: int) -> None:
    """Refuse a party that could never be served, whoever it is.

    :raise Invalid: it is larger than a party, or than the room, may be
    """
    _check_size(session.get_one(Pool, pool_id).terms, size)


def confirm(session: Session, *, claim_id: int, at: datetime) -> Changes:
    """Keep places that were held or offered; doing it twice does nothing.

    :raise Gone: the hold or offer has ended, or the party has cancelled
    """
    pool, claim = _turn_of(session, claim_id)
    changes = _settle(session, pool, at)
    session.refresh(claim)
    if claim.state in ENDING:
        _move(claim, ClaimState.CONFIRMED, at)
    elif claim.state is ClaimState.LAPSED or claim.state is ClaimState.CANCELLED:
        raise Gone(_("These places were not kept in time, so somebody else was offered them."))
    session.flush()
    return changes


def cancel(session: Session, *, claim_id: int, at: datetime) -> Changes:
    """Give places or the place in line back; doing it twice does nothing.

    :raise Conflict: the party has come already
    """
    pool, claim = _turn_of(session, claim_id)
    if claim.state in (ClaimState.CANCELLED, ClaimState.LAPSED):
        return Changes()
    _move(claim, ClaimState.CANCELLED, at)
    session.flush()
    return _settle(session, pool, at)


def resize(session: Session, *, claim_id: int, size: int, at: datetime) -> Changes:
    """Change how many people a party has; its place in line stays.

    :raise Invalid: the party is larger than a party may be
    :raise Conflict: it has places, and there are not enough for more people
    :raise Gone: it was cancelled or has lapsed
    """
    pool, claim = _turn_of(session, claim_id)
    changes = _settle(session, pool, at)
    session.refresh(claim)
    if claim.state not in TAKING | {ClaimState.WAITING}:
        raise Gone(_("This sign-up has ended. Sign up again."))
    if size > claim.size:
        _check_size(pool.terms, size)
    if not _resize(session, claim, size):
        raise Conflict(_say_left(session, pool))
    session.refresh(claim)
    more = _settle(session, pool, at)
    return Changes(changes.offered + more.offered, changes.lapsed + more.lapsed)


def mark(session: Session, *, claim_id: int, to: ClaimState, at: datetime) -> Changes:
    """Note whether a party came: attended, absent, or confirmed again when that was a slip.

    :raise Conflict: it has no places, or they were given to somebody else
    """
    pool, claim = _turn_of(session, claim_id)
    if claim.state is to:
        return Changes()
    if not can_move(claim.state, to):
        raise Conflict(_("This party has no places to come to."))
    if claim.state in TAKING or to not in TAKING:
        _move(claim, to, at)
        session.flush()
    elif not _take(session, claim, to, None, at):
        raise Conflict(_say_left(session, pool))
    return _settle(session, pool, at)


def mark_rest_absent(
    session: Session, *, pool_id: int, at: datetime
) -> tuple[tuple[int, ...], Changes]:
    """Note that whoever has places and was not seen did not come; doing it twice does nothing.

    :return: the ids of these claims, and what happened to others
    :raise Conflict: it has not begun
    """
    pool = _have_turn(session, pool_id)
    if pool.starts_at is None or pool.starts_at > at:
        raise Conflict(_("It has not begun. Nobody can be absent yet."))
    claims = session.scalars(
        select(Claim)
        .where(Claim.pool_id == pool.id, Claim.state == ClaimState.CONFIRMED)
        .order_by(Claim.number)
    ).all()
    for claim in claims:
        _move(claim, ClaimState.ABSENT, at)
    session.flush()
    return tuple(claim.id for claim in claims), _settle(session, pool, at)


def start_clock(session: Session, *, claim_id: int, at: datetime) -> None:
    """Let the time of a hold run from now, unless it runs or the places were kept."""
    pool, claim = _turn_of(session, claim_id)
    if claim.state is ClaimState.HELD and claim.deadline_at is None:
        claim.deadline_at = deadline(pool.terms, at, pool.hold_hours)
        session.flush()


def settle(session: Session, *, pool_id: int, at: datetime) -> Changes:
    """Let holds and offers of a pool end whose time is over, and offer what is free."""
    return _settle(session, _have_turn(session, pool_id), at)


def _settle(session: Session, pool: Pool, at: datetime, newcomer: Claim | None = None) -> Changes:
    """End what is over and look at the line; a newcomer that is served gets a hold, no offer."""
    lapsed = _lapse(session, pool, at)
    if pool.starts_at is not None and pool.starts_at <= at:
        return Changes(lapsed=lapsed)
    handing = hand_out(
        _free(session, pool), pool.terms.room, line_of(session, pool.id), pool.most_passes
    )
    _count_passes(session, handing.passed)
    until = deadline(pool.terms, at, pool.offer_hours)
    offered = []
    for claim_id in handing.served:
        claim = session.get_one(Claim, claim_id)
        is_new = claim is newcomer
        to, ends_at = (ClaimState.HELD, None) if is_new else (ClaimState.OFFERED, until)
        if _take(session, claim, to, ends_at, at) and not is_new:
            offered.append(claim_id)
    return Changes(tuple(offered), lapsed)


def _lapse(session: Session, pool: Pool, at: datetime) -> tuple[int, ...]:
    """End holds and offers whose time is over; once it has begun, the line too."""
    has_begun = pool.starts_at is not None and pool.starts_at <= at
    over = (
        Claim.state.in_(ENDING | {ClaimState.WAITING})
        if has_begun
        else and_(Claim.state.in_(ENDING), Claim.deadline_at <= at)
    )
    claims = session.scalars(
        select(Claim).where(Claim.pool_id == pool.id, over).order_by(Claim.number)
    ).all()
    for claim in claims:
        _move(claim, ClaimState.LAPSED, at)
    session.flush()
    return tuple(claim.id for claim in claims)


def _take(
    session: Session, claim: Claim, to: ClaimState, ends_at: datetime | None, at: datetime
) -> bool:
    """Give a claim its places in one statement, or leave it as it is; say whether it has them."""
    session.flush()
    taken = session.execute(
        update(Claim)
        .where(Claim.id == claim.id, Claim.state == claim.state, _fits(claim, claim.size))
        .values(
            state=to,
            since=at,
            deadline_at=ends_at,
            offered_at=at if to is ClaimState.OFFERED else Claim.offered_at,
        )
        .execution_options(synchronize_session=False)
    )
    session.refresh(claim)
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def _resize(session: Session, claim: Claim, size: int) -> bool:
    """Change a party's size in one statement; who has places gets more only where they are."""
    session.flush()
    needs_more = claim.state in TAKING and size > claim.size
    fits = _fits(claim, size - claim.size) if needs_more else true()
    changed = session.execute(
        update(Claim)
        .where(Claim.id == claim.id, fits)
        .values(size=size)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def _fits(claim: Claim, people: int) -> ColumnElement[bool]:
    """Return the condition that so many more people find places in a claim's pool."""
    room = (
        select(
            case(
                (Pool.capacity.is_(None), people),
                else_=Pool.capacity - Pool.held_back - taken_places(claim.pool_id),
            )
        )
        .where(Pool.id == claim.pool_id)
        .scalar_subquery()
    )
    return room >= people


def _free(session: Session, pool: Pool) -> int | None:
    if pool.terms.room is None:
        return None
    return max(0, pool.terms.room - (session.scalar(select(taken_places(pool.id))) or 0))


def _count_passes(session: Session, passed: tuple[int, ...]) -> None:
    for claim_id, times in Counter(passed).items():
        session.get_one(Claim, claim_id).passes += times
    session.flush()


def _have_turn(session: Session, pool_id: int) -> Pool:
    """Return a pool; everybody else waits for its next turn until the commit.

    :raise NotFound: there is no such pool
    """
    turned = session.execute(
        update(Pool)
        .where(Pool.id == pool_id)
        .values(turn=Pool.turn + 1)
        .execution_options(synchronize_session=False)
    )
    if not turned.rowcount:  # type: ignore[attr-defined]
        raise NotFound
    return session.get_one(Pool, pool_id, populate_existing=True)


def _turn_of(session: Session, claim_id: int) -> tuple[Pool, Claim]:
    """Return a claim and its pool, whose turn the caller has.

    :raise NotFound: there is no such claim
    """
    claim = session.get(Claim, claim_id)
    if claim is None:
        raise NotFound
    pool = _have_turn(session, claim.pool_id)
    session.refresh(claim)
    return pool, claim


def _add(session: Session, pool: Pool, size: int, state: ClaimState, at: datetime) -> Claim:
    claim = Claim(
        pool_id=pool.id, size=size, state=state, number=pool.turn, accepted_at=at, since=at
    )
    session.add(claim)
    session.flush()
    return claim


def _move(claim: Claim, to: ClaimState, at: datetime) -> None:
    """Move a claim on; no other function but ``_take`` changes its state.

    :raise Conflict: the table of moves has no such move
    """
    if not can_move(claim.state, to):
        raise Conflict(_("This sign-up has moved on. Load the page again to see how it stands."))
    claim.state, claim.since, claim.deadline_at = to, at, None


def _check_size(terms: Terms, size: int) -> None:
    """Refuse a party that can never be served.

    :raise Invalid: it is larger than a party, or than the room, may be
    """
    most = terms.most_party if terms.room is None else min(terms.most_party, terms.room)
    if not 1 <= size <= most:
        raise Invalid(
            ngettext(
                "A party has at most %(num)d person.", "A party has at most %(num)d people.", most
            )
        )


def _say_left(session: Session, pool: Pool) -> str:
    left: str = ngettext(
        "%(num)d place is left. Bring fewer people or join the waiting list.",
        "%(num)d places are left. Bring fewer people or join the waiting list.",
        _free(session, pool) or 0,
    )
    return left
