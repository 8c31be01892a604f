"""What moderators decide about opinions: each flushes. The audit lines hold no words of anybody.

Every decision raises the scope of the hearing's page, so that nobody reads an old one.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.errors import Conflict, Invalid, NotFound
from portal.core.personal_data import Finding, find_personal
from portal.core.personal_rules import CAN_BE_ALLOWED
from portal.core.versions import raise_version
from portal.hearings.letters import opinions as letters
from portal.hearings.models import Hearing, Opinion
from portal.hearings.rules.opinions import (
    MOST_TOGETHER,
    MOVES,
    HouseRule,
    ObjectionState,
    OpinionMove,
    OpinionState,
    can_move,
    name_to_show,
)
from portal.hearings.scopes import scope_of

KIND = Opinion.__tablename__
_COVER = "●●●●"
#: What the trail calls the moves.
_DEEDS: Mapping[OpinionMove, str] = {
    OpinionMove.PUBLISH: "opinion.published",
    OpinionMove.CHANGE: "opinion.changed",
    OpinionMove.HIDE: "opinion.hidden",
    OpinionMove.REOPEN: "opinion.reopened",
    OpinionMove.RESTORE: "opinion.restored",
    OpinionMove.UPHOLD: "opinion.upheld",
}


def publish_opinions(
    session: Session,
    *,
    opinion_id: int,
    together: Collection[int],
    public_text: str,
    reason: str,
    actor: str,
    at: datetime,
) -> int:
    """Publish an opinion and those of the same text that the moderator saw; return how many.

    All show the text that the moderator read last; what each author wrote is kept beside it.

    :param together: ids of opinions that the page showed; of them those with the same text wait
    :param reason: why something that looks personal may stay, or why the text is another one
    :raise Conflict: somebody else decided it first
    :raise Invalid: something personal stands in it and no reason is given
    """
    chosen = _waiting(session, opinion_id, together)
    _check_personal(public_text, [_name_of(opinion) for opinion in chosen], reason)
    for opinion in chosen:
        _move(session, opinion, OpinionMove.PUBLISH, actor, at, reason or None)
        opinion.public_text, opinion.shown_name = public_text, _name_of(opinion)
        letters.write_published(session, opinion, _hearing_of(session, opinion), at=at)
    _show_anew(session, chosen[0])
    return len(chosen)


def change_public_text(
    session: Session, *, opinion_id: int, public_text: str, reason: str, actor: str, at: datetime
) -> None:
    """Change what everybody reads of a published opinion.

    :raise Conflict: it is not published any more
    :raise Invalid: no reason is given, or it can't make up for what stands in the text
    """
    if not reason:
        raise Invalid(_("Write why the text is changed."))
    opinion = _locked(session, opinion_id)
    _check_personal(public_text, [opinion.shown_name], reason)
    _move(session, opinion, OpinionMove.CHANGE, actor, at, reason)
    opinion.public_text = public_text
    _show_anew(session, opinion)


def hide_opinions(
    session: Session,
    *,
    opinion_id: int,
    together: Collection[int],
    seen: OpinionState,
    because: HouseRule,
    actor: str,
    at: datetime,
) -> int:
    """Hide an opinion by a house rule, and those of the same text that wait; return how many.

    One that is published is hidden alone.

    :param together: ids of opinions that the page showed
    :param seen: where it stood on that page: what somebody published meanwhile isn't hidden unread
    :raise Conflict: somebody else decided it first
    """
    is_waiting = _find(session, opinion_id).state is OpinionState.WAITING
    chosen = (
        _waiting(session, opinion_id, together) if is_waiting else [_locked(session, opinion_id)]
    )
    if any(each.state is not seen for each in chosen):
        raise Conflict(_moved_on())
    for each in chosen:
        _move(session, each, OpinionMove.HIDE, actor, at, because.value)
        each.hidden_because = because
        letters.write_hidden(session, each, at=at)
    _show_anew(session, chosen[0])
    return len(chosen)


def reopen_opinion(session: Session, *, opinion_id: int, actor: str, at: datetime) -> None:
    """Take an opinion up again that was hidden by mistake; it waits as long as it did.

    :raise Conflict: it is not hidden, or its author objected, which another moderator decides
    """
    opinion = _locked(session, opinion_id)
    _move(session, opinion, OpinionMove.REOPEN, actor, at)
    opinion.hidden_because = opinion.decided_by = opinion.decided_at = None
    opinion.public_text = opinion.shown_name = opinion.answer = opinion.answer_en = None
    _show_anew(session, opinion)


def restore_opinion(
    session: Session, *, opinion_id: int, public_text: str, reason: str, actor: str, at: datetime
) -> None:
    """Publish a hidden opinion after all, since its author was right to object.

    :raise Conflict: nobody objects, or it was this moderator who hid it
    :raise Invalid: something personal stands in it and no reason is given
    """
    opinion = _objected(session, opinion_id, actor)
    _check_personal(public_text, [_name_of(opinion)], reason)
    _move(session, opinion, OpinionMove.RESTORE, actor, at, reason or None)
    opinion.public_text, opinion.shown_name = public_text, _name_of(opinion)
    opinion.hidden_because = None
    _close_objection(opinion, ObjectionState.RESTORED, actor, at)
    letters.write_restored(session, opinion, _hearing_of(session, opinion), at=at)
    _show_anew(session, opinion)


def uphold_hiding(session: Session, *, opinion_id: int, actor: str, at: datetime) -> None:
    """Let an opinion stay hidden after another moderator read the objection.

    :raise Conflict: nobody objects, or it was this moderator who hid it
    """
    opinion = _objected(session, opinion_id, actor)
    _move(session, opinion, OpinionMove.UPHOLD, actor, at)
    _close_objection(opinion, ObjectionState.UPHELD, actor, at)
    letters.write_upheld(session, opinion, at=at)
    _show_anew(session, opinion)


def answer_opinion(
    session: Session, *, opinion_id: int, answer: str, answer_en: str, actor: str, at: datetime
) -> int:
    """Write the council's answer beside an opinion, and beside those of the same text.

    Others that were answered otherwise keep their answer. Authors get a letter the first time.

    :return: how many have this answer now
    :raise Conflict: it is not published
    """
    chosen = _to_answer(session, opinion_id)
    for each in chosen:
        is_first = each.answer is None
        each.answer, each.answer_en, each.answered_at = answer, answer_en or None, at
        if is_first:
            letters.write_answered(session, each, _hearing_of(session, each), at=at)
        audit.record(session, actor=actor, deed="opinion.answered", kind=KIND, row_id=each.id)
    _show_anew(session, chosen[0])
    return len(chosen)


def personal_in(text: str, name: str | None) -> tuple[Finding, ...]:
    """Return what seems to tell about a person in what everybody would read."""
    return (*find_personal(text), *find_personal(name or ""))


def blackened(text: str) -> str:
    """Return a text in which all that seems to tell about a person is blacked out."""
    parts, at = [], 0
    for finding in find_personal(text):
        parts += [text[at : finding.start], _COVER]
        at = finding.end
    return "".join((*parts, text[at:]))


def _check_personal(text: str, names: Sequence[str | None], reason: str) -> None:
    """Refuse what nobody may publish, and what nobody gave a reason for.

    :raise Invalid: what is to be done
    """
    findings = [found for name in {*names} for found in personal_in(text, name)]
    if any(found.kind not in CAN_BE_ALLOWED for found in findings):
        raise Invalid(
            _("A number that tells one person from all others stands in it. Black it out.")
        )
    if findings and not reason:
        raise Invalid(
            _("Something in it looks personal. Black it out, or write why it may be read by all.")
        )


def _waiting(session: Session, opinion_id: int, together: Collection[int]) -> list[Opinion]:
    """Return an opinion and the seen ones of its text that still wait, locked in one order.

    :raise Conflict: the opinion itself waits no more
    """
    asked = _find(session, opinion_id)
    ids = {opinion_id, *sorted(together)[:MOST_TOGETHER]}
    rows = session.scalars(
        select(Opinion)
        .where(
            Opinion.id.in_(ids),
            Opinion.hearing_id == asked.hearing_id,
            Opinion.text_digest == asked.text_digest,
            or_(Opinion.state == OpinionState.WAITING, Opinion.id == opinion_id),
        )
        .order_by(Opinion.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if asked.state is not OpinionState.WAITING:
        raise Conflict(_moved_on())
    return [row for row in rows if row.state is OpinionState.WAITING]


def _find(session: Session, opinion_id: int) -> Opinion:
    """Return an opinion without a lock: several of one text are locked in one order.

    :raise NotFound: there is none
    """
    opinion = session.get(Opinion, opinion_id)
    if opinion is None:
        raise NotFound(_("There is no such opinion."))
    return opinion


def _locked(session: Session, opinion_id: int) -> Opinion:
    """Return an opinion as it is now, which nobody else can change until the commit.

    :raise NotFound: there is none
    """
    opinion = session.scalar(
        select(Opinion)
        .where(Opinion.id == opinion_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if opinion is None:
        raise NotFound(_("There is no such opinion."))
    return opinion


def _objected(session: Session, opinion_id: int, actor: str) -> Opinion:
    """Return an opinion whose author objects, for a moderator who did not hide it.

    :raise Conflict: it was this one
    """
    opinion = _locked(session, opinion_id)
    if opinion.decided_by == actor:
        raise Conflict(_("You hid this opinion yourself. Another moderator reads the objection."))
    return opinion


def _to_answer(session: Session, opinion_id: int) -> Sequence[Opinion]:
    """Return a published opinion and those of its text without an answer, locked in one order.

    :raise Conflict: it is not published
    """
    asked = _find(session, opinion_id)
    likes = and_(
        Opinion.text_digest == asked.text_digest,
        Opinion.text_digest != "",
        Opinion.answer.is_(None),
    )
    is_alone = asked.answer is not None
    rows = session.scalars(
        select(Opinion)
        .where(
            Opinion.hearing_id == asked.hearing_id,
            Opinion.state == OpinionState.PUBLISHED,
            Opinion.id == opinion_id if is_alone else or_(Opinion.id == opinion_id, likes),
        )
        .order_by(Opinion.id)
        .limit(MOST_TOGETHER)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if asked not in rows:
        raise Conflict(_("Only what is published is answered. Load the page again."))
    return rows


def _move(
    session: Session,
    opinion: Opinion,
    move: OpinionMove,
    actor: str,
    at: datetime,
    reason: str | None = None,
) -> None:
    """Move a locked opinion to its next state, and record it; nothing else changes a state.

    :raise Conflict: the table of moves has no such move from where it stands, or its words are gone
    """
    if not can_move(opinion.state, opinion.objection_state, move):
        raise Conflict(_moved_on())
    if opinion.erased_at is not None:
        raise Conflict(_("Its words are erased; nothing about it can be decided any more."))
    before, opinion.state = opinion.state, MOVES[move].target
    if move not in (OpinionMove.CHANGE, OpinionMove.UPHOLD):
        opinion.decided_by, opinion.decided_at = actor, at
    session.flush()
    audit.record(
        session,
        actor=actor,
        deed=_DEEDS[move],
        kind=KIND,
        row_id=opinion.id,
        before={"state": before},
        after={"state": opinion.state},
        reason=reason,
    )


def _moved_on() -> str:
    return str(_("This opinion has moved on. Load the page again to see how it stands."))


def _close_objection(opinion: Opinion, state: ObjectionState, actor: str, at: datetime) -> None:
    opinion.objection_state, opinion.objection_by, opinion.objection_at = state, actor, at


def _name_of(opinion: Opinion) -> str | None:
    return name_to_show(opinion.name, opinion.name_shown)


def _hearing_of(session: Session, opinion: Opinion) -> Hearing:
    hearing = session.get(Hearing, opinion.hearing_id)
    assert hearing is not None, "an opinion belongs to a hearing"
    return hearing


def _show_anew(session: Session, opinion: Opinion) -> None:
    """Let the pages of its hearing be made anew."""
    session.flush()
    raise_version(session, scope_of(_hearing_of(session, opinion).slug))
