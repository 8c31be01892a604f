"""Writing: each save is a revision of all fields, and who comes second is told.

A draft takes the values of its newest revision at once. A public row keeps the values that were
approved: what is written waits in the newest revision until a second person accepts it.
"""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.core.errors import Conflict, NotAllowed
from portal.moderation.checking import check_files
from portal.moderation.models import Kept, Publishable, Revision, keep_values, kind_of
from portal.moderation.queries import find_revision, get_revision, newest_revision
from portal.moderation.rules import FROZEN, Actor, PublicationState
from portal.moderation.services.moves import show_revision
from portal.moderation.services.trail import lock_row, record, telling_refusals

#: Author of the revision that keeps what an import had brought before staff wrote.
IMPORT = "import"


class ChangedMeanwhile(Conflict):
    """Somebody saved another revision after the one this was based on.

    :ivar newest: number of the newest revision
    :ivar by: account key of its author
    :ivar at: when it was saved, aware
    :ivar fields: names of the fields that it changed
    """

    def __init__(self, newest: Revision, fields: tuple[str, ...]) -> None:
        """Keep who was first, when, and where the two differ."""
        super().__init__(
            _("Somebody else saved this while you wrote. Compare the two, then save again.")
        )
        self.newest = newest.number or 0
        self.by, self.at, self.fields = newest.actor, newest.at, fields


@telling_refusals()
def revise(
    session: Session,
    row: Publishable,
    *,
    values: Mapping[str, object],
    actor: Actor,
    at: datetime,
    based_on: int,
    note: str = "",
) -> Revision:
    """Save what somebody wrote as a new revision and return it; a draft takes its values.

    :param values: new values by field; the others stay as they were proposed last
    :param at: the real time, aware
    :param based_on: number of the revision the author had before them; 0: there was none
    :param note: what was changed and why; it may become the reason of a correction
    :return: the newest revision as it was, where nothing differs
    :raise NotAllowed: the actor may not write
    :raise Conflict: the row is being reviewed, approved for later, or not public any more
    :raise ChangedMeanwhile: somebody saved another revision first
    :raise Invalid: it names a file that is not there for what is published
    :raise ValueError: a value is no editable field's
    """
    _check_may_write(row, values, actor)
    lock_row(session, row)
    _check_open(row)
    newest = newest_revision(session, row)
    _check_newest(session, row, newest, based_on)
    newest = _keep_public_values(session, row, newest, at)
    fields = _proposed(row, newest) | keep_values(type(row), values)
    check_files(session, fields)
    _drop_autosaves(session, row, actor)
    if newest is not None and fields == newest.fields:
        return newest
    revision = _add(session, row, newest, fields, actor.key, at, note.strip() or None)
    if row.state is PublicationState.DRAFT:
        show_revision(row, revision)
        session.flush()
    after = {"revision": str(revision.number)}
    record(session, actor.key, "revise", row, before={}, after=after)
    return revision


def restore(
    session: Session,
    row: Publishable,
    *,
    number: int,
    actor: Actor,
    at: datetime,
    based_on: int,
    note: str = "",
) -> Revision:
    """Write the values of an old revision as a new one and return it.

    :raise NotFound: there is no such revision
    :raise Conflict: as in ``revise``
    """
    old = get_revision(session, row, number)
    values = {n: v for n, v in old.fields.items() if n in field_names(type(row))}
    return revise(session, row, values=values, actor=actor, at=at, based_on=based_on, note=note)


def autosave(
    session: Session,
    row: Publishable,
    *,
    values: Mapping[str, object],
    actor: Actor,
    at: datetime,
    based_on: int,
) -> Revision:
    """Keep what somebody is writing in place of their last autosave; nobody else sees it.

    :raise NotAllowed: the actor may not write
    """
    _check_may_write(row, values, actor)
    _drop_autosaves(session, row, actor)
    kept = Revision(
        kind=kind_of(type(row)),
        row_id=row.id,
        number=None,
        based_on=based_on,
        at=at,
        actor=actor.key,
        fields=row.kept_values() | keep_values(type(row), values),
    )
    session.add(kept)
    session.flush()
    return kept


