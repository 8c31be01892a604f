"""The one-time link by which somebody chooses the first password, or begins anew."""

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import services
from portal.accounts.forms import NewPasswordForm
from portal.accounts.security.moments import begin_half
from portal.accounts.views.answers import form_page
from portal.accounts.views.blueprint import accounts
from portal.core.clock import real_now
from portal.core.forms import returns_form
from portal.core.transactions import begin_again
from portal.extensions import db


@accounts.route("/invitations/<token>", methods=["GET", "POST"])
@returns_form
def accept_invitation(token: str) -> ResponseReturnValue:
    """Set the password by a one-time link, then go on to the second factor.

    :raise Gone: the link is wrong, used or too old
    """
    link = services.get_link(db.session(), token, at=real_now())
    form, email = NewPasswordForm(), link.account.email
    form.own_words = (email, link.account.name)
    if form.validate_on_submit():
        begin_again()
        link = services.get_link(db.session(), token, at=real_now())
        password = form.new_password.data or ""
        account = services.use_link(db.session(), link=link, password=password, at=real_now())
        plugins = current_app.extensions["security"].two_factor_plugins
        plugins.tf_enter(account, False, "invitation", None)
        begin_half(account)
        return redirect(url_for("security.two_factor_token_validation"), 303)
    return form_page("accounts/invitation.html", form, email=email)
