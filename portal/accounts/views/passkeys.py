"""One's own passkeys: rename and remove; Flask-Security adds them."""

from datetime import date, datetime

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import passkeys
from portal.accounts.forms import PasskeyNameForm
from portal.accounts.guard import current_account
from portal.accounts.rules import Permission
from portal.accounts.views.answers import form_page
from portal.accounts.views.blueprint import accounts
from portal.core.clock import council_zone, real_now
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.permissions import needs
from portal.core.transactions import commits
from portal.extensions import db


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


def _day_of(at: datetime | None) -> date | None:
    """Return the council's day of a time."""
    return at.astimezone(council_zone()).date() if at else None


def _back() -> ResponseReturnValue:
    return redirect(url_for("accounts.show_own_account"), 303)