def refusal_to_write(row: Publishable) -> str:
    """Return why a row that is not open can't be written now, and what to do first."""
    if row.submitted_at is not None or row.state in FROZEN:
        sentence = _("It is being reviewed or waits for its hour. Take it back first, then write.")
    else:
        sentence = _("It can’t be written now: it was withdrawn or is in the archive.")
    return str(sentence)


def field_names(model: type[Publishable]) -> frozenset[str]:
    """Return the names of all that staff write of a kind: its fields and its parts."""
    return frozenset((*model.editable_fields, *(part.name for part in model.parts)))


def check_may_revise(row: Publishable, actor: Actor) -> None:
    """Refuse to write a row, before a file that comes with it is kept; ``revise`` asks again.

    :raise NotAllowed: the actor may not write
    :raise Conflict: the row is being reviewed, approved for later, or not public any more
    """
    _check_may_write(row, {}, actor)
    _check_open(row)


def _proposed(row: Publishable, newest: Revision | None) -> dict[str, Kept]:
    """Return what was proposed last; what revisions did not keep then is as the row has it."""
    return row.kept_values() | (newest.fields if newest else {})


def _check_may_write(row: Publishable, values: Mapping[str, object], actor: Actor) -> None:
    unknown = set(values) - field_names(type(row))
    if unknown:
        raise ValueError(f"{kind_of(type(row))} has no editable fields {sorted(unknown)}")
    if row.write_permission not in actor.permissions:
        raise NotAllowed(_("Your role does not let you do this."))


def _check_open(row: Publishable) -> None:
    if not row.is_open:
        raise Conflict(refusal_to_write(row))


def _check_newest(
    session: Session, row: Publishable, newest: Revision | None, based_on: int
) -> None:
    """Refuse to write over a revision that the author has not seen."""
    if newest is None or newest.number == based_on:
        return
    seen = find_revision(session, row, based_on)
    before: Mapping[str, Kept] = seen.fields if seen else {}
    fields = tuple(name for name, value in newest.fields.items() if before.get(name) != value)
    raise ChangedMeanwhile(newest, fields)


def _keep_public_values(
    session: Session, row: Publishable, newest: Revision | None, at: datetime
) -> Revision | None:
    """Write down what an import brought, before it is changed, and return the newest revision.

    What staff proposed before stays the newest, so that no import takes it away from them. Nobody
    approved it, so all who wrote of it still count as its authors.
    """
    if row.published_at is None:
        return newest
    shown = find_revision(session, row, row.shown_revision)
    if shown is not None and shown.fields == row.kept_values():
        return newest
    brought = _add(session, row, newest, row.kept_values(), IMPORT, at, None)
    was_approved = row.approved_revision >= row.shown_revision
    has_proposal = newest is not None and newest.number != row.shown_revision
    row.shown_revision = brought.number or 0
    if was_approved and not has_proposal:
        row.approved_revision = row.shown_revision
    if newest is None or not has_proposal:
        return brought
    return _add(session, row, brought, newest.fields, newest.actor, at, newest.note)


def _add(
    session: Session,
    row: Publishable,
    newest: Revision | None,
    fields: dict[str, Kept],
    author: str,
    at: datetime,
    note: str | None,
) -> Revision:
    """Add the next revision of a row."""
    last = (newest.number or 0) if newest else 0
    revision = Revision(
        kind=kind_of(type(row)),
        row_id=row.id,
        number=last + 1,
        based_on=last,
        at=at,
        actor=author,
        fields=fields,
        note=note,
    )
    session.add(revision)
    session.flush()
    return revision


def _drop_autosaves(session: Session, row: Publishable, actor: Actor) -> None:
    session.execute(
        delete(Revision).where(
            Revision.kind == kind_of(type(row)),
            Revision.row_id == row.id,
            Revision.actor == actor.key,
            Revision.number.is_(None),
        )
    )
