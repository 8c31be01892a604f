"""Writes of the outbox. A letter is a row in the transaction of its cause."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.errors import Conflict, Gone, Invalid, NotFound
from portal.core.i18n import LANGUAGES
from portal.notifications.kinds import kind_of
from portal.notifications.models import Letter, index_recipient
from portal.notifications.rules import Channel, LetterState, can_move, normal_recipient

#: Set in ``session.info`` when the transaction holds a new letter; see ``start.py``.
HAS_LETTERS = "portal_has_letters"
_LINK = re.compile(r"(?i)\b(?:[a-z][a-z0-9+.-]*://|www\.)")


def queue_letter(
    session: Session,
    *,
    kind: str,
    to: str,
    language: str,
    context: Mapping[str, str],
    at: datetime,
    not_before: datetime | None = None,
    channel: Channel = Channel.EMAIL,
) -> Letter:
    """Put a letter into the outbox, in the caller's transaction; the worker sends it.

    :param kind: name of a registered kind
    :param to: e-mail address, or phone number for a text message
    :param language: ``ko`` or ``en``
    :param context: the values its template and subject name; links lead to the portal only
    :param at: the real time
    :param not_before: when it may go at the earliest; None: at once
    :return: the letter, with its id
    :raise Invalid: the recipient is no address, or a value links to another site
    :raise KeyError: no feature registered the kind or there is no such language
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    _refuse_foreign_links(context)
    recipient = _check_recipient(channel, to)
    due = max(at, not_before or at)
    letter = Letter(
        kind=kind_of(kind).name,
        channel=channel,
        language=language,
        recipient=recipient,
        recipient_index=index_recipient(recipient),
        context=dict(context),
        message_id=_new_message_id(),
        state=LetterState.QUEUED,
        attempts=0,
        not_before=due,
        next_at=due,
    )
    session.add(letter)
    session.flush()
    session.info[HAS_LETTERS] = True
    return letter


def send_again(session: Session, letter_id: int, *, actor: str, at: datetime) -> Letter:
    """Put a letter that failed back into the outbox, with all its attempts before it.

    :param actor: key of the person who asks, for the trail
    :raise NotFound: there is no such letter
    :raise Gone: its recipient was erased
    :raise Conflict: it did not fail
    """
    letter = session.get(Letter, letter_id, with_for_update=True)
    if letter is None:
        raise NotFound(_("There is no such letter."))
    if letter.recipient is None:
        raise Gone(_("The letter's recipient has been erased. Write a new letter."))
    change_state(letter, LetterState.QUEUED)
    letter.attempts = 0
    letter.not_before = letter.next_at = at
    session.flush()
    session.info[HAS_LETTERS] = True
    audit.record(actor, "send_again", "letters", letter.id, {})
    return letter


def change_state(letter: Letter, state: LetterState) -> None:
    """Move a letter on; no other function changes its state.

    :raise Conflict: the table of moves has no such move
    """
    if not can_move(letter.state, state):
        raise Conflict(_("The letter has moved on. Load the page again to see how it stands."))
    letter.state = state


def _check_recipient(channel: Channel, to: str) -> str:
    """Return a recipient in its normal form."""
    recipient = normal_recipient(channel, to)
    if recipient is not None:
        return recipient
    if channel == Channel.TEXT_MESSAGE:
        raise Invalid(_("Write the phone number in digits, such as 010-1234-5678."))
    raise Invalid(_("Write the e-mail address like name@example.kr."))


def _refuse_foreign_links(context: Mapping[str, str]) -> None:
    """Refuse values that lead elsewhere: what somebody types must not become a lure."""
    own = str(current_app.config["SITE_URL"]) + "/"
    for value in context.values():
        rest = value.removeprefix(own)
        if _LINK.search(rest):
            raise Invalid(_("A letter may link to this site only. Leave the web address out."))


def _new_message_id() -> str:
    """Return a new Message-ID under the domain of the sender (RFC 5322, 3.6.4)."""
    domain = str(current_app.config["MAIL_SENDER"]).rpartition("@")[2].rstrip(">")
    return f"<{secrets.token_hex(16)}@{domain}>"
