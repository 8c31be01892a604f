"""The page of deputies: who stands in for whom, from which day to which."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guard import current_account, held_permissions
from portal.accounts.queries import names_of, open_accounts
from portal.accounts.rules import Permission
from portal.core.clock import today
from portal.core.errors import Invalid, NotFound
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.permissions import is_allowed, needs
from portal.core.templates import render
from portal.core.transactions import begin_again, commits
from portal.extensions import db
from portal.moderation import queries
from portal.moderation.forms import DeputyForm
from portal.moderation.models import Deputy
from portal.moderation.rules import Actor
from portal.moderation.services import appoint_deputy, end_deputy
from portal.moderation.views.blueprint import moderation


@moderation.get("/staff/deputies")
@needs(Permission.STAFF_HOME)
def show_deputies() -> ResponseReturnValue:
    """Show one's own deputies, to administrators everybody's, and the form for one more."""
    form = _form()
    if "account" in form:
        form.account.data = current_account().key
    return _page(form)


@moderation.post("/staff/deputies")
@needs(Permission.STAFF_HOME)
@returns_form
@commits
def appoint() -> ResponseReturnValue:
    """Let somebody stand in for oneself; administrators appoint anybody's deputy."""
    form, mine = _form(), current_account().key
    if not form.validate_on_submit():
        return _page(form)
    actor = Actor(mine, held_permissions())
    try:
        begin_again()
        appoint_deputy(
            db.session(),
            account=form.account.data if "account" in form else mine,
            deputy=form.deputy.data,
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            actor=actor,
        )
    except Invalid as error:
        form.form_errors.append(error.sentence)
        return _page(form)
    tell(_("The deputy was appointed."))
    return redirect(url_for("moderation.show_deputies"), 303)


@moderation.post("/staff/deputies/<row:deputy_id>/end")
@needs(Permission.STAFF_HOME)
@commits
def end(deputy_id: int) -> ResponseReturnValue:
    """End an appointment from today on.

    :raise NotFound: there is no such appointment
    """
    actor = Actor(current_account().key, held_permissions())
    begin_again()
    appointed = db.session.get(Deputy, deputy_id)
    if appointed is None:
        raise NotFound
    end_deputy(db.session(), appointed, on=today(), actor=actor)
    tell(_("The appointment was ended."))
    return redirect(url_for("moderation.show_deputies"), 303)


def _form() -> DeputyForm:
    """Return the form; only administrators choose who is absent."""
    form, people = DeputyForm(), list(open_accounts(db.session()))
    form.deputy.choices = [("", ""), *people]
    if is_allowed(Permission.ACCOUNTS_MANAGE):
        form.account.choices = people
    else:
        del form.account
    return form


def _page(form: DeputyForm) -> ResponseReturnValue:
    """Return the page; a form that came back with errors has status 422."""
    mine = current_account().key
    everybody = is_allowed(Permission.ACCOUNTS_MANAGE)
    rows = queries.deputies_from(db.session(), today(), None if everybody else mine)
    named = {key for row in rows for key in (row.account_key, row.deputy_key)}
    names = names_of(db.session(), named)
    page = render("moderation/show_deputies.html", form=form, rows=rows, names=names)
    return page, 422 if form.errors else 200
