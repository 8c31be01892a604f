"""Limits on what anybody may send through public forms, counted in the database.

They are exact for all processes and machines: who sends something waits for the turn of each of its
keys, and in that turn the earlier tries are counted and the new ones noted. So of many at once as
many pass as the limit says, no more and no fewer. A refused try leaves no row, so asking again
doesn't lengthen the wait.

A row says what was counted and when; of the key it keeps a keyed hash. A feature that has a limit
names ``public_tries`` in its entry of ``core.collected``, and its nightly task calls
``forget_old_tries``. Wrong guesses of passwords and codes are another matter, and counted in
``accounts.throttle``.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Index, String, delete, func, literal, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.crypto import blind_index
from portal.core.models import UtcDateTime
from portal.core.transactions import begin_again
from portal.extensions import Base, db

LONGEST_KIND = 40


@dataclass(frozen=True)
class Limit:
    """So many tries of one kind and key within a window.

    :ivar kind: what is counted and by which key, such as ``remark.address``; no two limits share it
    :ivar most: so many pass
    :ivar window: a try counts for so long; when it is over, it counts no more
    :raise ValueError: the kind has more letters than PostgreSQL would keep
    """

    kind: str
    most: int
    window: timedelta

    def __post_init__(self) -> None:
        if len(self.kind) > LONGEST_KIND:
            raise ValueError(f"A kind has at most {LONGEST_KIND} letters: {self.kind}")


class PublicTry(Base):
    """That something was sent; a keyed hash says by whom or to whom, and nothing says what."""

    __tablename__ = "public_tries"
    __table_args__ = (Index(None, "kind", "key_hash", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(LONGEST_KIND))
    key_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def note_try(*counted: tuple[Limit, str], at: datetime) -> Limit | None:
    """Note a try under each limit and return None; or note nothing and return a limit it passes.

    It owns its commits: the first ends what the request read so far, the second ends the turn, so
    others never wait for what the form does next. Call it before anything is written, and begin to
    write after it. A try stays noted whatever becomes of what was sent.

    :param counted: each limit with the key it counts by: a link, a recipient as it is compared,
        a network address as ``core.actors.sender_network`` gives it
    :param at: the real time
    :return: the first limit, in the order given, that was used up already
    """
    tries = {(limit, hash_key(limit, key)): None for limit, key in counted}
    begin_again()
    session = db.session()
    _wait_for_turn(session, {key_hash for _limit, key_hash in tries})
    for limit, _key_hash in tries:
        forget_old_tries(session, limit=limit, at=at)
    passed = next((limit for limit, key in tries if _is_used_up(session, limit, key, at)), None)
    if passed is None:
        session.add_all(PublicTry(kind=limit.kind, key_hash=key, at=at) for limit, key in tries)
    session.commit()
    return passed


def forget_old_tries(session: Session, *, limit: Limit, at: datetime) -> None:
    """Forget the tries that a limit needs no more; those somebody else is forgetting are left."""
    old = (
        select(PublicTry.id)
        .where(PublicTry.kind == limit.kind, PublicTry.at <= at - limit.window)
        .with_for_update(skip_locked=True)
    )
    session.execute(
        delete(PublicTry).where(PublicTry.id.in_(old)),
        execution_options={"synchronize_session": False},
    )


def hash_key(limit: Limit, key: str) -> str:
    """Return what is kept of a key; the same key has another hash under another limit."""
    return blind_index(f"try.{limit.kind}", key)


def _is_used_up(session: Session, limit: Limit, key_hash: str, at: datetime) -> bool:
    """Say whether as many tries as a limit lets pass were noted within its window."""
    query = select(func.count(PublicTry.id)).where(
        PublicTry.kind == limit.kind,
        PublicTry.key_hash == key_hash,
        PublicTry.at > at - limit.window,
    )
    return (session.scalar(query) or 0) >= limit.most


def _wait_for_turn(session: Session, key_hashes: set[str]) -> None:
    """Keep others with one of these keys waiting until the commit.

    A transaction that writes is alone in SQLite already. PostgreSQL gives a lock for each key; all
    take theirs in one order, so that no two wait for each other.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    for number in sorted(_lock_number(key_hash) for key_hash in key_hashes):
        session.execute(select(func.pg_advisory_xact_lock(literal(number, BigInteger))))


def _lock_number(key_hash: str) -> int:
    """Return the number of a key's lock: 64 bits with a sign, as PostgreSQL counts locks."""
    return int.from_bytes(bytes.fromhex(key_hash)[:8], signed=True)
