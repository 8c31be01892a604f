"""Everybody's accounts, for administrators: list, invite, disable, roles."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from portal.accounts import queries, services
from portal.accounts.emails import address_of_link
from portal.accounts.forms import InviteForm, RoleForm
from portal.accounts.guard import current_account
from portal.accounts.models import StaffAccount
from portal.accounts.places import read_place, write_grant
from portal.accounts.rules import Grant, Permission, Role
from portal.accounts.views.blueprint import accounts
from portal.accounts.words import write_state
from portal.core.clock import real_now, today
from portal.core.errors import Conflict, Invalid, NotFound
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import commits
from portal.extensions import db


@accounts.get("/accounts")
@needs(Permission.ACCOUNTS_MANAGE)
def show_accounts() -> str:
    """List all accounts with their roles."""
    rows = queries.accounts_for_administrators(db.session())
    listed = [(row, Markup(", ").join(_held_words(row)), write_state(row)) for row in rows]
    return render("accounts/show_accounts.html", accounts=listed)


@accounts.route("/accounts/invite", methods=["GET", "POST"])
@needs(Permission.ACCOUNTS_MANAGE)
@commits
@returns_form
def invite() -> ResponseReturnValue:
    """Make an account with its first role, send its one-time link and show it, once."""
    form = InviteForm()
    if form.validate_on_submit():
        try:
            account = services.create_account(
                db.session(),
                email=form.email.data or "",
                name=form.name.data or "",
                language=form.language.data,
                at=real_now(),
                actor=current_account().key,
            )
            _give_role(account, form)
            return _link_page(account)
        except (Conflict, Invalid) as error:
            form.form_errors.append(error.sentence)
    status = 422 if request.method == "POST" else 200
    return render("accounts/invite.html", form=form), status


@accounts.get("/accounts/<row:account_id>")
@needs(Permission.ACCOUNTS_MANAGE)
def show_account(account_id: int) -> ResponseReturnValue:
    """Show one account with its roles."""
    return _account_page(_get_account(account_id), RoleForm(formdata=None))


@accounts.post("/accounts/<row:account_id>/link")
@needs(Permission.ACCOUNTS_MANAGE)
@commits
def renew_link(account_id: int) -> ResponseReturnValue:
    """Make a new one-time link for somebody who lost password or second factor."""
    return _link_page(_get_account(account_id))


@accounts.post("/accounts/<row:account_id>/disable")
@needs(Permission.ACCOUNTS_MANAGE)
@commits
def disable_account(account_id: int) -> ResponseReturnValue:
    """Disable an account and end its sessions."""
    services.disable_account(
        db.session(), account=_get_account(account_id), actor=current_account().key, at=real_now()
    )
    return _back(account_id, _("The account was disabled, and its sessions have ended."))


@accounts.post("/accounts/<row:account_id>/enable")
@needs(Permission.ACCOUNTS_MANAGE)
@commits
def enable_account(account_id: int) -> ResponseReturnValue:
    """Enable a disabled account again."""
    services.enable_account(
        db.session(), account=_get_account(account_id), actor=current_account().key
    )
    return _back(account_id, _("The account was enabled again."))


@accounts.post("/accounts/<row:account_id>/roles")
@needs(Permission.ACCOUNTS_MANAGE)
@commits
@returns_form
def give_role(account_id: int) -> ResponseReturnValue:
    """Give somebody a role."""
    form, account = RoleForm(), _get_account(account_id)
    if form.validate_on_submit():
        try:
            _give_role(account, form)
            return _back(account_id, _("The role was given."))
        except (Conflict, Invalid) as error:
            form.form_errors.append(error.sentence)
    return _account_page(account, form)


@accounts.post("/accounts/<row:account_id>/roles/<row:role_id>/take")
@needs(Permission.ACCOUNTS_MANAGE)
@commits
def take_role(account_id: int, role_id: int) -> ResponseReturnValue:
    """Take a role away."""
    services.take_role(
        db.session(),
        account=_get_account(account_id),
        role_id=role_id,
        actor=current_account().key,
        on=today(),
    )
    return _back(account_id, _("The role was taken away."))


def _get_account(account_id: int) -> StaffAccount:
    account = queries.find_account(db.session(), account_id)
    if account is None:
        raise NotFound(_("There is no such account."))
    return account


def _give_role(account: StaffAccount, form: RoleForm) -> None:
    """Give somebody the role that a form names.

    :raise Invalid: the role needs a place of another kind
    :raise Conflict: they hold it already
    """
    services.give_role(
        db.session(),
        account=account,
        grant=Grant(Role(form.role.data), read_place(form.place.data)),
        actor=current_account().key,
        on=today(),
    )


def _held_words(account: StaffAccount) -> list[Markup | str]:
    return [write_grant(role.grant) for role in account.roles if role.is_held(today())]


def _account_page(account: StaffAccount, form: RoleForm) -> ResponseReturnValue:
    held = [(role, write_grant(role.grant)) for role in account.roles if role.is_held(today())]
    is_own = account.id == current_account().id
    page = render(
        "accounts/show_account.html",
        account=account,
        state=write_state(account),
        form=form,
        roles=held,
        is_own=is_own,
    )
    return page, 422 if request.method == "POST" else 200


def _link_page(account: StaffAccount) -> ResponseReturnValue:
    """Send a new one-time link and return the page that shows it, the only time it can be seen."""
    token = services.send_link(
        db.session(), account=account, actor=current_account().key, at=real_now()
    )
    link = address_of_link(account, token)
    return render("accounts/show_link.html", account=account, link=link)


def _back(account_id: int, done: str) -> ResponseReturnValue:
    """Lead back to an account's page, which tells what was done."""
    tell(done)
    return redirect(url_for("accounts.show_account", account_id=account_id), 303)
