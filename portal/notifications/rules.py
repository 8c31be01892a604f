"""Rules of letters: their states, when another try is due, and what a failure tells."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException


class Channel(StrEnum):
    """The way a letter takes to a person."""

    EMAIL = "email"
    TEXT_MESSAGE = "text_message"


class LetterState(StrEnum):
    """Where a letter stands on its way."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"


@dataclass(frozen=True)
class Parcel:
    """A letter that a worker has taken, with all its carrier needs.

    :ivar taken_at: tells this taking from a later one of another worker
    """

    letter_id: int
    kind: str
    channel: Channel
    language: str
    recipient: str
    context: Mapping[str, str]
    message_id: str
    taken_at: datetime


#: The moves a letter may make. From sent there is no way back: it would arrive twice.
MOVES: dict[LetterState, frozenset[LetterState]] = {
    LetterState.QUEUED: frozenset((LetterState.SENDING,)),
    LetterState.SENDING: frozenset((LetterState.SENT, LetterState.RETRY, LetterState.FAILED)),
    LetterState.RETRY: frozenset((LetterState.SENDING,)),
    LetterState.FAILED: frozenset((LetterState.QUEUED,)),
    LetterState.SENT: frozenset(),
}
#: Letters in these states wait for the worker to take them.
WAITING = (LetterState.QUEUED, LetterState.RETRY)

#: How long to wait after each failed attempt (issue 4, section 5); after the last there is none.
RETRY_DELAYS = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
#: A sending waits for the server at most about twenty times (connect on each address, greeting,
#: two EHLO, STARTTLS and its handshake, sign-in, MAIL, RCPT, DATA, the end of the data, RSET,
#: QUIT), each time at most the timeout of the settings. After half as many again nobody sends.
MOST_WAITS_OF_A_SENDING = 30
#: Three attempts have failed by then (10 s + 1 min + 10 min): it is more than a busy server.
LATE_AFTER = timedelta(minutes=15)

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")
_PHONE = re.compile(r"\+?[0-9]{8,15}")
_ENHANCED_CODE = re.compile(r"\b[245]\.[0-9]{1,3}\.[0-9]{1,3}\b")


def can_move(before: LetterState, after: LetterState) -> bool:
    """Say whether a letter may go from one state to another."""
    return after in MOVES[before]


def next_try(attempts: int, at: datetime) -> datetime | None:
    """Return when a letter is tried again, or None when it was tried often enough.

    :param attempts: attempts made so far, 1 or more
    :param at: when the last one failed
    """
    if attempts > len(RETRY_DELAYS):
        return None
    return at + RETRY_DELAYS[attempts - 1]


def rescue_after(timeout_seconds: int) -> timedelta:
    """Return after how long a letter that is being sent has lost its worker."""
    return timedelta(seconds=MOST_WAITS_OF_A_SENDING * timeout_seconds)


def normal_recipient(channel: Channel, recipient: str) -> str | None:
    """Return an address in the form in which it is kept and found, or None when it is none."""
    if channel == Channel.TEXT_MESSAGE:
        digits = re.sub(r"[-\s]", "", recipient)
        return digits if _PHONE.fullmatch(digits) else None
    address = recipient.strip()
    return address if _ADDRESS.fullmatch(address) and not any(map(_is_odd, address)) else None


def _is_odd(sign: str) -> bool:
    """Say whether a sign is a control, a format mark such as RTL, a surrogate or unassigned."""
    return unicodedata.category(sign).startswith("C")


def mask_recipient(recipient: str | None) -> str:
    """Return what staff see of a recipient: ``k***@seoul.go.kr``, ``***78``; empty for none.

    The number of stars is always the same, so that they tell nothing.
    """
    if not recipient:
        return ""
    name, at_sign, domain = recipient.rpartition("@")
    if not at_sign:
        return f"***{recipient[-2:]}"
    return f"{name[:1] if len(name) > 1 else ''}***@{domain}"


def read_bounces(text: str) -> list[str]:
    """Return what a text of bounces names: a Message-ID or an address in each line."""
    return [name for line in text.splitlines() if (name := line.strip())]


def is_final(error: Exception) -> bool:
    """Say whether a failure will be the same at each try: person or letter were refused for good.

    A 5xx answer to the sign-in or the sender is a wrong setting, which somebody may mend.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(_is_permanent(code) for code, _words in error.recipients.values())
    return isinstance(error, SMTPDataError) and _is_permanent(error.smtp_code)


def ends_the_run(error: Exception) -> bool:
    """Say whether the server itself is out of reach, so that other letters would fail as well."""
    return isinstance(error, OSError) and not isinstance(
        error, (SMTPRecipientsRefused, SMTPDataError)
    )


def describe_failure(error: Exception) -> str:
    """Return what is kept of a failure: its kind and codes, never a server's words.

    Servers repeat the address in their answers.
    """
    code, answer = _answer_of(error)
    if code is None:
        return type(error).__name__
    enhanced = _ENHANCED_CODE.search(answer)
    return f"{type(error).__name__} {code}" + (f" {enhanced.group()}" if enhanced else "")


def _answer_of(error: Exception) -> tuple[int | None, str]:
    """Return the code and the words with which a server refused; None: it did not answer."""
    if isinstance(error, SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return code, str(words)
    if isinstance(error, SMTPResponseException):
        return error.smtp_code, str(error.smtp_error)
    return None, ""


def _is_permanent(code: int) -> bool:
    """Say whether a reply code is a permanent refusal (RFC 5321, 4.2.1)."""
    return 500 <= code < 600
