"""Tables of pools of places, and of the claims of parties on them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.models import UtcDateTime, word_column
from portal.extensions import Base
from portal.places.rules import ClaimState, Terms


class Pool(Base):
    """Places that can run out. Its columns are the ``Terms``; the row is also their lock.

    :ivar turn: counts the deeds on the pool; whoever raises it has its turn until the commit
    """

    __tablename__ = "place_pools"
    __table_args__ = (
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity"),
        CheckConstraint("held_back >= 0", name="held_back"),
        CheckConstraint("most_party >= 1", name="most_party"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    capacity: Mapped[int | None]
    held_back: Mapped[int]
    most_party: Mapped[int]
    hold_hours: Mapped[int]
    offer_hours: Mapped[int]
    rest_hours: Mapped[int]
    most_passes: Mapped[int]
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    turn: Mapped[int] = mapped_column(default=0)

    @property
    def terms(self) -> Terms:
        """Return what holds for it."""
        return Terms(
            capacity=self.capacity,
            held_back=self.held_back,
            most_party=self.most_party,
            hold_hours=self.hold_hours,
            offer_hours=self.offer_hours,
            rest_hours=self.rest_hours,
            most_passes=self.most_passes,
            starts_at=self.starts_at,
        )


class Claim(Base):
    """A party's claim on places of a pool.

    :ivar size: people of the party
    :ivar number: the pool's turn at which it was accepted, its place in the order of the line
    :ivar passes: how often it was passed over
    :ivar accepted_at: business time at which it came in
    :ivar since: business time since which it stands as it does
    :ivar offered_at: business time at which it was offered places; None: it never was
    :ivar deadline_at: business time at which a hold or offer ends; None: its clock does not run
    """

    __tablename__ = "place_claims"
    __table_args__ = (
        Index(None, "pool_id", "state", "number"),
        Index(None, "state", "deadline_at"),
        CheckConstraint("size >= 1", name="size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("place_pools.id"))
    size: Mapped[int]
    state: Mapped[ClaimState] = mapped_column(word_column(ClaimState, "state"))
    number: Mapped[int]
    passes: Mapped[int] = mapped_column(default=0)
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    offered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
