"""Reads of pools: how many places are free, and where somebody stands in the line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, case, func, select
from sqlalchemy.orm import Session

from portal.places.models import Claim, Pool
from portal.places.rules import ENDING, TAKING, ClaimState, InLine

#: One run of the worker looks after so many pools.
MOST_POOLS = 500


@dataclass(frozen=True)
class Count:
    """How a pool is filled; people, not parties.

    :ivar capacity: places in all; None: without limit
    :ivar free: places that can be given out now; None: without limit
    :ivar waiting_parties: how many parties stand in line
    """

    capacity: int | None
    held_back: int
    free: int | None
    confirmed: int
    held: int
    waiting: int
    waiting_parties: int
    attended: int


def count_pools(session: Session, pool_ids: Iterable[int]) -> Mapping[int, Count]:
    """Return how each of some pools is filled, in one statement."""
    rows = session.execute(
        select(
            Pool.id,
            Pool.capacity,
            Pool.held_back,
            _people(Claim.state.in_(TAKING)),
            _people(Claim.state == ClaimState.CONFIRMED),
            _people(Claim.state.in_(ENDING)),
            _people(Claim.state == ClaimState.WAITING),
            func.count(case((Claim.state == ClaimState.WAITING, 1))),
            _people(Claim.state == ClaimState.ATTENDED),
        )
        .outerjoin(Claim, Claim.pool_id == Pool.id)
        .where(Pool.id.in_(tuple(pool_ids)))
        .group_by(Pool.id, Pool.capacity, Pool.held_back)
    )
    return {row[0]: _count(*row[1:]) for row in rows}


def place_in_line(session: Session, claim: Claim) -> int | None:
    """Return how many parties a claim has to wait for, and itself; None: it does not wait."""
    if claim.state is not ClaimState.WAITING:
        return None
    ahead = select(func.count()).where(
        Claim.pool_id == claim.pool_id,
        Claim.state == ClaimState.WAITING,
        Claim.number <= claim.number,
    )
    return session.scalar(ahead)


def line_of(session: Session, pool_id: int) -> tuple[InLine, ...]:
    """Return who waits for places of a pool, in order."""
    rows = session.execute(
        select(Claim.id, Claim.size, Claim.passes)
        .where(Claim.pool_id == pool_id, Claim.state == ClaimState.WAITING)
        .order_by(Claim.number)
    )
    return tuple(InLine(*row) for row in rows)


def pools_due(session: Session, at: datetime) -> tuple[int, ...]:
    """Return pools with a hold or offer that ended, or a line that nothing begins for any more."""
    over = select(Claim.pool_id).where(Claim.state.in_(ENDING), Claim.deadline_at <= at)
    begun = (
        select(Claim.pool_id)
        .join(Pool, Pool.id == Claim.pool_id)
        .where(Claim.state.in_(ENDING | {ClaimState.WAITING}), Pool.starts_at <= at)
    )
    return tuple(session.scalars(over.union(begun).order_by("pool_id").limit(MOST_POOLS)))


def taken_places(pool_id: int) -> ScalarSelect[int]:
    """Return the statement that counts the people who have places of a pool, for another one."""
    return (
        select(func.coalesce(func.sum(Claim.size), 0))
        .where(Claim.pool_id == pool_id, Claim.state.in_(TAKING))
        .scalar_subquery()
    )


def _people(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, Claim.size), else_=0)), 0)


def _count(capacity: int | None, held_back: int, taken: int, *rest: int) -> Count:
    free = None if capacity is None else max(0, capacity - held_back - taken)
    return Count(capacity, held_back, free, *rest)
