"""The review queue of all kinds, and the second reader's page of one thing that waits."""

from collections.abc import Mapping, Set
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from portal.accounts.guard import current_account
from portal.accounts.queries import names_of
from portal.accounts.rules import Permission
from portal.core.clock import business_now, real_now
from portal.core.errors import PortalError
from portal.core.files.queries import files_by_id
from portal.core.filters import as_written
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.params import is_number, read_choice
from portal.core.permissions import is_allowed, needs
from portal.core.sections import sections_of
from portal.core.templates import render
from portal.core.transactions import commits
from portal.extensions import db
from portal.moderation import queries, words
from portal.moderation.checking import PersonalWords, file_ids, personal_words
from portal.moderation.desks import desks
from portal.moderation.forms import DecisionForm, in_zone, out_of_zone
from portal.moderation.models import language_state
from portal.moderation.queries.waiting import QueueRow
from portal.moderation.rules import LanguageState, Move, Window, count_unchanged
from portal.moderation.services import possible_moves
from portal.moderation.views.blueprint import (
    Work,
    do,
    find_problems,
    get_work,
    get_work_to_write,
    moderation,
    tell_refusal,
)
from portal.moderation.views.labels import field_labels, spoken_changes

#: The place of the queue page that other rooms fill with what citizens sent.
QUEUE = "staff.queue"
DECISIONS = tuple(move for move, _label, _kind in words.DECISION_BUTTONS)
#: What one press approves of many: the move of each wish.
_APPROVALS = (Move.PUBLISH, Move.ACCEPT, Move.CONFIRM)


@moderation.get("/staff/review")
@needs(Permission.CONTENT_READ)
def show_queue() -> str:
    """List what waits for review, of every kind, the oldest first."""
    return _queue_page(())


@moderation.post("/staff/review")
@needs(Permission.CONTENT_REVIEW)
@commits
def approve_chosen() -> ResponseReturnValue:
    """Approve what was chosen in the list; each by itself, and what is refused is told."""
    chosen = request.form.getlist("chosen")[: queries.MOST_WAITING]
    refused = [why for name in chosen if (why := _approve(name))]
    _tell_approved(len(chosen), len(refused))
    if not refused:
        return redirect(url_for("moderation.show_queue"), 303)
    return _queue_page(tuple(refused)), 200


def _tell_approved(chosen: int, refused: int) -> None:
    """Tell how many of what was chosen were approved."""
    number = chosen - refused
    if not chosen:
        tell(_("Nothing was chosen. Choose what you have read, then press the button."))
    elif number:
        tell(ngettext("%(num)s thing was approved.", "%(num)s things were approved.", number))


@moderation.route("/staff/review/<kind>/<row:row_id>", methods=["GET"])
@needs(Permission.CONTENT_READ)
def show_waiting(kind: str, row_id: int) -> ResponseReturnValue:
    """Show what one thing that waits would change, what the checks found, and the decisions."""
    return _review_page(kind, row_id, None)


@moderation.post("/staff/review/<kind>/<row:row_id>")
@needs(Permission.CONTENT_REVIEW)
@returns_form
@commits
def decide(kind: str, row_id: int) -> ResponseReturnValue:
    """Publish, schedule, accept, confirm or correct; or send back and decline with a reason."""
    work, form = get_work_to_write(kind, row_id), DecisionForm()
    deed = Move(read_choice(form.move.data, DECISIONS))
    if form.validate_on_submit():
        try:
            do(
                work,
                deed,
                reason=form.reason.data or "",
                reason_en=form.reason_en.data or None,
                seen=form.seen.data,
                window=Window(in_zone(form.publish_at.data), in_zone(form.withdraw_at.data)),
                passed_because=form.passed_because.data or "",
            )
            tell(Markup("{}: {}").format(as_written(work.title), words.DONE_WORDS[deed]))
            return redirect(url_for("moderation.show_queue"), 303)
        except PortalError as error:
            tell_refusal(form, error)
    return _review_page(kind, row_id, form)


