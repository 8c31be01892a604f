"""Writing down somebody who calls, with a slip, and guests of the council."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.rules import Permission
from portal.core.clock import business_now, real_now
from portal.core.collected import find_collected
from portal.core.errors import Conflict, Invalid
from portal.core.form_keys import new_key
from portal.core.forms import returns_form
from portal.core.i18n import page_language
from portal.core.notices import tell
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import commits
from portal.extensions import db
from portal.hearings.forms.staff import CallerForm, GuestForm
from portal.hearings.models import Hearing
from portal.hearings.queries import boards
from portal.hearings.queries.panels import ways_of
from portal.hearings.rules.kinds import Way
from portal.hearings.rules.sign_ups import Draft
from portal.hearings.services import door as services
from portal.hearings.staff_views.access import (
    PREFIX,
    begin_deed,
    check_key,
    get_sign_up,
    open_hearing,
    to_party,
)
from portal.notifications.wording import link_to
from portal.places.models import Pool

callers = Blueprint("callers", __name__, url_prefix=PREFIX)

_MOST_GUESTS = 50


@callers.route("/<row:hearing_id>/callers", methods=["GET", "POST"])
@needs(Permission.EVENTS_MANAGE)
@returns_form
@commits
def sign_up_caller(hearing_id: int) -> ResponseReturnValue:
    """Sign somebody up who calls; the answer is their slip, whose code is shown once."""
    hearing = open_hearing(hearing_id)
    form = CallerForm()
    ways, most_party = ways_of(db.session(), hearing)
    form.offer(most_party)
    form.offer_ways(ways)
    if not form.validate_on_submit():
        if not form.is_submitted():
            form.key.data = new_key()
        return _caller_page(hearing, form)
    key = check_key(form.key.data)
    _hearing, actor = begin_deed(hearing_id)
    try:
        sign_up, code = services.write_down(
            db.session(),
            hearing_id=hearing_id,
            draft=_draft(form),
            key=key,
            actor=actor,
            now=business_now(),
            at=real_now(),
        )
    except (Conflict, Invalid) as error:
        db.session.rollback()
        form.form_errors.append(error.sentence)
        return _caller_page(open_hearing(hearing_id), form)
    if code is None:
        tell(_("This form was sent before. Here is what it led to; a lost slip can be renewed."))
        return to_party(hearing_id, sign_up.id)
    return _slip(hearing_id, sign_up.id, code)


@callers.post("/<row:hearing_id>/parties/<row:sign_up_id>/slip")
@needs(Permission.EVENTS_MANAGE)
@commits
def renew_slip(hearing_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Print a slip with a new code for somebody who lost theirs."""
    _hearing, actor = begin_deed(hearing_id)
    sign_up = get_sign_up(hearing_id, sign_up_id)
    code = services.renew_slip(db.session(), sign_up=sign_up, actor=actor)
    return _slip(hearing_id, sign_up_id, code)


@callers.post("/<row:hearing_id>/parties/<row:sign_up_id>/link")
@needs(Permission.EVENTS_MANAGE)
@commits
def renew_links(hearing_id: int, sign_up_id: int) -> ResponseReturnValue:
    """End the links of a party and send new ones."""
    _hearing, actor = begin_deed(hearing_id)
    sign_up = get_sign_up(hearing_id, sign_up_id)
    services.renew_links(db.session(), sign_up=sign_up, actor=actor, at=real_now())
    tell(_("The old links have ended. A letter with new ones is on its way."))
    return to_party(hearing_id, sign_up_id)


@callers.route("/<row:hearing_id>/guests", methods=["GET", "POST"])
@needs(Permission.EVENTS_MANAGE)
@returns_form
@commits
def admit_guest(hearing_id: int) -> ResponseReturnValue:
    """Give a guest of the council places that were held back."""
    hearing = open_hearing(hearing_id)
    form = GuestForm()
    form.offer(_MOST_GUESTS)
    if not form.validate_on_submit():
        if not form.is_submitted():
            form.key.data = new_key()
        return _guest_page(hearing, form)
    email = form.email.data or None
    draft = Draft(Way.ROOM, form.size.data, form.name.data or "", email, page_language())
    key = check_key(form.key.data)
    _hearing, actor = begin_deed(hearing_id)
    try:
        sign_up = services.admit_guest(
            db.session(),
            hearing_id=hearing_id,
            draft=draft,
            key=key,
            actor=actor,
            now=business_now(),
            at=real_now(),
        )
    except (Conflict, Invalid) as error:
        db.session.rollback()
        form.form_errors.append(error.sentence)
        return _guest_page(open_hearing(hearing_id), form)
    tell(_("The guest has places."))
    return to_party(hearing_id, sign_up.id)


def _draft(form: CallerForm) -> Draft:
    return Draft(
        way=Way(form.way.data),
        size=form.size.data,
        name=form.name.data or "",
        email=form.email.data or None,
        language=page_language(),
        phone=form.phone.data or None,
        needs=form.needs.data or None,
        question=form.question.data or None,
    )


def _caller_page(hearing: Hearing, form: CallerForm) -> ResponseReturnValue:
    page = render(
        "hearings/staff/sign_up_caller.html",
        hearing=hearing,
        form=form,
        has_ways=bool(form.way.choices),
        collected=find_collected("sign_ups.sign_up"),
    )
    return page, 422 if form.errors else 200


def _guest_page(hearing: Hearing, form: GuestForm) -> ResponseReturnValue:
    pool = db.session.get(Pool, hearing.room_pool_id) if hearing.room_pool_id else None
    held_back = pool.held_back if pool else 0
    page = render(
        "hearings/staff/admit_guest.html", hearing=hearing, form=form, held_back=held_back
    )
    return page, 422 if form.errors else 200


def _slip(hearing_id: int, sign_up_id: int, code: str) -> ResponseReturnValue:
    """Show a slip to print; nobody can read its code again."""
    return render(
        "hearings/staff/slip.html",
        hearing=db.session.get_one(Hearing, hearing_id),
        party=boards.find_party(db.session(), hearing_id, sign_up_id),
        code=code,
        address=link_to("/hearings/slip", page_language()),
        back_url=url_for("check_in.show_party", hearing_id=hearing_id, sign_up_id=sign_up_id),
    )
