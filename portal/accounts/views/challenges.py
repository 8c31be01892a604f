"""Challenges for authenticators: made with a page, kept in the signed cookie until the answer."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, request, session

from portal.accounts.authenticator import (
    Owner,
    RelyingParty,
    creation_options,
    relying_party,
    request_options,
)
from portal.accounts.models import StaffAccount, StaffPasskey
from portal.accounts.passkeys import CHALLENGE_LIVES, handle_of
from portal.core.clock import real_now

_CHALLENGE = "challenge"
_CHALLENGE_BYTES = 32


@dataclass(frozen=True)
class Question:
    """What a page asks of an authenticator.

    :ivar options: JSON for the browser; empty where passkeys don't work
    :ivar place: address at which they work; empty: at none
    """

    options: str
    place: str


def ask_to_sign_in(passkeys: tuple[StaffPasskey, ...] = ()) -> Question:
    """Ask for one of somebody's passkeys; without any, for whichever there is."""
    known = [passkey.credential_id for passkey in passkeys]
    return _ask(lambda party, challenge: request_options(party, known=known, challenge=challenge))


def ask_for_new(account: StaffAccount, passkeys: tuple[StaffPasskey, ...]) -> Question:
    """Ask for a new passkey of somebody who may have others."""
    known = [passkey.credential_id for passkey in passkeys]
    owner = Owner(handle_of(account), account.email, account.name)
    return _ask(
        lambda party, challenge: creation_options(
            party, owner=owner, known=known, challenge=challenge
        )
    )


def take_challenge() -> tuple[RelyingParty, bytes] | None:
    """Return the site and the challenge that waits for an answer, once; None when none does."""
    party, kept = _party(), session.pop(_CHALLENGE, None)
    if party is None or not kept:
        return None
    value, asked_at = kept
    is_over = real_now().timestamp() - asked_at >= CHALLENGE_LIVES.total_seconds()
    return None if is_over else (party, bytes.fromhex(value))


def _ask(write: Callable[[RelyingParty, bytes], str]) -> Question:
    """Return a question with a new challenge, where the browser can put it."""
    party = _party()
    if party is None or request.host_url.rstrip("/") != party.origin:
        return Question("", party.origin if party else "")
    challenge = secrets.token_bytes(_CHALLENGE_BYTES)
    session[_CHALLENGE] = (challenge.hex(), real_now().timestamp())
    return Question(write(party, challenge), party.origin)


def _party() -> RelyingParty | None:
    return relying_party(current_app.config["SITE_URL"])
