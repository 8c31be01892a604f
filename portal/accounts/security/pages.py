"""Flask-Security's views as pages of ours: at our addresses, in our layout, within our steps.

Its blueprint is made here of those of its views that the staff use, so that no other is there.
"""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import views
from flask_security.recoverable import reset_password_token_status
from flask_security.recovery_codes import mf_recovery, mf_recovery_codes
from flask_security.tf_plugin import tf_clean_session
from flask_security.webauthn import (
    webauthn_register,
    webauthn_register_response,
    webauthn_signin,
    webauthn_signin_response,
)
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import UnsupportedMediaType

from portal.accounts.guard import current_session, safe_next
from portal.accounts.rules import Permission
from portal.accounts.security.moments import PENDING, begin_half, end_here, pending_session
from portal.core.errors import Gone
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import commits
from portal.extensions import db

View = Callable[..., ResponseReturnValue]

#: Which form of Flask-Security a template of ours shows.
_FORMS = {
    "accounts/sign_in.html": "login_user_form",
    "accounts/second_factor.html": "two_factor_verify_code_form",
    "accounts/set_up.html": "two_factor_verify_code_form",
    "accounts/recovery.html": "mf_recovery_form",
    "accounts/renew_codes.html": "mf_recovery_codes_form",
    "accounts/change_password.html": "change_password_form",
    "accounts/forgot_password.html": "forgot_password_form",
    "accounts/reset_password.html": "reset_password_form",
    "accounts/passkey.html": "wan_signin_form",
    "accounts/add_passkey.html": "wan_register_form",
}
#: Where the ways in go on to each other, and take along where one wanted to go.
_STEPS = ("login", "two_factor_token_validation", "two_factor_setup", "mf_recovery", "wan_signin")


def draw(name: str, **context: Any) -> tuple[str, int]:
    """Return a page of Flask-Security in our layout; one whose form came back has status 422."""
    if context.get("recovery_codes"):
        return render("accounts/recovery_codes.html", codes=context["recovery_codes"]), 200
    if name == "accounts/second_factor.html" and session.get("tf_state") == "validating_profile":
        name = "accounts/set_up.html"
    form = context[_FORMS[name]]
    return render(name, form=form, **context), 422 if form.errors else 200


def sign_in() -> Response:
    """Take the address and the password, then begin the second step under a new secret."""
    response = make_response(views.login())
    if request.method == "POST" and PENDING in session:
        store = current_app.extensions["security"].datastore
        begin_half(store.find_user(fs_uniquifier=session[PENDING]))
    return response


def sign_out() -> Response:
    """End the session here and on the server."""
    response = make_response(views.logout())
    end_here()
    return response


def give_code() -> Response:
    """Take a code of the app; who has none yet is led to set it up.

    A first app may have been set up elsewhere since the password was given: then it is asked for.
    """
    row = pending_session()
    if row is not None and row.account.has_second_factor:
        session["tf_state"] = "ready"
    if session.get("tf_state") == "setup_from_login":
        return make_response(redirect(url_for("security.two_factor_setup")))
    return make_response(views.two_factor_token_validation())


def set_up() -> Response:
    """Show the key of a first second factor; who has one can't replace it here."""
    row = pending_session()
    if row is None or row.account.has_second_factor:
        return make_response(redirect(url_for("security.two_factor_token_validation")))
    return make_response(views.two_factor_setup())


def answer_passkey(token: str) -> Response:
    """Take what an authenticator answered; a wrong answer brings a page that asks again."""
    response = webauthn_signin_response(token)
    row = current_session()
    is_in = row is not None and row.is_complete
    return make_response(response if is_in else webauthn_signin())


def keep_passkey(token: str) -> Response:
    """Take what an authenticator answered that made a passkey."""
    try:
        response = make_response(webauthn_register_response(token))
    except KeyError:  # the token of a sign-in, which names no passkey
        response = make_response(redirect(url_for("security.wan_register")))
    is_made = response.location == url_for("accounts.show_own_account")
    tell(_("The passkey was added.") if is_made else _("No passkey was made. Begin once more."))
    return response


def choose_password(token: str) -> Response:
    """Set a new password by the link of a letter.

    :raise Gone: the link is wrong, too old, or used, if only in this moment
    """
    expired, invalid, account = reset_password_token_status(token)
    if expired or invalid or account is None:
        raise _link_is_gone()
    response = make_response(views.reset_password(token))
    if response.location == url_for("security.forgot_password"):
        raise _link_is_gone()
    return response


