"""Limits on guessing passwords and codes, counted in the database, exact for all processes.

A try is noted and committed before it is judged, so that many at once can't all pass. Only tries
that were judged and failed count. Whoever guesses from elsewhere uses up their own pair of account
and address; the limit of the account as a whole spares addresses from which somebody signed in to
it lately, so a stranger can't keep its owner out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from portal.accounts.models import SignInTry
from portal.core.crypto import blind_index

WINDOW = timedelta(minutes=15)
#: Failed tries within the window: of an account from one address, of an account, from an address.
MOST_OF_PAIR, MOST_OF_ACCOUNT, MOST_OF_ADDRESS = 5, 20, 50
#: So long an address counts as one of the account's own.
KNOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Guess:
    """What is about to be tried: a password or a code, for an account, from an address."""

    kind: str
    account: str
    address: str

    @property
    def account_hash(self) -> str:
        """Return what is kept of the account."""
        return blind_index("try.account", self.account)

    @property
    def address_hash(self) -> str:
        """Return what is kept of the address."""
        return blind_index("try.address", self.address)


def note_try(session: Session, *, guess: Guess, at: datetime) -> SignInTry:
    """Note a try; the caller commits before asking ``is_over_limit``."""
    noted = SignInTry(
        kind=guess.kind,
        account_hash=guess.account_hash,
        address_hash=guess.address_hash,
        at=at,
        succeeded=False,
    )
    session.add(noted)
    session.flush()
    return noted


def is_over_limit(session: Session, *, guess: Guess, at: datetime) -> bool:
    """Say whether a noted try is one too many."""
    account = SignInTry.account_hash == guess.account_hash
    address = SignInTry.address_hash == guess.address_hash
    if _failed(session, guess, at, account, address) > MOST_OF_PAIR:
        return True
    if _failed(session, guess, at, address) > MOST_OF_ADDRESS:
        return True
    if _failed(session, guess, at, account) <= MOST_OF_ACCOUNT:
        return False
    return not _is_known(session, at, account, address)


def note_success(session: Session, *, noted: SignInTry) -> None:
    """Note that a try was right; it counts against nobody."""
    noted.succeeded = True
    session.flush()


def forget_refused(session: Session, *, noted: SignInTry) -> None:
    """Forget a try that was refused unjudged, so that asking again doesn't lengthen the wait."""
    session.delete(noted)
    session.flush()


def forget_old_tries(session: Session, *, at: datetime) -> None:
    """Forget what no limit needs any more."""
    over = (SignInTry.at < at - WINDOW) & SignInTry.succeeded.is_(False)
    session.execute(delete(SignInTry).where(over | (SignInTry.at < at - KNOWN_FOR)))


def _failed(session: Session, guess: Guess, at: datetime, *whose: ColumnElement[bool]) -> int:
    """Return how many tries failed within the window, the one under way included."""
    query = select(func.count(SignInTry.id)).where(
        SignInTry.kind == guess.kind,
        SignInTry.at > at - WINDOW,
        SignInTry.succeeded.is_(False),
        *whose,
    )
    return session.scalar(query) or 0


def _is_known(session: Session, at: datetime, *whose: ColumnElement[bool]) -> bool:
    """Say whether somebody signed in to the account from the address lately."""
    query = select(SignInTry.id).where(
        SignInTry.kind == "code", SignInTry.succeeded, SignInTry.at > at - KNOWN_FOR, *whose
    )
    return session.scalar(query.limit(1)) is not None
