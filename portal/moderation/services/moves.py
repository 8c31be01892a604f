"""Moving a row through its states. Nothing else changes a state, but for the importer."""

from collections.abc import Callable
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.errors import Conflict, Invalid, NotAllowed, PortalError
from portal.core.signals import published, withdrawn
from portal.core.versions import raise_version
from portal.moderation.checking import personal_reasons
from portal.moderation.models import Correction, Publishable, Revision, kind_of
from portal.moderation.queries import newest_revision, writers_since
from portal.moderation.queries.waiting import is_due
from portal.moderation.rules import (
    APPROVING,
    ASKING,
    CHANGING,
    CLOCK,
    MOVES,
    Actor,
    Move,
    PublicationState,
    Refusal,
    Standing,
    Window,
    refusal_of,
)
from portal.moderation.services.fitness import check_kept_for_good, check_words, said_aloud
from portal.moderation.services.trail import lock_row, record, telling_refusals


class ReasonMissing(Invalid):
    """A move needs a reason, and none was written."""


_SETTING_HOURS = frozenset((Move.SCHEDULE, Move.PUBLISH))
_COMING = frozenset((Move.PUBLISH, Move.RELEASE))
_LEAVING = frozenset((Move.WITHDRAW, Move.EXPIRE))
#: What is no hindrance yet: who approves can still type other hours.
_TYPED = frozenset((None, Refusal.TOO_EARLY, Refusal.ENDS_FIRST))
_REFUSING = frozenset((Move.SEND_BACK, Move.DECLINE))


@telling_refusals()
def move(
    session: Session,
    row: Publishable,
    *,
    move: Move,
    actor: Actor,
    at: datetime,
    now: datetime,
    reason: str = "",
    reason_en: str | None = None,
    seen: int | None = None,
    window: Window | None = None,
    passed_because: str = "",
) -> None:
    """Move a row to another state, tell the trail, the caches and upper features.

    :param at: the real time, aware
    :param now: the business time, aware
    :param reason: why; for a correction the public reads it. Who accepts a change may leave it
        out: the author's note is taken then
    :param seen: number of the revision that who approves has read
    :param window: when it shall be public, where it is published or scheduled; None: as the row
        says. A change of what is public leaves its hours alone
    :param passed_because: why it may be published though something in it looks personal
    :raise NotAllowed: the actor lacks the permission, or would approve their own work
    :raise Conflict: the row stands elsewhere, or changed since it was read
    :raise Invalid: a reason, a revision or a fitting hour is missing, or a reason looks personal
    """
    lock_row(session, row)
    newest = newest_revision(session, row)
    if move is Move.ACCEPT and newest is not None:
        reason = reason.strip() or newest.note or ""
    standing = _standing(session, row, move, newest, window)
    refusal = refusal_of(
        move,
        standing,
        actor,
        reason=reason,
        seen=seen,
        now=now,
        one_person_will_do=_will_one_do(row),
    )
    if refusal is not None:
        raise _ERRORS[refusal]()
    passed_because, aloud = passed_because.strip(), said_aloud(row, move, newest, reason, reason_en)
    check_kept_for_good(session, passed_because, reason if move is Move.WITHDRAW else "")
    check_words(session, row, move, newest, actor, passed_because, aloud)
    before = row.state
    row.publish_at, row.withdraw_at = standing.window.publish_at, standing.window.withdraw_at
    _change(row, move, actor, newest, at)
    if move in _COMING and newest is not None:
        _complete(row, newest, now)
    _approve(row, move, newest)
    if move in _REFUSING and newest is not None:
        newest.answer = reason.strip()
    if move in CHANGING and newest is not None:
        _correct(session, row, newest, now, reason, reason_en)
    session.flush()
    after = {"state": row.state.value, "revision": str(standing.newest)}
    was = {"state": before.value}
    # What looks personal stays where it can be erased; the line names the revision.
    kept = None if personal_reasons(session, {"reason": reason}) else reason or None
    record(session, actor.key, move, row, before=was, after=after, reason=kept)
    _tell(session, row, move, at)


def possible_moves(
    session: Session,
    row: Publishable,
    actor: Actor,
    *,
    now: datetime,
    newest: Revision | None = None,
) -> frozenset[Move]:
    """Return what somebody may do with a row as it stands, who has read its newest revision.

    Reasons and hours are not asked for yet; what needs them is possible.

    :param now: the business time, aware
    :param newest: its newest revision, where it was read before
    """
    newest = newest or newest_revision(session, row)
    of_newest = _standing(session, row, Move.PUBLISH, newest, None)
    due = row.review_due
    of_shown = _standing(session, row, Move.CONFIRM, newest, None) if due else of_newest
    standings = {deed: of_shown if deed is Move.CONFIRM else of_newest for deed in Move}
    refusals = {
        deed: refusal_of(
            deed,
            standing,
            actor,
            reason="-",
            seen=standing.newest,
            now=now,
            one_person_will_do=_will_one_do(row),
        )
        for deed, standing in standings.items()
    }
    return frozenset(deed for deed, refusal in refusals.items() if refusal in _TYPED)


def _will_one_do(row: Publishable) -> bool:
    """Say whether the council lets one person write and approve rows of this kind."""
    return kind_of(type(row)) in current_app.config["ONE_PERSON_KINDS"]


