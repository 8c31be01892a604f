"""The states of a publishable row, and the table of moves between them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.accounts.rules import Permission


class PublicationState(StrEnum):
    """Where a row stands on its way to the public."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"


class Move(StrEnum):
    """What can be done with a publishable row."""

    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    SCHEDULE = "schedule"
    PUBLISH = "publish"
    PROPOSE = "propose"
    RECALL = "recall"
    DECLINE = "decline"
    ACCEPT = "accept"
    CORRECT = "correct"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    ARCHIVE = "archive"
    RELEASE = "release"
    EXPIRE = "expire"


class Refusal(StrEnum):
    """Why a move is refused."""

    NO_PERMISSION = "no_permission"
    WRONG_STATE = "wrong_state"
    NO_REASON = "no_reason"
    SAME_PERSON = "same_person"
    NOTHING_NEW = "nothing_new"
    NOT_READ = "not_read"
    NOT_PROPOSED = "not_proposed"
    NO_REVIEW_DUE = "no_review_due"
    TOO_EARLY = "too_early"
    ENDS_FIRST = "ends_first"


@dataclass(frozen=True)
class Actor:
    """Who does something.

    :ivar key: such as ``staff:12``
    :ivar permissions: what they may do to the thing at hand
    """

    key: str
    permissions: frozenset[str] = frozenset()


#: The worker, which publishes and withdraws at the hours that people approved.
CLOCK = Actor("clock")


@dataclass(frozen=True)
class Window:
    """When a thing is public, in business time; None: from now on, or without end."""

    publish_at: datetime | None = None
    withdraw_at: datetime | None = None


@dataclass(frozen=True)
class MoveRule:
    """One line of the table of moves.

    :ivar permission: what the actor needs; None: only the clock does it. Where it is the one to
        write, it stands for what writing rows of this kind needs
    :ivar sources: from which states
    :ivar target: to which state
    :ivar needs_reason: whether the actor says why
    :ivar needs_another: whether the actor must be somebody else than the author
    :ivar reads_newest: whether the actor must have read the newest revision
    """

    permission: Permission | None
    sources: frozenset[PublicationState]
    target: PublicationState
    needs_reason: bool = False
    needs_another: bool = False
    reads_newest: bool = False


def _from(*states: PublicationState) -> frozenset[PublicationState]:
    return frozenset(states)


_S = PublicationState
_WRITE, _REVIEW = Permission.CONTENT_WRITE, Permission.CONTENT_REVIEW
_WITHDRAW = Permission.CONTENT_WITHDRAW

#: Nobody rewrites what is being reviewed or was approved for a later hour.
FROZEN = _from(_S.IN_REVIEW, _S.SCHEDULED)

#: The table of moves. The last two belong to the clock.
MOVES: dict[Move, MoveRule] = {
    Move.SUBMIT: MoveRule(_WRITE, _from(_S.DRAFT), _S.IN_REVIEW),
    Move.TAKE_BACK: MoveRule(_WRITE, _from(_S.IN_REVIEW, _S.SCHEDULED), _S.DRAFT),
    Move.SEND_BACK: MoveRule(_REVIEW, _from(_S.IN_REVIEW), _S.DRAFT, needs_reason=True),
    Move.SCHEDULE: MoveRule(
        _REVIEW, _from(_S.IN_REVIEW), _S.SCHEDULED, needs_another=True, reads_newest=True
    ),
    Move.PUBLISH: MoveRule(
        _REVIEW, _from(_S.IN_REVIEW), _S.PUBLISHED, needs_another=True, reads_newest=True
    ),
    Move.PROPOSE: MoveRule(_WRITE, _from(_S.PUBLISHED), _S.PUBLISHED),
    Move.RECALL: MoveRule(_WRITE, _from(_S.PUBLISHED), _S.PUBLISHED),
    Move.DECLINE: MoveRule(_REVIEW, _from(_S.PUBLISHED), _S.PUBLISHED, needs_reason=True),
    Move.ACCEPT: MoveRule(
        _REVIEW,
        _from(_S.PUBLISHED),
        _S.PUBLISHED,
        needs_reason=True,
        needs_another=True,
        reads_newest=True,
    ),
    Move.CORRECT: MoveRule(
        _REVIEW, _from(_S.PUBLISHED), _S.PUBLISHED, needs_reason=True, reads_newest=True
    ),
    Move.CONFIRM: MoveRule(_REVIEW, _from(_S.PUBLISHED), _S.PUBLISHED, needs_another=True),
    Move.WITHDRAW: MoveRule(_WITHDRAW, _from(_S.PUBLISHED), _S.WITHDRAWN, needs_reason=True),
    Move.REOPEN: MoveRule(_WRITE, _from(_S.WITHDRAWN, _S.ARCHIVED), _S.DRAFT),
    Move.ARCHIVE: MoveRule(_WITHDRAW, _from(_S.WITHDRAWN), _S.ARCHIVED),
    Move.RELEASE: MoveRule(None, _from(_S.SCHEDULED), _S.PUBLISHED),
    Move.EXPIRE: MoveRule(None, _from(_S.PUBLISHED), _S.WITHDRAWN),
}


