"""What Flask-Security's pages show beside their forms: a question for a passkey, a key to scan."""

import json
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, session, url_for
from flask_babel import gettext as _
from flask_security import Security
from flask_security.webauthn import _signin_common

from portal.accounts.models import StaffAccount
from portal.accounts.security.moments import pending_session
from portal.accounts.security.parts import NEW_SECRET
from portal.core.qr import qr_svg

#: The use for which Flask-Security keeps our passkeys.
_USES = ["first"]


@dataclass(frozen=True)
class Question:
    """What a page asks of an authenticator.

    :ivar options: JSON for the browser; empty where passkeys don't work
    :ivar place: address at which they work; empty: at none
    :ivar action: address that takes the answer
    """

    options: str
    place: str
    action: str


def tell_pages(security: Security) -> None:
    """Let pages have what they show beside their forms."""
    security.login_context_processor(_beside_sign_in)
    security.wan_signin_context_processor(lambda: {"question": ask(_pending())})
    security.wan_register_context_processor(lambda: {"place": _place_elsewhere()})
    security.tf_setup_context_processor(_new_key)
    security.tf_token_validation_context_processor(_beside_code)


def ask(account: StaffAccount | None) -> Question:
    """Ask for a passkey of somebody; of nobody: for whichever there is."""
    util = current_app.extensions["security"].webauthn_util
    if not util.works_here():
        return Question("", util.origin(), "")
    options, state = _signin_common(account, _USES)
    onward = request.args.get("next")
    action = url_for("security.wan_signin_response", token=state, next=onward)
    return Question(json.dumps(options), util.origin(), action)


def drawing_of(secret: str, account: StaffAccount) -> dict[str, Any]:
    """Return a key as its page shows it: to read, and to scan."""
    codes = current_app.extensions["security"].totp_factory
    uri = codes.get_totp_uri(account.email, secret)
    return {
        "key": codes.get_totp_b32_key(secret),
        "drawing": qr_svg(uri, title=_("QR code for the authenticator app")),
    }


def _beside_sign_in() -> dict[str, Any]:
    is_ended = request.method == "GET" and request.args.get("ended") == "yes"
    return {"question": ask(None), "is_ended": is_ended}


def _beside_code() -> dict[str, Any]:
    account = _pending()
    has_passkeys = account is not None and bool(account.webauthn)
    return {"question": ask(account) if has_passkeys else None, **_new_key()}


def _new_key() -> dict[str, Any]:
    """Return the drawing of the key that is being set up, if one is."""
    account, secret = _pending(), session.get(NEW_SECRET)
    return drawing_of(secret, account) if account is not None and secret else {}


def _pending() -> StaffAccount | None:
    row = pending_session()
    return row.account if row is not None else None


def _place_elsewhere() -> str | None:
    """Return where passkeys work when they don't here; empty: nowhere; None: they do here."""
    util = current_app.extensions["security"].webauthn_util
    return None if util.works_here() else util.origin()
