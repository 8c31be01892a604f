"""Lists of a desk's rows, and one row as it stands: what may be done with it, and its history."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.rules import Permission
from portal.core.clock import business_now
from portal.core.errors import Conflict, Invalid
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.params import read_choice, read_number
from portal.core.permissions import is_allowed, needs
from portal.core.templates import render
from portal.core.transactions import commits
from portal.extensions import db
from portal.moderation import queries, words
from portal.moderation.desks import get_desk
from portal.moderation.forms import AuthorForm
from portal.moderation.models import language_state
from portal.moderation.rules import Move, PublicationState
from portal.moderation.services import discard, possible_moves
from portal.moderation.views.blueprint import (
    Work,
    do,
    find_problems,
    get_work,
    get_work_to_write,
    moderation,
    tell_refusal,
    to_row,
    writers,
)

MOST_PAGES = 10_000
#: What authors do; everything else is a reviewer's decision.
AUTHORS_MOVES = tuple(move for move, _label in words.AUTHORS_BUTTONS)
REVIEWERS_MOVES = tuple(move for move, _label in words.LEAVING_BUTTONS)


@moderation.get("/staff/content/<kind>")
@needs(Permission.CONTENT_READ)
def show_rows(kind: str) -> str:
    """List the rows of a desk, narrowed by state and words of the title."""
    desk = get_desk(kind)
    state = read_choice(request.args.get("state"), ("", *PublicationState))
    typed = request.args.get("words", "").strip()[:80]
    page = queries.rows_for_staff(
        db.session(),
        desk.model,
        order=desk.order,
        state=PublicationState(state) if state else None,
        words=typed,
        number=read_number(request.args.get("page"), 1, least=1, most=MOST_PAGES),
    )
    return render(
        "moderation/show_rows.html",
        desk=desk,
        desk_words=words,
        page=page,
        state=state,
        words=typed,
        rows=[(row, words.title_of(row), language_state(row)) for row in page.rows],
        states=queries.states_of(db.session(), desk.model),
        may_add=desk.create is not None and is_allowed(desk.model.write_permission),
    )


@moderation.get("/staff/content/<kind>/<row:row_id>")
@needs(Permission.CONTENT_READ)
def show_row(kind: str, row_id: int) -> ResponseReturnValue:
    """Show how a row stands, what may be done with it, and who wrote what of it."""
    return _row_page(kind, row_id, AuthorForm(formdata=None))


@moderation.post("/staff/content/<kind>/<row:row_id>/move")
@needs(Permission.CONTENT_WRITE)
@returns_form
@commits
def move_row(kind: str, row_id: int) -> ResponseReturnValue:
    """Do what an author may do: hand in, propose, take back, reopen."""
    return _move(kind, row_id, AUTHORS_MOVES)


@moderation.post("/staff/content/<kind>/<row:row_id>/withdraw")
@needs(Permission.CONTENT_WITHDRAW)
@returns_form
@commits
def withdraw_row(kind: str, row_id: int) -> ResponseReturnValue:
    """Take a row from the public with a reason, or put a withdrawn one into the archive."""
    return _move(kind, row_id, REVIEWERS_MOVES)


@moderation.get("/staff/content/<kind>/<row:row_id>/discard")
@needs(Permission.CONTENT_WRITE)
def ask_discard(kind: str, row_id: int) -> ResponseReturnValue:
    """Ask whether a draft is to be thrown away: nothing brings it back."""
    work = get_work(kind, row_id)
    if not _may_discard(work):
        return redirect(url_for("moderation.show_row", kind=kind, row_id=row_id), 303)
    return render("moderation/ask_discard.html", work=work)


@moderation.post("/staff/content/<kind>/<row:row_id>/discard")
@needs(Permission.CONTENT_WRITE)
@commits
def discard_row(kind: str, row_id: int) -> ResponseReturnValue:
    """Throw a draft away that was never published."""
    work = get_work_to_write(kind, row_id)
    try:
        discard(db.session(), work.row, actor=work.actor)
    except Conflict as error:
        form = AuthorForm(formdata=None)
        tell_refusal(form, error)
        return _row_page(kind, row_id, form, error.status)
    tell(_("The draft was thrown away."))
    return redirect(url_for("moderation.show_rows", kind=kind), 303)


def _move(kind: str, row_id: int, offered: tuple[Move, ...]) -> ResponseReturnValue:
    """Make the move that was pressed, one of those that the page offers."""
    work, form = get_work_to_write(kind, row_id), AuthorForm()
    deed = Move(read_choice(form.move.data, offered))
    if not form.validate_on_submit():
        return _row_page(kind, row_id, form)
    try:
        do(work, deed, reason=form.reason.data or "")
        return to_row(work, words.DONE_WORDS[deed])
    except (Conflict, Invalid) as error:
        tell_refusal(form, error)
        return _row_page(kind, row_id, form, error.status)


def _row_page(kind: str, row_id: int, form: AuthorForm, refused: int = 422) -> ResponseReturnValue:
    """Return the page of a row.

    :param refused: the status where the form came back with errors
    """
    work = get_work(kind, row_id)
    revisions = queries.revisions_of(db.session(), work.row)
    permissions, row = work.actor.permissions, work.row
    may_write = row.write_permission in permissions
    problems = find_problems(work)
    moves = possible_moves(db.session(), row, work.actor, now=business_now())
    page = render(
        "moderation/show_row.html",
        work=work,
        form=form,
        desk_words=words,
        languages=language_state(row),
        moves=moves - {Move.SUBMIT, Move.PROPOSE} if problems else moves,
        problems=problems,
        may_edit=may_write and row.is_open,
        may_decide=Permission.CONTENT_REVIEW in permissions and _waits(work),
        may_discard=_may_discard(work),
        revisions=revisions,
        names=writers(db.session(), revisions),
        corrections=queries.corrections_of(db.session(), kind, row_id),
        public_page=work.desk.page(row) if row.is_public else None,
    )
    return page, refused if form.errors else 200


def _may_discard(work: Work) -> bool:
    """Say whether somebody may throw a row away: a draft that was never public."""
    row = work.row
    is_private = row.state is PublicationState.DRAFT and row.published_at is None
    return is_private and row.write_permission in work.actor.permissions


def _waits(work: Work) -> bool:
    """Say whether there is something to decide about a row."""
    is_ahead = work.row.is_public and work.number > work.row.shown_revision
    return work.row.submitted_at is not None or work.row.review_due or is_ahead