def follow_clock(
    session: Session, model: type[Publishable], row_id: int, *, at: datetime, now: datetime
) -> bool:
    """Publish or withdraw a row whose hour has passed, and say whether it was still to be done.

    Two workers at once do it once: the second one finds the row locked or done.

    :param at: the real time, aware
    :param now: the business time, aware
    """
    row = session.scalar(
        select(model)
        .where(model.id == row_id, is_due(model, now))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return False
    is_coming = row.state is PublicationState.SCHEDULED
    deed = Move.RELEASE if is_coming else Move.EXPIRE
    move(session, row, move=deed, actor=CLOCK, at=at, now=now)
    return True


def _standing(
    session: Session,
    row: Publishable,
    move: Move,
    newest: Revision | None,
    window: Window | None,
) -> Standing:
    """Return how a row stands for a move; who wrote counts from the last approval on."""
    number = (newest.number or 0) if newest else 0
    last = row.shown_revision if move is Move.CONFIRM else number
    writers = writers_since(session, row, row.approved_revision, last)
    asked = row.submitted_by if move is not Move.CONFIRM else None
    return Standing(
        state=row.state,
        newest=number,
        shown=row.shown_revision,
        authors=writers | ({asked} if asked else set()),
        is_proposed=row.submitted_at is not None,
        review_due=row.review_due,
        window=_window(row, move, window),
        write_permission=row.write_permission,
    )


def _window(row: Publishable, move: Move, window: Window | None) -> Window:
    """Return the hours a move leaves: those that were chosen where it sets any, else the row's."""
    if window is not None and move in _SETTING_HOURS:
        return window
    return Window(row.publish_at, row.withdraw_at)


def _change(
    row: Publishable, move: Move, actor: Actor, newest: Revision | None, at: datetime
) -> None:
    """Change what a move changes on the row itself."""
    row.state = MOVES[move].target
    if move in ASKING:
        row.submitted_at, row.submitted_by = at, actor.key
    elif move is not Move.CONFIRM:
        row.submitted_at = row.submitted_by = None
    if move in _COMING:
        row.published_at, row.withdrawn_at = at, None
    if move in _LEAVING:
        row.leave(at)
    if move is Move.REOPEN and newest is not None:
        # A draft holds its newest words, also those that were proposed and never accepted.
        show_revision(row, newest)


def _complete(row: Publishable, newest: Revision, now: datetime) -> None:
    """Add what publishing adds, to the row and to the revision that it shows."""
    added = row.values_when_published(now.date())
    if added:
        newest.fields = newest.fields | added
        row.take_values(added)


def _approve(row: Publishable, move: Move, newest: Revision | None) -> None:
    """Note what a second person approved, or still has to."""
    if move in APPROVING and newest is not None:
        row.approved_revision = newest.number or 0
        row.review_due = False
    if move is Move.CORRECT:
        row.review_due = True
    if move is Move.CONFIRM:
        row.approved_revision, row.review_due = row.shown_revision, False


def show_revision(row: Publishable, revision: Revision) -> None:
    """Let a row hold the values of one of its revisions."""
    row.take_values(revision.fields)
    row.shown_revision = revision.number or 0


def _correct(
    session: Session,
    row: Publishable,
    newest: Revision,
    now: datetime,
    because: str,
    because_en: str | None,
) -> None:
    """Give a public row its new values, and tell the public which changed and why."""
    before = row.kept_values()
    show_revision(row, newest)
    after = before | {name: v for name, v in newest.fields.items() if name in before}
    changed = [name for name, value in after.items() if value != before[name]]
    if not changed:
        return
    because, because_en = because.strip(), (because_en or "").strip() or None
    row.note_correction(before, after, reason=because, reason_en=because_en, on=now.date())
    session.add(
        Correction(
            kind=kind_of(type(row)),
            row_id=row.id,
            corrected_on=now.date(),
            because=because,
            because_en=because_en,
            fields=changed,
        )
    )


def _tell(session: Session, row: Publishable, move: Move, at: datetime) -> None:
    """Tell subscribers, upper features and the page cache where what is public changed."""
    kind = kind_of(type(row))
    if move in _COMING | CHANGING:
        signal = published
    elif move in _LEAVING:
        signal = withdrawn
    else:
        return
    if move not in _LEAVING:
        row.note_change(at)
    session.flush()
    signal.send(kind, kind=kind, ids=(row.id,))
    raise_version(session)


#: The error of each refusal. They are made when they are raised, in the reader's language.
_ERRORS: dict[Refusal, Callable[[], PortalError]] = {
    Refusal.NO_PERMISSION: lambda: NotAllowed(_("Your role does not let you do this.")),
    Refusal.SAME_PERSON: lambda: NotAllowed(
        _("You wrote or submitted this. Somebody else must approve it.")
    ),
    Refusal.WRONG_STATE: lambda: Conflict(
        _("It has been moved on since. Load the page again to see where it stands.")
    ),
    Refusal.NOT_READ: lambda: Conflict(
        _("It was changed while you read it. Read the newest version first.")
    ),
    Refusal.NOT_PROPOSED: lambda: Conflict(_("No change of it waits for a review.")),
    Refusal.NO_REVIEW_DUE: lambda: Conflict(_("No urgent correction of it waits for a review.")),
    Refusal.NO_REASON: lambda: ReasonMissing(_("Write the reason.")),
    Refusal.NOTHING_NEW: lambda: Invalid(_("Nothing new was written. Save your text first.")),
    Refusal.TOO_EARLY: lambda: Invalid(
        _("The hour does not fit. Schedule what comes later, and publish what is due.")
    ),
    Refusal.ENDS_FIRST: lambda: Invalid(
        _("It would end before it begins. Choose a later end, or none.")
    ),
}
