"""The blueprint of moderation, and what its pages share: the row, who acts, what names are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.guard import current_account, current_grants
from portal.accounts.queries import names_of
from portal.accounts.rules import Grant, permissions_at
from portal.core.clock import business_now, real_now
from portal.core.errors import NotFound, PortalError
from portal.core.notices import tell
from portal.core.transactions import begin_again
from portal.extensions import db
from portal.moderation.desks import Desk, get_desk, problems_of
from portal.moderation.forms import AuthorForm, DecisionForm
from portal.moderation.models import Publishable, Revision
from portal.moderation.queries import newest_revision
from portal.moderation.rules import Actor, Move
from portal.moderation.services import ReasonMissing, move

moderation = Blueprint("moderation", __name__)


@dataclass(frozen=True)
class Person:
    """Who works at a desk, and the roles they hold."""

    key: str
    grants: tuple[Grant, ...]

    def acting(self, desk: Desk, row: Publishable | None, *written: Mapping[str, Any]) -> Actor:
        """Return them with what they may do at every place where a row would be.

        :param row: None: a new one
        :param written: what it would say; nothing: what it says now
        """
        places = {desk.place(db.session(), row, fields) for fields in written}
        return Actor(self.key, permissions_at(self.grants, places))


@dataclass(frozen=True)
class Work:
    """One row on its desk, and who works on it.

    :ivar newest: its newest revision; None: nobody wrote it yet
    :ivar actor: who works, with what they may do both where it is and where its newest words
        would bring it
    """

    desk: Desk
    row: Publishable
    newest: Revision | None
    person: Person
    actor: Actor

    @property
    def kind(self) -> str:
        """Return the kind of the row."""
        return self.desk.kind

    @property
    def number(self) -> int:
        """Return the number of the newest revision; 0: there is none."""
        return (self.newest.number or 0) if self.newest else 0

    @property
    def title(self) -> str:
        """Return the newest title, Korean or what there is."""
        name = self.row.title_field
        title = str(self._said(name) or self._said(f"{name}_en") or "")
        say = self.desk.say_title
        return say(title) if say and title else title

    def actor_to_write(self, fields: Mapping[str, Any]) -> Actor:
        """Return who works with what they may also do where some words would bring the row."""
        newest = self.newest.fields if self.newest else {}
        return self.person.acting(self.desk, self.row, {}, newest, fields)

    def _said(self, field: str) -> Any:
        """Return the newest value of a field, None where the row has no such field."""
        return self.newest.fields.get(field) if self.newest else getattr(self.row, field, None)


def get_work(kind: str, row_id: int) -> Work:
    """Return a row of a desk for the signed-in person.

    :raise NotFound: there is no such desk or row
    """
    return _work_of(kind, row_id, signed_in_person())


def get_work_to_write(kind: str, row_id: int) -> Work:
    """Return a row of a desk, read anew after waiting for the turn to write.

    :raise NotFound: there is no such desk or row
    """
    person = signed_in_person()
    begin_again()
    return _work_of(kind, row_id, person)


def signed_in_person() -> Person:
    """Return who is signed in; ask before the turn to write is waited for."""
    return Person(current_account().key, current_grants())


def _work_of(kind: str, row_id: int, person: Person) -> Work:
    desk = get_desk(kind)
    row = db.session.get(desk.model, row_id)
    if row is None:
        raise NotFound
    newest = newest_revision(db.session(), row)
    actor = person.acting(desk, row, {}, newest.fields if newest else {})
    return Work(desk, row, newest, person, actor)


def find_problems(work: Work) -> tuple[str, ...]:
    """Return why a row can't be handed in; a desk that has to try it out gets its turn to write.

    What a second person approved is not looked at again.
    """
    if work.desk.problems is None or work.number <= work.row.approved_revision:
        return ()
    begin_again()
    return problems_of(db.session(), work.newest)


def do(work: Work, deed: Move, **more: object) -> None:
    """Move a row of a desk, now."""
    move(
        db.session(),
        work.row,
        move=deed,
        actor=work.actor,
        at=real_now(),
        now=business_now(),
        **more,  # type: ignore[arg-type]
    )


def tell_refusal(form: AuthorForm | DecisionForm, error: PortalError) -> None:
    """Undo a move that was refused, and say in its form why; a reason is asked for at its field."""
    db.session.rollback()
    if isinstance(error, ReasonMissing):
        form.reason.errors = [*form.reason.errors, error.sentence]
    else:
        form.form_errors.append(error.sentence)


def to_row(work: Work, done: str) -> ResponseReturnValue:
    """Lead back to a row's page, which tells what was done."""
    tell(done)
    return redirect(url_for("moderation.show_row", kind=work.kind, row_id=work.row.id), 303)


def writers(session: Session, revisions: Iterable[Revision]) -> dict[str, str]:
    """Return the names of those who wrote revisions, by their keys."""
    return names_of(session, {revision.actor for revision in revisions})
