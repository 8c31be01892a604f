"""The letters to somebody who sent an opinion: received, published, hidden, restored, answered.

None repeats the opinion. Only who left an address gets them. The page that shows how an opinion
stands is named in the first letter alone: its key is kept nowhere.
"""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from portal.core.i18n import in_language
from portal.hearings.models import Hearing, Opinion
from portal.hearings.opinion_words import RULE_WORDS
from portal.hearings.rules.opinions import LETTER_WINDOW, MOST_LETTERS
from portal.notifications.kinds import Kind, register_kind
from portal.notifications.queries import count_letters
from portal.notifications.services import queue_letter

_SAMPLE = {"number": "K7QM-29XD", "path": "/hearings/budget-forum/opinions"}
RECEIVED = register_kind(
    Kind(
        "opinion_received",
        _l("We have your opinion no. %(number)s"),
        {"number": "K7QM-29XD", "path": "/hearings/opinions/AbCdEfGhIjKlMnOpQrStUv"},
    )
)
PUBLISHED = register_kind(
    Kind("opinion_published", _l("Your opinion no. %(number)s is published"), _SAMPLE)
)
HIDDEN = register_kind(
    Kind(
        "opinion_hidden",
        _l("Your opinion no. %(number)s is not shown"),
        {"number": "K7QM-29XD", "rule": "…", "path": "/hearings/house-rules"},
    )
)
RESTORED = register_kind(
    Kind("opinion_restored", _l("Your opinion no. %(number)s is shown after all"), _SAMPLE)
)
UPHELD = register_kind(
    Kind(
        "opinion_upheld",
        _l("Your opinion no. %(number)s stays hidden"),
        {"number": "K7QM-29XD", "rule": "…", "path": "/hearings/house-rules"},
    )
)
ANSWERED = register_kind(
    Kind("opinion_answered", _l("The council answered your opinion no. %(number)s"), _SAMPLE)
)

HOUSE_RULES = "/hearings/house-rules"


def write_received(session: Session, opinion: Opinion, *, key: str, at: datetime) -> None:
    """Tell that an opinion has arrived, with its number and where it can be looked at.

    The address may be somebody else's: after some letters in a day it gets no more of them.

    :param key: the form's key, which opens the page that shows how it stands
    """
    since = at - LETTER_WINDOW
    if count_letters(session, RECEIVED.name, opinion.email or "", since) < MOST_LETTERS:
        _queue(session, opinion, RECEIVED, {"path": f"/hearings/opinions/{key}"}, at)


def write_published(session: Session, opinion: Opinion, hearing: Hearing, *, at: datetime) -> None:
    """Tell that everybody can read it now, and where."""
    _queue(session, opinion, PUBLISHED, {"path": _page_of(hearing)}, at)


def write_hidden(session: Session, opinion: Opinion, *, at: datetime) -> None:
    """Tell by which rule it is not shown, and how to object."""
    _queue(session, opinion, HIDDEN, _rule_of(opinion), at)


def write_restored(session: Session, opinion: Opinion, hearing: Hearing, *, at: datetime) -> None:
    """Tell that the objection was right."""
    _queue(session, opinion, RESTORED, {"path": _page_of(hearing)}, at)


def write_upheld(session: Session, opinion: Opinion, *, at: datetime) -> None:
    """Tell that another moderator hides it, too."""
    _queue(session, opinion, UPHELD, _rule_of(opinion), at)


def write_answered(session: Session, opinion: Opinion, hearing: Hearing, *, at: datetime) -> None:
    """Tell that the council's answer stands beside it."""
    _queue(session, opinion, ANSWERED, {"path": _page_of(hearing)}, at)


def _page_of(hearing: Hearing) -> str:
    return f"/hearings/{hearing.slug}/opinions"


def _rule_of(opinion: Opinion) -> dict[str, str]:
    """Return the rule by which it is hidden, in its author's language."""
    assert opinion.hidden_because is not None
    with in_language(opinion.language):
        return {"rule": str(RULE_WORDS[opinion.hidden_because]), "path": HOUSE_RULES}


def _queue(
    session: Session, opinion: Opinion, kind: Kind, context: dict[str, str], at: datetime
) -> None:
    """Queue a letter to the author, unless they want none."""
    if opinion.email is None:
        return
    queue_letter(
        session,
        kind=kind.name,
        to=opinion.email,
        language=opinion.language,
        context={"number": opinion.number, **context},
        at=at,
    )
