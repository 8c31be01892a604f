"""Writing a row: the form, what it saves by itself, and what happens when two write at once."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.queries import names_of
from portal.accounts.rules import Permission
from portal.core.clock import real_now
from portal.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.core.files.limits import takes_files
from portal.core.files.queries import files_by_id
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.params import is_number
from portal.core.permissions import is_allowed, needs
from portal.core.templates import render
from portal.core.transactions import begin_again, commits
from portal.extensions import db
from portal.moderation import queries
from portal.moderation.attaching import attach_new_file, tell_lost_file
from portal.moderation.desks import get_desk
from portal.moderation.forms import DeskForm, add_room, fill
from portal.moderation.models import Kept, Publishable, keep_values
from portal.moderation.services import (
    ChangedMeanwhile,
    autosave,
    check_may_create,
    check_may_revise,
    create,
    refusal_to_write,
    revise,
)
from portal.moderation.views.blueprint import (
    Work,
    get_work,
    get_work_to_write,
    moderation,
    signed_in_person,
    to_row,
)
from portal.moderation.views.labels import field_labels, spoken_changes


@moderation.route("/staff/content/<kind>/new", methods=["GET", "POST"])
@needs(Permission.CONTENT_WRITE)
@takes_files
@returns_form
@commits
def add_row(kind: str) -> ResponseReturnValue:
    """Write a new row, which is a draft then."""
    desk = get_desk(kind)
    if desk.create is None:
        raise NotFound
    form = desk.form()
    if request.method == "GET":
        add_room(form)
    elif _has_room_added(form):
        return _form_page(None, kind, form)
    elif _is_fine(form, None):
        actor = signed_in_person().acting(desk, None, form.values())
        try:
            check_may_create(desk, actor)
            attach_new_file(form, actor.key)
            begin_again()
            row = create(
                db.session(),
                desk,
                values=form.values(),
                actor=actor,
                at=real_now(),
                note=_note(form),
            )
            tell(_saved_words(row))
            return redirect(url_for("moderation.show_row", kind=kind, row_id=row.id), 303)
        except (Conflict, Invalid, NotAllowed) as error:
            db.session.rollback()
            form.form_errors.append(error.sentence)
    return _form_page(None, kind, form)


@moderation.route("/staff/content/<kind>/<row:row_id>/edit", methods=["GET", "POST"])
@needs(Permission.CONTENT_WRITE)
@takes_files
@returns_form
@commits
def edit_row(kind: str, row_id: int) -> ResponseReturnValue:
    """Write a row; each save is a revision."""
    work = get_work(kind, row_id)
    if request.method == "GET":
        return _start_page(work)
    form = work.desk.form()
    if _has_room_added(form) or not _is_fine(form, work.row):
        return _form_page(work, kind, form)
    try:
        check_may_revise(work.row, work.actor)
        attach_new_file(form, work.actor.key)
        work = get_work_to_write(kind, row_id)
        _save(work, form)
        return to_row(work, _saved_words(work.row))
    except ChangedMeanwhile as error:
        return _conflict_page(get_work(kind, row_id), form, error)
    except (Conflict, Invalid, NotAllowed) as error:
        db.session.rollback()
        form.form_errors.append(error.sentence)
    return _form_page(get_work(kind, row_id), kind, form)


@moderation.post("/staff/content/<kind>/<row:row_id>/autosave")
@needs(Permission.CONTENT_WRITE)
@commits
def autosave_row(kind: str, row_id: int) -> ResponseReturnValue:
    """Keep what is being written; nobody else sees it, and no state changes."""
    work = get_work_to_write(kind, row_id)
    form = work.desk.form()
    form.prepare(db.session(), work.row)
    autosave(
        db.session(),
        work.row,
        values=form.values(),
        actor=work.actor,
        at=real_now(),
        based_on=_based_on(form),
    )
    return "", 204


def _start_page(work: Work) -> ResponseReturnValue:
    """Return the form with the newest words, or with those that were saved by themselves.

    Where nothing can be written now, lead to the row's page, which says what to do first.

    :raise NotAllowed: the person may not write it
    """
    if work.row.write_permission not in work.actor.permissions:
        raise NotAllowed(_("Others write this. You can read and review it."))
    if not work.row.is_open:
        return to_row(work, refusal_to_write(work.row))
    kept: Mapping[str, Kept] = work.newest.fields if work.newest else work.row.kept_values()
    saved = queries.autosave_of(db.session(), work.row, work.actor.key)
    use_saved = saved is not None and request.args.get("use") == "saved"
    if saved is not None and use_saved:
        kept = {**kept, **saved.fields}
    form = fill(work.desk.form, work.row, kept)
    form.based_on.data = str(saved.based_on if saved is not None and use_saved else work.number)
    return _form_page(work, work.kind, form, saved=None if use_saved else saved)


def _saved_words(row: Publishable) -> str:
    """Return what is told after a row was saved: that it is not public yet, and why."""
    if row.is_public:
        return str(_("It was saved. Hand the change in for review, so that it becomes public."))
    return str(_("It was saved as a draft. Hand it in for review, so that it becomes public."))


def _save(work: Work, form: DeskForm) -> None:
    revise(
        db.session(),
        work.row,
        values=form.values(),
        actor=work.actor_to_write(form.values()),
        at=real_now(),
        based_on=_based_on(form),
        note=_note(form),
    )


def _conflict_page(work: Work, form: DeskForm, error: ChangedMeanwhile) -> ResponseReturnValue:
    """Show what somebody else saved beside what was typed; saving again is then meant."""
    form.form_errors.append(error.sentence)
    theirs = work.newest.fields if work.newest else {}
    mine = dict(theirs) | keep_values(work.desk.model, form.values())
    form.based_on.data = form.based_on.raw_data = str(error.newest)
    name = names_of(db.session(), [error.by]).get(error.by, error.by)
    changes = spoken_changes(db.session(), work.desk, work.row, theirs, mine)
    return _form_page(work, work.kind, form, changes=changes, changed_by=name, changed_at=error.at)


def _form_page(work: Work | None, kind: str, form: Any, **more: object) -> ResponseReturnValue:
    """Return the page of a form; one that came back with errors has status 422.

    :raise NotAllowed: the person may write, but not this row or rows of this kind
    """
    permission = get_desk(kind).model.write_permission
    if not (permission in work.actor.permissions if work else is_allowed(permission)):
        raise NotAllowed(_("Others write this. You can read and review it."))
    form.prepare(db.session(), work.row if work else None)
    files = {entry.form.file_id.data for entry in getattr(form, "files", ())} - {None}
    page = render(
        "moderation/edit_row.html",
        work=work,
        desk=get_desk(kind),
        form=form,
        files=files_by_id(db.session(), files),
        labels=field_labels(get_desk(kind)),
        **{"saved": None, "changes": (), **more},
    )
    return page, 422 if form.errors else 200


def _is_fine(form: DeskForm, row: Publishable | None) -> bool:
    """Say whether what was written can be saved."""
    form.prepare(db.session(), row)
    return bool(form.validate_on_submit())


def _has_room_added(form: DeskForm) -> bool:
    """Add an empty entry where the button for one more was pressed, and say whether it was."""
    wanted = request.form.get("more", "")
    field = next((f for f in form.part_fields() if f.short_name == wanted), None)
    if field is not None:
        _start_at(field.append_entry())
        tell_lost_file(form)
    return field is not None


def _start_at(entry: Any) -> None:
    """Let a browser go on at the first field of an entry, also without script."""
    first = next(iter(entry.form))
    first.render_kw = {**(first.render_kw or {}), "autofocus": True}


def _based_on(form: DeskForm) -> int:
    """Return the number of the revision that the form was made of.

    :raise Invalid: it was changed on the way
    """
    number = form.based_on.data or "0"
    if not is_number(number):
        raise Invalid(_("Load the page again; the form is not whole."))
    return int(number)


def _note(form: DeskForm) -> str:
    return form.change_note.data or ""
