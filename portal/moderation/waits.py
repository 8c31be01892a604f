"""What staff home tells somebody: whose turn things are, what came back, what of theirs waits."""

from dataclasses import dataclass
from types import ModuleType

from flask_babel import gettext as _

from portal.accounts.guard import current_account
from portal.accounts.queries import names_of
from portal.accounts.rules import Permission
from portal.core.clock import real_now, today
from portal.core.permissions import is_allowed
from portal.core.sections import Section
from portal.extensions import db
from portal.moderation import queries, words
from portal.moderation.queries import QueueRow, SentBack, Turn

#: Staff home shows so many of each; the queue has all.
MOST_SHOWN = 20


@dataclass(frozen=True)
class Waits:
    """What waits for one person.

    :ivar mine: account key of the person
    :ivar waiting: everything that waits for a reviewer, the oldest first; empty for who is none
    :ivar turns: what waits, with who answers now, the person's own turns first
    :ivar sent_back: what came back to the person
    :ivar own: what the person handed in and nobody has decided
    :ivar names: of the people named, by their keys
    """

    mine: str
    waiting: tuple[QueueRow, ...]
    turns: tuple[Turn, ...]
    sent_back: tuple[SentBack, ...]
    own: tuple[QueueRow, ...]
    names: dict[str, str]
    words: ModuleType = words


def find_waits(_account_id: int) -> Section | None:
    """Return what waits for the person who is signed in, None when nothing does."""
    mine = current_account().key
    session = db.session()
    every = queries.waiting_for_review(session, at=real_now())
    turns = queries.turns_of(session, every, today()) if every else ()
    reviews = is_allowed(Permission.CONTENT_REVIEW)
    told = sorted(
        (turn for turn in turns if turn.answers == mine or reviews),
        key=lambda turn: turn.answers != mine,
    )[:MOST_SHOWN]
    waits = Waits(
        mine=mine,
        waiting=every if reviews else (),
        turns=tuple(told),
        sent_back=queries.sent_back_to(session, mine)[:MOST_SHOWN],
        own=tuple(row for row in every if row.author == mine)[:MOST_SHOWN],
        names=names_of(session, {turn.answers for turn in told if turn.answers}),
    )
    if not (waits.turns or waits.sent_back or waits.own):
        return None
    return Section(_("What waits for you"), "moderation/_waits.html", waits)
