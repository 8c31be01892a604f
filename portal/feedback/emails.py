"""The letters to somebody who told what is wrong: received, answered, hidden.

None repeats what the reader wrote; the answer is the staff's own text.
"""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from portal.core.i18n import in_language
from portal.feedback.models import Remark
from portal.feedback.rules import LETTER_WINDOW, MOST_LETTERS
from portal.feedback.words import HIDE_WORDS
from portal.notifications.kinds import Kind, register_kind
from portal.notifications.queries import count_letters
from portal.notifications.services import queue_letter

RECEIVED = register_kind(
    Kind(
        "remark_received",
        _l("We have your remark no. %(number)s"),
        {"number": "17", "path": "/feedback/AbCdEfGhIjKlMnOpQrStUv"},
    )
)
ANSWERED = register_kind(
    Kind(
        "remark_answered",
        _l("The answer to your remark no. %(number)s"),
        {"number": "17", "answer": "2020. 10. 5."},
    )
)
HIDDEN = register_kind(
    Kind(
        "remark_hidden",
        _l("Your remark no. %(number)s gets no answer"),
        {"number": "17", "reason": "…"},
    )
)


def write_received(session: Session, remark: Remark, *, key: str, at: datetime) -> None:
    """Tell that a remark has arrived, with its number and where it can be looked at.

    The address may be somebody else's: after some letters in a day it gets no more of them.

    :param key: the form's key, which opens the page that shows how it stands
    """
    since = at - LETTER_WINDOW
    if count_letters(session, RECEIVED.name, remark.email or "", since) < MOST_LETTERS:
        _queue(session, remark, RECEIVED, {"path": f"/feedback/{key}"}, at)


def write_answered(session: Session, remark: Remark, *, at: datetime) -> None:
    """Send the answer."""
    _queue(session, remark, ANSWERED, {"answer": remark.answer or ""}, at)


def write_hidden(session: Session, remark: Remark, *, at: datetime) -> None:
    """Tell that there will be no answer, and why."""
    assert remark.hidden_because is not None
    with in_language(remark.language):
        reason = str(HIDE_WORDS[remark.hidden_because])
    _queue(session, remark, HIDDEN, {"reason": reason}, at)


def _queue(
    session: Session, remark: Remark, kind: Kind, context: dict[str, str], at: datetime
) -> None:
    """Queue a letter to the reader, unless they want none."""
    if remark.email is None:
        return
    queue_letter(
        session,
        kind=kind.name,
        to=remark.email,
        language=remark.language,
        context={"number": str(remark.id), **context},
        at=at,
    )
