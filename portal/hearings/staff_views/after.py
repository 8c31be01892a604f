"""After a hearing: how many came, who did not, and what those who came thought."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from portal.accounts.rules import Permission
from portal.core.clock import business_now, real_now
from portal.core.errors import Conflict
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import commits
from portal.extensions import db
from portal.hearings.forms.staff import AttendanceForm
from portal.hearings.models import Hearing
from portal.hearings.queries.boards import way_boards
from portal.hearings.queries.figures import answers_of
from portal.hearings.rules.desk import FEWEST_ANSWERS
from portal.hearings.rules.kinds import Way
from portal.hearings.services.after import close_attendance
from portal.hearings.staff_views.access import PREFIX, begin_deed, open_hearing
from portal.places.rules import ClaimState

after = Blueprint("after_hearing", __name__, url_prefix=PREFIX)


@after.route("/<row:hearing_id>/after", methods=["GET", "POST"])
@needs(Permission.EVENTS_MANAGE)
@returns_form
@commits
def close_hearing(hearing_id: int) -> ResponseReturnValue:
    """Keep how many came; who was not checked in did not come."""
    hearing, form = open_hearing(hearing_id), AttendanceForm()
    if not form.validate_on_submit():
        return _after_page(hearing, form)
    _hearing, actor = begin_deed(hearing_id)
    try:
        absent = close_attendance(
            db.session(),
            hearing_id=hearing_id,
            attendance=form.attendance.data,
            actor=actor,
            now=business_now(),
            at=real_now(),
        )
    except Conflict as error:
        db.session.rollback()
        form.form_errors.append(error.sentence)
        return _after_page(open_hearing(hearing_id), form)
    told = ngettext(
        "It was kept. %(num)d party did not come.",
        "It was kept. %(num)d parties did not come.",
        absent,
    )
    tell(told)
    return redirect(url_for("after_hearing.close_hearing", hearing_id=hearing_id), 303)


def _after_page(hearing: Hearing, form: AttendanceForm) -> ResponseReturnValue:
    session = db.session()
    boards = way_boards(session, hearing)
    room = next((board for board in boards if board.way is Way.ROOM), None)
    here = room.of(ClaimState.ATTENDED).people if room else 0
    if not form.is_submitted():
        form.attendance.data = here if hearing.attendance is None else hearing.attendance
    page = render(
        "hearings/staff/close_hearing.html",
        hearing=hearing,
        form=form,
        here=here,
        unseen=room.of(ClaimState.CONFIRMED).parties if room else 0,
        answers=answers_of(session, hearing.id),
        fewest=FEWEST_ANSWERS,
    )
    return page, 422 if form.errors else 200
