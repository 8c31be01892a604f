"""Writes of the outbox. A letter is a row in the transaction of its cause."""

import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.errors import Conflict, Gone, Invalid, NotFound
from portal.core.i18n import LANGUAGES
from portal.notifications import queries
from portal.notifications.kinds import kind_of
from portal.notifications.models import Letter, index_recipient
from portal.notifications.rules import (
    Channel,
    LetterState,
    Parcel,
    can_move,
    describe_failure,
    is_final,
    next_try,
    normal_recipient,
    rescue_after,
)

#: Set in ``session.info`` when the transaction holds a new letter; see ``start.py``.
HAS_LETTERS = "portal_has_letters"
#: The ``last_error`` of a letter that was being sent when its worker was killed.
WORKER_LOST = "worker lost"
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
    refuse_foreign_links(context)
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
    audit.record(session, actor=actor, deed="letter.send_again", kind="letters", row_id=letter.id)
    return letter


def take_letter(session: Session, *, at: datetime) -> Parcel | None:
    """Mark the letter that is due first as being sent, and return what its carrier needs.

    Call it in a transaction of its own that waits for its turn (``begin_write``): then no two
    workers take one letter.
    """
    letter = queries.due_letter(session, at)
    if letter is None:
        return None
    change_state(letter, LetterState.SENDING)
    letter.attempts += 1
    letter.taken_at = at
    session.flush()
    return Parcel(
        letter_id=letter.id,
        kind=letter.kind,
        channel=letter.channel,
        language=letter.language,
        recipient=letter.recipient or "",
        context=letter.context or {},
        message_id=letter.message_id,
        taken_at=at,
    )


def note_sent(session: Session, parcel: Parcel, *, at: datetime) -> None:
    """Note that the letter of a parcel is on its way."""
    letter = _letter_of(session, parcel)
    if letter is not None:
        change_state(letter, LetterState.SENT)
        letter.sent_at, letter.last_error = at, None
        session.flush()


def note_failure(
    session: Session, parcel: Parcel, error: Exception, *, at: datetime
) -> datetime | None:
    """Note that a parcel was not taken, and return when it is tried again; None: not any more."""
    letter = _letter_of(session, parcel)
    if letter is None:
        return None
    due = None if is_final(error) else next_try(letter.attempts, at)
    _put_back(letter, due, describe_failure(error))
    session.flush()
    return due


def rescue_letters(session: Session, *, at: datetime, timeout_seconds: int) -> int:
    """Put letters back whose worker was killed while it sent them; return how many.

    Whether the server had taken such a letter nobody knows: it goes out again with the same
    Message-ID, rather twice than never.
    """
    lost = queries.lost_letters(session, at - rescue_after(timeout_seconds))
    for letter in lost:
        has_more = next_try(letter.attempts, at) is not None
        _put_back(letter, at if has_more else None, WORKER_LOST)
    session.flush()
    return len(lost)


def erase_letters(session: Session, *, before: datetime) -> int:
    """Erase recipient and content of letters that were sent or given up before; return how many.

    The row stays, so that counts and the trail stay true.
    """
    letters = queries.finished_letters(session, before)
    for letter in letters:
        letter.recipient = letter.recipient_index = letter.context = None
    session.flush()
    return len(letters)


def note_bounces(session: Session, names: Iterable[str], *, actor: str, at: datetime) -> int:
    """Note letters that came back, named by Message-ID or by address; return how many.

    An address names the letter that was sent to it last. A letter that was noted before keeps
    its time, and is counted again.
    """
    found = {letter for name in names if (letter := queries.find_sent(session, name))}
    for letter in sorted(found, key=lambda letter: letter.id):
        if letter.bounced_at is None:
            letter.bounced_at = at
            audit.record(
                session, actor=actor, deed="letter.bounced", kind="letters", row_id=letter.id
            )
    session.flush()
    return len(found)


def change_state(letter: Letter, state: LetterState) -> None:
    """Move a letter on; no other function changes its state.

    :raise Conflict: the table of moves has no such move
    """
    if not can_move(letter.state, state):
        raise Conflict(_("The letter has moved on. Load the page again to see how it stands."))
    letter.state = state


def _letter_of(session: Session, parcel: Parcel) -> Letter | None:
    """Return a parcel's letter, or None when it was rescued from this worker meanwhile."""
    letter = session.get(Letter, parcel.letter_id, with_for_update=True)
    if letter is None or letter.state != LetterState.SENDING or letter.taken_at != parcel.taken_at:
        return None
    return letter


def _put_back(letter: Letter, due: datetime | None, reason: str) -> None:
    """Let a letter wait for another try, or give it up when none is due."""
    letter.last_error = reason
    if due is None:
        change_state(letter, LetterState.FAILED)
    else:
        change_state(letter, LetterState.RETRY)
        letter.next_at = due


def _check_recipient(channel: Channel, to: str) -> str:
    """Return a recipient in its normal form."""
    recipient = normal_recipient(channel, to)
    if recipient is not None:
        return recipient
    if channel == Channel.TEXT_MESSAGE:
        raise Invalid(_("Write the phone number in digits, such as 010-1234-5678."))
    raise Invalid(_("Write the e-mail address like name@example.kr."))


def refuse_foreign_links(context: Mapping[str, str]) -> None:
    """Refuse values that lead elsewhere, wherever a link stands in them.

    What somebody types must not become a lure.

    :raise Invalid: one does
    """
    site = re.escape(str(current_app.config["SITE_URL"]))
    # A host goes on with more than a slash: what only begins like ours is another one.
    own = re.compile(rf"(?<![\w+.-]){site}(?:/|(?=\s|$))")
    for value in context.values():
        if _LINK.search(own.sub(" ", value)):
            raise Invalid(_("A letter may link to this site only. Leave the web address out."))


def _new_message_id() -> str:
    """Return a new Message-ID under the domain of the sender (RFC 5322, 3.6.4)."""
    domain = str(current_app.config["MAIL_SENDER"]).rpartition("@")[2].rstrip(">")
    return f"<{secrets.token_hex(16)}@{domain}>"