#: What asks for a review, what approves the newest words, what changes something public.
ASKING = frozenset((Move.SUBMIT, Move.PROPOSE))
APPROVING = frozenset((Move.SCHEDULE, Move.PUBLISH, Move.ACCEPT))
CHANGING = frozenset((Move.ACCEPT, Move.CORRECT))

#: What is done with a change that was handed in.
_OF_PROPOSALS = frozenset((Move.RECALL, Move.ACCEPT, Move.DECLINE))


@dataclass(frozen=True)
class Standing:
    """How a row stands when somebody wants to move it.

    :ivar newest: number of its newest revision; 0: it has none
    :ivar shown: number of the revision whose values the row holds
    :ivar authors: who wrote what no second person has approved yet, and who submitted it
    :ivar is_proposed: whether a change of a public row waits for its review
    :ivar review_due: whether an urgent correction waits for its later review
    :ivar write_permission: what writing rows of this kind needs
    """

    state: PublicationState
    newest: int
    shown: int
    authors: frozenset[str]
    is_proposed: bool
    review_due: bool
    window: Window
    write_permission: Permission = Permission.CONTENT_WRITE


def refusal_of(
    move: Move,
    standing: Standing,
    actor: Actor,
    *,
    reason: str,
    seen: int | None,
    now: datetime,
    one_person_will_do: bool = False,
) -> Refusal | None:
    """Return why a move is refused, None when it may be made.

    :param seen: number of the revision that the actor read
    :param now: business time
    :param one_person_will_do: the council lets one person write and approve this kind
    """
    rule = MOVES[move]
    refused = {
        Refusal.NO_PERMISSION: not _may(actor, rule, standing),
        Refusal.WRONG_STATE: standing.state not in rule.sources
        or (move is Move.PROPOSE and standing.is_proposed),
        Refusal.NO_REASON: rule.needs_reason and not reason.strip(),
        Refusal.NO_REVIEW_DUE: move is Move.CONFIRM and not standing.review_due,
        Refusal.NOT_PROPOSED: move in _OF_PROPOSALS and not standing.is_proposed,
        Refusal.NOTHING_NEW: _has_nothing_new(move, standing),
        Refusal.SAME_PERSON: rule.needs_another
        and actor.key in standing.authors
        and not one_person_will_do,
        Refusal.NOT_READ: rule.reads_newest and seen != standing.newest,
        Refusal.TOO_EARLY: _is_too_early(move, standing.window, now),
        Refusal.ENDS_FIRST: _ends_first(move, standing.window, now),
    }
    return next((refusal for refusal, holds in refused.items() if holds), None)


def _may(actor: Actor, rule: MoveRule, standing: Standing) -> bool:
    """Say whether an actor has the permission that a move of this kind of row needs."""
    if rule.permission is None:
        return actor == CLOCK
    needed = standing.write_permission if rule.permission is _WRITE else rule.permission
    return needed in actor.permissions


def _has_nothing_new(move: Move, standing: Standing) -> bool:
    """Say whether a move lacks the revision it is about."""
    if move is Move.SUBMIT:
        return standing.newest == 0
    return move in (Move.PROPOSE, Move.CORRECT) and standing.newest <= standing.shown


def _is_too_early(move: Move, window: Window, now: datetime) -> bool:
    """Say whether the hour of a move is wrong: later things are scheduled, due ones published."""
    is_later = window.publish_at is not None and window.publish_at > now
    if move is Move.EXPIRE:
        return window.withdraw_at is None or window.withdraw_at > now
    if move in (Move.PUBLISH, Move.RELEASE):
        return is_later
    return move is Move.SCHEDULE and not is_later


def _ends_first(move: Move, window: Window, now: datetime) -> bool:
    """Say whether a thing would leave before it comes."""
    if move not in (Move.PUBLISH, Move.SCHEDULE) or window.withdraw_at is None:
        return False
    return window.withdraw_at <= max(window.publish_at or now, now)
