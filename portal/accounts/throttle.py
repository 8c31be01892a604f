"""Limits on guessing passwords and codes, counted in the database, exact for all processes.

A try is noted and committed before it is judged, so that many at once can't all pass. Only tries
that were judged and failed count. Whoever guesses from elsewhere uses up their own pair of account
and address; the limit of the account as a whole spares networks from which somebody signed in to
it lately, so a stranger can't keep its owner out, and an address that changes within its network
stays known.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from portal.accounts.models import SignInTry
from portal.core.actors import near_network, sender_network
from portal.core.crypto import blind_index

WINDOW = timedelta(minutes=15)
#: Failed tries within the window: of an account from one address, of an account, from an address.
MOST_OF_PAIR, MOST_OF_ACCOUNT, MOST_OF_ADDRESS = 5, 20, 50
#: So long a network counts as one of the account's own.
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
        """Return what is kept of the address of a try; all of an IPv6 line count as one."""
        return blind_index("try.address", sender_network(self.address))

    @property
    def network_hash(self) -> str:
        """Return what is kept of the network from which a try was right."""
        return blind_index("try.network", near_network(self.address))


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
    return not _is_known(session, guess, at)


def note_success(session: Session, *, noted: SignInTry, guess: Guess) -> None:
    """Note that a try was right: it counts against nobody, and its network is known from now on."""
    noted.succeeded, noted.address_hash = True, guess.network_hash
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


def _is_known(session: Session, guess: Guess, at: datetime) -> bool:
    """Say whether somebody signed in to the account from the network lately."""
    query = select(SignInTry.id).where(
        SignInTry.kind == "code",
        SignInTry.succeeded,
        SignInTry.at > at - KNOWN_FOR,
        SignInTry.account_hash == guess.account_hash,
        SignInTry.address_hash == guess.network_hash,
    )
    return session.scalar(query.limit(1)) is not None
