"""Finding what a page of the staff is about, and asking whether one may see and change it."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guard import current_grants
from portal.accounts.rules import Permission, may
from portal.core.actors import current_actor
from portal.core.errors import BadAddress, NotAllowed, NotFound
from portal.core.form_keys import is_key
from portal.core.transactions import begin_again
from portal.extensions import db
from portal.hearings.models import Hearing, SignUp
from portal.hearings.services.sign_ups import lock_hearing
from portal.hearings.staff.hearings import place_of_hearing

PREFIX = "/staff/hearings"


def open_hearing(hearing_id: int) -> Hearing:
    """Return a hearing whose sign-ups the signed-in person may see and change.

    :raise NotFound: there is none
    :raise NotAllowed: their role is for another committee or member
    """
    hearing = db.session.get(Hearing, hearing_id)
    if hearing is None:
        raise NotFound(_("There is no such hearing."))
    place = place_of_hearing(db.session(), hearing, {})
    if not may(current_grants(), Permission.EVENTS_MANAGE, place):
        raise NotAllowed(_("Your role does not let you do this."))
    return hearing


def begin_deed(hearing_id: int) -> tuple[Hearing, str]:
    """Return a hearing that nobody else changes until the commit, and who acts.

    :raise NotFound: there is no such hearing
    :raise NotAllowed: their role is for another committee or member
    """
    open_hearing(hearing_id)
    actor = current_actor()
    begin_again()
    return lock_hearing(db.session(), hearing_id), actor


def get_sign_up(hearing_id: int, sign_up_id: int) -> SignUp:
    """Return a sign-up of a hearing.

    :raise NotFound: the hearing has none of this id
    """
    sign_up = db.session.get(SignUp, sign_up_id)
    if sign_up is None or sign_up.hearing_id != hearing_id:
        raise NotFound(_("This hearing has no such sign-up."))
    return sign_up


def to_party(hearing_id: int, sign_up_id: int) -> ResponseReturnValue:
    """Lead to the page of a party at the door."""
    address = url_for("check_in.show_party", hearing_id=hearing_id, sign_up_id=sign_up_id)
    return redirect(address, 303)


def check_key(key: str | None) -> str:
    """Return the key of a form that came.

    :raise BadAddress: the form was not made here
    """
    if not is_key(key or ""):
        raise BadAddress
    return key or ""
