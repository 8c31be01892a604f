"""Staff home, and one's own account: name, a new app, sessions."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import services
from portal.accounts.forms import DetailsForm, ReplaceForm
from portal.accounts.guard import current_account, current_grants, current_session, session_limits
from portal.accounts.passkeys import passkeys_of
from portal.accounts.places import write_grant
from portal.accounts.queries import count_recovery_codes
from portal.accounts.rules import Permission
from portal.accounts.security.parts import NEW_SECRET
from portal.accounts.security.questions import drawing_of
from portal.accounts.sessions import sessions_of
from portal.accounts.tries import confirms
from portal.accounts.views.answers import form_page
from portal.accounts.views.blueprint import accounts
from portal.accounts.words import ROLE_NOTES
from portal.core.clock import real_now
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.permissions import needs
from portal.core.sections import sections_of
from portal.core.templates import render
from portal.core.transactions import commits
from portal.extensions import db

#: The place of staff home that features above fill; providers get the account's id.
HOME = "staff.home"


@accounts.get("/")
@needs(Permission.STAFF_OWN)
def show_home() -> str:
    """Show what waits for somebody, and what they may do."""
    account = current_account()
    return render(
        "accounts/show_home.html",
        account=account,
        roles=[write_grant(grant) for grant in current_grants()],
        notes=dict.fromkeys(ROLE_NOTES.get(grant.role, "") for grant in current_grants()),
        sections=sections_of(HOME, account.id),
    )


@accounts.get("/account")
@needs(Permission.STAFF_OWN)
def show_own_account() -> ResponseReturnValue:
    """Show one's own account with its sessions."""
    account = current_account()
    details = DetailsForm(formdata=None, name=account.name, language=account.language)
    return _own_page(details=details)


@accounts.post("/account")
@needs(Permission.STAFF_OWN)
@commits
@returns_form
def change_details() -> ResponseReturnValue:
    """Change one's own name and language."""
    form = DetailsForm()
    if not form.validate_on_submit():
        return _own_page(details=form)
    services.change_name(
        db.session(),
        account=current_account(),
        name=form.name.data or "",
        language=form.language.data,
    )
    tell(_("Your name and language were saved."))
    return redirect(url_for("accounts.show_own_account"), 303)


@accounts.route("/account/second-factor", methods=["GET", "POST"])
@needs(Permission.STAFF_OWN)
@commits
@returns_form
def replace_second_factor() -> ResponseReturnValue:
    """Replace the second factor of somebody who shows password, old code and first new code."""
    form, account, row = ReplaceForm(), current_account(), current_session()
    factory = services.totp_factory()
    session[NEW_SECRET] = secret = factory.generate_totp_secret()
    if row is not None and form.validate_on_submit():
        counter = factory.counter_of_new(form.new_code.data or "", secret)
        if counter is None:
            form.new_code.errors = [_("This code is not right. Type the one the app shows now.")]
        elif confirms(form, account):
            session.pop(NEW_SECRET)
            codes = services.replace_second_factor(
                db.session(),
                account=account,
                key=factory.get_totp_b32_key(secret),
                counter=counter,
                session_id=row.id,
                at=real_now(),
            )
            return render("accounts/recovery_codes.html", codes=codes)
    return form_page("accounts/replace.html", form, **drawing_of(secret, account))


@accounts.post("/account/sessions/<row:session_id>/end")
@needs(Permission.STAFF_OWN)
@commits
def end_session(session_id: int) -> ResponseReturnValue:
    """End one of one's own sessions."""
    services.end_session(db.session(), account=current_account(), session_id=session_id)
    tell(_("The session was ended."))
    return redirect(url_for("accounts.show_own_account"), 303)


@accounts.post("/account/sessions/end")
@needs(Permission.STAFF_OWN)
@commits
def end_all_sessions() -> ResponseReturnValue:
    """End all of one's own sessions, this one too."""
    services.end_all_sessions(db.session(), account=current_account())
    session.clear()
    return redirect(url_for("security.login"), 303)


def _own_page(details: DetailsForm) -> ResponseReturnValue:
    """Return the page of one's own account."""
    account, row = current_account(), current_session()
    page = render(
        "accounts/show_own_account.html",
        account=account,
        form=details,
        passkeys=passkeys_of(db.session(), account.id),
        codes_left=count_recovery_codes(db.session(), account.id),
        sessions=sessions_of(db.session(), account.id, limits=session_limits(), at=real_now()),
        here_id=row.id if row else None,
    )
    return page, 422 if request.method == "POST" else 200