def _link_is_gone() -> Gone:
    return Gone(_("This link was used or is too old. Ask for a new letter."))


def _page(view: View) -> View:
    """Return a view of Flask-Security that meets nothing but what it may trust.

    The request brings a form, leads on to staff pages alone, and a half sign-in in its cookie is
    one that the server knows, too.
    """

    @functools.wraps(view)
    def answer(**values: str) -> ResponseReturnValue:
        if request.is_json:
            raise UnsupportedMediaType
        wanted = _keep_safe_next()
        if pending_session() is None:
            tf_clean_session()
        response = _answer_of(view, values)
        codes = g.pop("recovery_codes", None)
        if codes:
            return render("accounts/recovery_codes.html", codes=codes)
        return _lead_on(response, wanted)

    return commits(answer)


def _answer_of(view: View, values: dict[str, str]) -> Response:
    """Return the answer of a view of Flask-Security.

    It commits after the answer, also when that is the page of an error: nothing of what failed
    may be left by then.
    """
    try:
        return make_response(view(**values))
    except Exception:
        db.session.rollback()
        raise


def _way_in(view: View) -> View:
    """Return a view for who is not signed in; others are led to their work."""

    @functools.wraps(view)
    def enter(**values: str) -> ResponseReturnValue:
        row = current_session()
        if row is not None and row.is_complete:
            return redirect(url_for("accounts.show_home"))
        return view(**values)

    return enter


def _keep_safe_next() -> str | None:
    """Forget what a request asks beside what our pages know, and return where it goes on to.

    That is a staff page, or None.
    """
    wanted = safe_next(request.args.get("next"))
    known = {"next": wanted, "ended": request.args.get("ended")}
    request.args = ImmutableMultiDict({name: value for name, value in known.items() if value})
    sent = request.form.items(multi=True)
    request.form = ImmutableMultiDict([pair for pair in sent if pair[0] != "next"])
    return wanted


def _lead_on(response: Response, wanted: str | None) -> Response:
    """Return a redirect as one after a form; a further step takes along where one wanted to go."""
    if not response.location:
        return response
    path = urlsplit(response.location).path
    if path in {url_for(f"security.{step}") for step in _STEPS}:
        onward = f"?next={quote(wanted, safe='/')}" if wanted else ""
        response.location = path + onward
    response.status_code = 303
    return response


def make_blueprint() -> Blueprint:
    """Return Flask-Security's blueprint with the pages of the staff."""
    pages = Blueprint("security", __name__, url_prefix="/staff")

    def add(path: str, endpoint: str, view: View, *methods: str, **options: Any) -> None:
        pages.add_url_rule(path, endpoint, view, methods=methods or ("GET", "POST"), **options)

    _add_ways_in(add)
    _add_own(add)
    return pages


def _add_ways_in(add: Callable[..., None]) -> None:
    """Add the pages of who is not signed in."""
    recovery = _form(_way_in(mf_recovery))
    add("/sign-in", "login", _form(_way_in(sign_in)))
    add("/sign-out", "logout", _page(sign_out), "POST")
    add("/second-factor", "two_factor_token_validation", _form(_way_in(give_code)))
    add("/second-factor/new", "two_factor_setup", _page(_way_in(set_up)), "GET")
    add("/second-factor/recovery", "mf_recovery", recovery)
    # Flask-Security makes an address of its page for who lost the app: it is the same one.
    add("/second-factor/recovery", "two_factor_rescue", recovery, build_only=True)
    add("/passkey", "wan_signin", _page(_way_in(webauthn_signin)), "GET")
    add("/passkey/<token>", "wan_signin_response", _form(_way_in(answer_passkey)), "POST")
    add("/new-password", "forgot_password", _form(views.forgot_password))
    add("/new-password/<token>", "reset_password", _form(choose_password))


def _add_own(add: Callable[..., None]) -> None:
    """Add the pages of who is signed in."""
    own, new = needs(Permission.STAFF_OWN), "/account/passkeys/new"
    add("/account/password", "change_password", own(_form(views.change_password)))
    add("/account/recovery-codes", "mf_recovery_codes", own(_form(mf_recovery_codes)))
    add(new, "wan_register", own(_form(webauthn_register)))
    add(f"{new}/<token>", "wan_register_response", own(_page(keep_passkey)), "POST")


def _form(view: View) -> View:
    """Return a page with a form, which comes back when its token was refused."""
    return returns_form(_page(view))
