"""Check-in on a phone: the ticket's code leads to a party, or its number or name is typed."""

from collections.abc import Sequence

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.rules import Permission
from portal.core.clock import business_now, real_now, today
from portal.core.errors import BadAddress, Conflict, Invalid, NotFound
from portal.core.form_keys import new_key
from portal.core.forms import returns_form
from portal.core.i18n import page_language
from portal.core.notices import tell
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import commits
from portal.extensions import db
from portal.hearings.forms.staff import FindForm, WalkInForm
from portal.hearings.models import Hearing
from portal.hearings.queries import boards
from portal.hearings.queries.sign_ups import find_by_number
from portal.hearings.rules.kinds import Way
from portal.hearings.rules.sign_ups import Draft, plain_number
from portal.hearings.services import door as services
from portal.hearings.staff_pages import PartyRow, WayBoard
from portal.hearings.staff_views.access import (
    PREFIX,
    begin_deed,
    check_key,
    get_sign_up,
    open_hearing,
    to_party,
)
from portal.hearings.staff_words import STATE_WORDS, WAY_WORDS
from portal.places.rules import ClaimState

check_in = Blueprint("check_in", __name__, url_prefix=PREFIX)

#: What a button at the door may say of a party.
MARKS = (ClaimState.ATTENDED, ClaimState.ABSENT, ClaimState.CONFIRMED)
#: A party at the door is rarely larger; more are let in as two.
MOST_AT_DOOR = 10


@check_in.get("/<row:hearing_id>/check-in")
@needs(Permission.EVENTS_MANAGE)
def show_check_in(hearing_id: int) -> ResponseReturnValue:
    """Show how many are here, and ask for a number or name."""
    return _door_page(open_hearing(hearing_id), FindForm(formdata=None), _new_walk_in())


@check_in.post("/<row:hearing_id>/check-in")
@needs(Permission.EVENTS_MANAGE)
@returns_form
def find_party(hearing_id: int) -> ResponseReturnValue:
    """Lead to the party of a number, or list those whose name fits."""
    hearing, form = open_hearing(hearing_id), FindForm()
    if not form.validate_on_submit():
        return _door_page(hearing, form, _new_walk_in())
    wanted = form.wanted.data or ""
    sign_up = find_by_number(db.session(), plain_number(wanted))
    if sign_up is not None and sign_up.hearing_id == hearing_id:
        return to_party(hearing_id, sign_up.id)
    if sign_up is not None:
        form.wanted.errors = [_("This number belongs to another hearing.")]
        return _door_page(hearing, form, _new_walk_in())
    found = boards.search_names(db.session(), hearing_id, wanted)
    if not found:
        form.wanted.errors = [_("Nobody signed up under this number or name.")]
    return _door_page(hearing, form, _new_walk_in(), found)


@check_in.post("/<row:hearing_id>/walk-ins")
@needs(Permission.EVENTS_MANAGE)
@returns_form
@commits
def add_walk_in(hearing_id: int) -> ResponseReturnValue:
    """Let somebody in who has not signed up, while there are free places."""
    hearing, form = open_hearing(hearing_id), WalkInForm()
    form.offer(MOST_AT_DOOR)
    if not form.validate_on_submit():
        return _door_page(hearing, FindForm(formdata=None), form)
    draft = Draft(Way.ROOM, form.size.data, form.name.data or "", None, page_language())
    key = check_key(form.key.data)
    _hearing, actor = begin_deed(hearing_id)
    try:
        services.admit_walk_in(
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
        form.size.errors = [error.sentence]
        return _door_page(open_hearing(hearing_id), FindForm(formdata=None), form)
    tell(ngettext("%(num)d person is in.", "%(num)d people are in.", draft.size))
    return redirect(url_for("check_in.show_check_in", hearing_id=hearing_id), 303)


@check_in.get("/<row:hearing_id>/parties/<row:sign_up_id>")
@needs(Permission.EVENTS_MANAGE)
def show_party(hearing_id: int, sign_up_id: int) -> str:
    """Show a party with large buttons: here, not here, undo.

    :raise NotFound: the hearing has no such sign-up
    """
    hearing = open_hearing(hearing_id)
    party = boards.find_party(db.session(), hearing_id, sign_up_id)
    if party is None:
        raise NotFound(_("This hearing has no such sign-up."))
    return render(
        "hearings/staff/show_party.html",
        hearing=hearing,
        party=party,
        room=_room_of(hearing),
        is_today=hearing.starts_on == today(),
        state_words=STATE_WORDS,
        way_words=WAY_WORDS,
    )


@check_in.post("/<row:hearing_id>/parties/<row:sign_up_id>")
@needs(Permission.EVENTS_MANAGE)
@commits
def mark_party(hearing_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Note that a party is here or is not, or take that back; twice is once.

    :raise BadAddress: the button was not made here
    """
    if request.form.get("to") not in {state.value for state in MARKS}:
        raise BadAddress
    to = ClaimState(request.form["to"])
    _hearing, actor = begin_deed(hearing_id)
    services.mark_party(
        db.session(),
        sign_up=get_sign_up(hearing_id, sign_up_id),
        to=to,
        actor=actor,
        now=business_now(),
        at=real_now(),
    )
    return to_party(hearing_id, sign_up_id)


def _door_page(
    hearing: Hearing, form: FindForm, walk_in: WalkInForm, found: Sequence[PartyRow] = ()
) -> ResponseReturnValue:
    page = render(
        "hearings/staff/show_check_in.html",
        hearing=hearing,
        form=form,
        walk_in=walk_in,
        found=found,
        room=_room_of(hearing),
        is_today=hearing.starts_on == today(),
        state_words=STATE_WORDS,
        way_words=WAY_WORDS,
    )
    return page, 422 if form.errors or walk_in.errors else 200


def _room_of(hearing: Hearing) -> WayBoard | None:
    ways = boards.way_boards(db.session(), hearing)
    return next((board for board in ways if board.way is Way.ROOM), None)


def _new_walk_in() -> WalkInForm:
    form = WalkInForm(formdata=None)
    form.offer(MOST_AT_DOOR)
    form.key.data = new_key()
    return form
