"""The history of a row: what one revision changed, and writing an old one anew."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.rules import Permission
from portal.core.clock import real_now
from portal.core.errors import BadAddress
from portal.core.params import read_number
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import commits
from portal.extensions import db
from portal.moderation import queries
from portal.moderation.forms import RestoreForm
from portal.moderation.rules import count_unchanged
from portal.moderation.services import restore
from portal.moderation.views.blueprint import (
    get_work,
    get_work_to_write,
    moderation,
    to_row,
    writers,
)
from portal.moderation.views.labels import field_labels, spoken_changes

_LARGEST = 10**9 - 1


@moderation.get("/staff/content/<kind>/<row:row_id>/history/<row:number>")
@needs(Permission.CONTENT_READ)
def show_revision(kind: str, row_id: int, number: int) -> str:
    """Show what a revision changed against the one before it, or against ``?with=``."""
    work = get_work(kind, row_id)
    revision = queries.get_revision(db.session(), work.row, number)
    other = read_number(request.args.get("with"), max(0, number - 1), least=0, most=_LARGEST)
    before = queries.find_revision(db.session(), work.row, other)
    old = before.fields if before else {}
    changes = spoken_changes(db.session(), work.desk, work.row, old, revision.fields)
    return render(
        "moderation/show_revision.html",
        work=work,
        revision=revision,
        other=other if before else 0,
        changes=changes,
        is_inline=request.args.get("view") == "inline",
        labels=field_labels(work.desk),
        unchanged=count_unchanged(revision.fields, changes),
        names=writers(db.session(), [revision]),
        form=RestoreForm(formdata=None, number=number, based_on=work.number),
        may_restore=work.row.write_permission in work.actor.permissions and number != work.number,
    )


@moderation.post("/staff/content/<kind>/<row:row_id>/restore")
@needs(Permission.CONTENT_WRITE)
@commits
def restore_revision(kind: str, row_id: int) -> ResponseReturnValue:
    """Write an old revision's values as the newest one.

    :raise BadAddress: the form is not whole
    """
    work, form = get_work_to_write(kind, row_id), RestoreForm()
    if not form.validate_on_submit():
        raise BadAddress
    old = queries.get_revision(db.session(), work.row, form.number.data or 0)
    restore(
        db.session(),
        work.row,
        number=old.number or 0,
        actor=work.actor_to_write(old.fields),
        at=real_now(),
        based_on=form.based_on.data or 0,
    )
    return to_row(work, _("Version %(number)s was written anew.", number=form.number.data))