def _approve(name: str) -> str | None:
    """Approve one chosen thing and commit it; return why not, None when it was approved.

    :param name: kind, id and number of the revision that was seen: ``publications:12:3``
    """
    kind, row_id, seen = ([*name.split(":"), "", ""])[:3]
    if not (is_number(row_id) and is_number(seen)):
        return str(_("One of the things chosen was not understood. Load the page again."))
    title = name
    try:
        work = get_work_to_write(kind, int(row_id))
        title = work.title
        possible = possible_moves(db.session(), work.row, work.actor, now=business_now())
        deed = next((move for move in _APPROVALS if move in possible), Move.PUBLISH)
        do(work, deed, seen=int(seen))
        db.session.commit()
    except PortalError as error:
        db.session.rollback()
        return f"{title}: {error.sentence}"
    return None


def _queue_page(refused: tuple[str, ...]) -> str:
    waiting = _waiting()
    return render(
        "moderation/show_queue.html",
        **_queue(waiting),
        refused=refused,
        sections=sections_of(QUEUE, current_account().id),
        may_review=is_allowed(Permission.CONTENT_REVIEW),
    )


def _waiting() -> tuple[QueueRow, ...]:
    """Return what waits and fits the filters of the address."""
    kind = read_choice(request.args.get("kind"), ("", *desks()))
    language = read_choice(request.args.get("language"), ("", *LanguageState))
    return queries.waiting_for_review(
        db.session(),
        at=real_now(),
        kind=kind or None,
        author=request.args.get("author") or None,
        language=LanguageState(language) if language else None,
    )


def _queue(waiting: tuple[QueueRow, ...], also: Set[str] = frozenset()) -> Mapping[str, Any]:
    """Return what the list of waiting things shows.

    :param also: keys of further people whose names are needed
    """
    return {
        "waiting": waiting,
        "names": names_of(db.session(), {row.author for row in waiting} | also),
        "desks": desks(),
        "mine": current_account().key,
        "desk_words": words,
        "filters": {n: request.args.get(n, "") for n in ("kind", "author", "language")},
    }


def _review_page(kind: str, row_id: int, form: DecisionForm | None) -> ResponseReturnValue:
    work = get_work(kind, row_id)
    fields = work.newest.fields if work.newest else {}
    before = work.row.kept_values() if work.row.is_public else {}
    files = files_by_id(db.session(), (*file_ids(fields), *file_ids(before)))
    changes = spoken_changes(db.session(), work.desk, work.row, before, fields, files)
    queue = _queue(_waiting(), _authors(work))
    form = form or _new_form(work)
    page = render(
        "moderation/show_waiting.html",
        work=work,
        form=form,
        changes=changes,
        unchanged=count_unchanged(fields, changes),
        is_inline=request.args.get("view") == "inline",
        labels=field_labels(work.desk) | _reason_labels(form),
        found=_found(work, form),
        files=[files[file_id] for file_id in file_ids(fields) if file_id in files],
        problems=find_problems(work),
        languages=language_state(work.row),
        decisions=_decisions(work),
        author_names=queue["names"],
        **queue,
    )
    return page, 422 if form.errors else 200


def _new_form(work: Work) -> DecisionForm:
    """Return the form of a decision; what was approved for some hours before keeps them."""
    return DecisionForm(
        formdata=None,
        seen=work.number,
        publish_at=out_of_zone(work.row.publish_at),
        withdraw_at=out_of_zone(work.row.withdraw_at),
    )


def _found(work: Work, form: DecisionForm) -> tuple[PersonalWords, ...]:
    """Return what looks personal in the newest revision, its files, and why it becomes public."""
    if work.newest is None:
        return ()
    is_told = work.row.is_public or work.row.tells_note
    reasons = {
        "change_note": work.newest.note if is_told else None,
        "reason": form.reason.data,
        "reason_en": form.reason_en.data,
    }
    return personal_words(db.session(), work.row, work.newest, reasons)


def _reason_labels(form: DecisionForm) -> dict[str, str]:
    """Return what the words beside the fields are called."""
    return {
        "change_note": _("Words of the author"),
        "reason": str(form.reason.label.text),
        "reason_en": str(form.reason_en.label.text),
    }


def _decisions(work: Work) -> frozenset[Move]:
    possible = possible_moves(
        db.session(), work.row, work.actor, now=business_now(), newest=work.newest
    )
    return possible & frozenset(DECISIONS)


def _authors(work: Work) -> set[str]:
    known = {work.row.submitted_by, work.newest.actor if work.newest else None}
    return {key for key in known if key}
