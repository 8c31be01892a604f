"""One's own passkeys: add, rename, remove."""

from datetime import date, datetime
from typing import NamedTuple

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import passkeys, services
from portal.accounts.authenticator import NewPasskey, read_new
from portal.accounts.forms import NewPasskeyForm, PasskeyNameForm
from portal.accounts.guard import current_account
from portal.accounts.models import StaffAccount
from portal.accounts.rules import Permission
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.challenges import ask_for_new, take_challenge
from portal.accounts.views.sign_in import form_page, judge
from portal.core.clock import council_zone, real_now
from portal.core.errors import Conflict
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.permissions import needs
from portal.core.transactions import commits
from portal.extensions import db


@accounts.route("/account/passkeys/new", methods=["GET", "POST"])
@needs(Permission.STAFF_OWN)
@commits
@returns_form
def add_passkey() -> ResponseReturnValue:
    """Add a passkey for somebody who shows a code of the app again."""
    form, account = NewPasskeyForm(), current_account()
    if form.validate_on_submit():
        made = _read_new(form.credential.data or "")
        if made is None:
            form.form_errors.append(_("No passkey was made. Press the button again."))
        elif _is_code(account, form, made.challenge) and _is_added(account, form, made.passkey):
            tell(_("The passkey was added."))
            return _back()
    asked = ask_for_new(account, passkeys.passkeys_of(db.session(), account.id))
    return form_page("accounts/add_passkey.html", form, question=asked)


@accounts.route("/account/passkeys/<row:passkey_id>", methods=["GET", "POST"])
@needs(Permission.STAFF_OWN)
@commits
@returns_form
def show_passkey(passkey_id: int) -> ResponseReturnValue:
    """Show one of one's own passkeys, and give it another name."""
    account = current_account()
    passkey = passkeys.get_passkey(db.session(), account, passkey_id)
    form = PasskeyNameForm(name=passkey.name)
    if form.validate_on_submit():
        name = form.name.data or ""
        passkeys.rename_passkey(db.session(), account=account, passkey_id=passkey_id, name=name)
        tell(_("The name of the passkey was saved."))
        return _back()
    added_on, used_on = _day_of(passkey.created_at), _day_of(passkey.used_at)
    return form_page(
        "accounts/show_passkey.html", form, passkey=passkey, added_on=added_on, used_on=used_on
    )


@accounts.post("/account/passkeys/<row:passkey_id>/remove")
@needs(Permission.STAFF_OWN)
@commits
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    """Remove one of one's own passkeys."""
    passkeys.remove_passkey(
        db.session(), account=current_account(), passkey_id=passkey_id, at=real_now()
    )
    tell(_("The passkey was removed."))
    return _back()


class _Made(NamedTuple):
    """A passkey that was made, and the challenge it answers."""

    passkey: NewPasskey
    challenge: bytes


def _read_new(answer: str) -> _Made | None:
    """Return the passkey of the answer to the page's question, or None."""
    asked = take_challenge()
    if asked is None:
        return None
    party, challenge = asked
    passkey = read_new(answer, party=party, challenge=challenge)
    return _Made(passkey, challenge) if passkey else None


def _is_code(account: StaffAccount, form: NewPasskeyForm, challenge: bytes) -> bool:
    """Say whether the code is right and the challenge unused; else the form says no."""
    code, at = form.code.data or "", real_now()
    is_right = judge(
        account,
        lambda: (
            services.use_code(db.session(), account=account, code=code, at=at)
            and passkeys.use_challenge(db.session(), challenge, at=at)
        ),
    )
    if not is_right:
        form.code.errors = [_("This code is not right, or it was used. Wait for the next one.")]
    return is_right


def _is_added(account: StaffAccount, form: NewPasskeyForm, new: NewPasskey) -> bool:
    """Add the passkey, or say in the form why not."""
    try:
        passkeys.add_passkey(
            db.session(), account=account, new=new, name=form.name.data or "", at=real_now()
        )
    except Conflict as error:
        form.form_errors.append(error.sentence)
        return False
    return True


def _day_of(at: datetime | None) -> date | None:
    """Return the council's day of a time."""
    return at.astimezone(council_zone()).date() if at else None


def _back() -> ResponseReturnValue:
    return redirect(url_for("accounts.show_own_account"), 303)
