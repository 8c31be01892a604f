"""Whether words are fit to be handed in, published, and kept in the trail for good."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core.errors import Conflict, Invalid
from portal.core.files.queries import files_by_id
from portal.core.files.rules import FileState
from portal.moderation.checking import file_ids, personal_reasons, personal_words
from portal.moderation.desks import problems_of
from portal.moderation.models import Publishable, Revision
from portal.moderation.queries import find_revision
from portal.moderation.rules import APPROVING, ASKING, CHANGING, MOVES, Actor, Move
from portal.moderation.services.trail import record


def said_aloud(
    row: Publishable, move: Move, newest: Revision | None, reason: str, reason_en: str | None
) -> Mapping[str, str | None]:
    """Return the reasons that a move makes public, by the names of their fields."""
    if move in CHANGING:
        return {"reason": reason, "reason_en": reason_en}
    if move in APPROVING and row.tells_note and newest is not None:
        return {"change_note": newest.note}
    return {}


def check_kept_for_good(session: Session, *reasons: str) -> None:
    """Refuse reasons that only the trail would keep, where they look personal."""
    if any(personal_reasons(session, {"reason": reason}) for reason in reasons):
        raise Invalid(
            _("The trail keeps this reason for good, and it looks personal. Write it without that.")
        )


def check_words(
    session: Session,
    row: Publishable,
    move: Move,
    newest: Revision | None,
    actor: Actor,
    passed_because: str,
    aloud: Mapping[str, str | None],
) -> None:
    """Refuse to ask for or approve words that are not fit to be published.

    :param aloud: reasons that become public with them
    """
    if MOVES[move].reads_newest and newest is not None:
        _check_as_written(session, row)
        _check_personal(session, row, newest, actor, passed_because, aloud)
    if move in ASKING or MOVES[move].reads_newest:
        _check_problems(session, newest)


def _check_as_written(session: Session, row: Publishable) -> None:
    """Refuse to approve where an import changed the row after the revision was written."""
    shown = find_revision(session, row, row.shown_revision)
    if shown is None or any(
        shown.fields.get(name) != value
        for name, value in row.kept_values().items()
        if name in shown.fields
    ):
        raise Conflict(
            _("An import changed this since it was written. Send it back and save it anew.")
        )


def _check_problems(session: Session, newest: Revision | None) -> None:
    """Refuse to hand in or approve what its desk finds wrong."""
    problems = problems_of(session, newest)
    if problems:
        raise Invalid(_("It can’t be handed in or published: %(why)s", why=" ".join(problems)))


def _check_personal(
    session: Session,
    row: Publishable,
    newest: Revision,
    actor: Actor,
    passed_because: str,
    aloud: Mapping[str, str | None],
) -> None:
    """Refuse to publish what looks personal, unless somebody answers for it with a reason."""
    if any(
        stored.state is FileState.WAITING
        for stored in files_by_id(session, file_ids(newest.fields)).values()
    ):
        raise Conflict(_("A file of it is still being read. Try again in a minute."))
    if not personal_words(session, row, newest, aloud):
        return
    if not passed_because:
        raise Invalid(
            _("Something in it looks personal. Take it out, or write why it may be published.")
        )
    record(session, actor.key, "pass_check", row, before={}, after={}, reason=passed_because)
