"""The ways in and out: password, second factor, one-time link, sign-out."""

from collections.abc import Callable

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import second_factor, services
from portal.accounts.forms import AnswerForm, CodeForm, NewPasswordForm, RecoveryForm, SignInForm
from portal.accounts.guard import TOKEN, current_session, is_welcome, safe_next
from portal.accounts.models import StaffAccount, StaffSession
from portal.accounts.passkeys import find_passkey, passkeys_of, use_passkey
from portal.accounts.passwords import is_password
from portal.accounts.queries import find_account_by_email, plain_email
from portal.accounts.sessions import origin_of, start_session
from portal.accounts.throttle import (
    Guess,
    forget_old_tries,
    forget_refused,
    is_over_limit,
    note_success,
    note_try,
)
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.challenges import ask_to_sign_in, take_challenge
from portal.core.clock import real_now
from portal.core.errors import TooMany
from portal.core.forms import returns_form
from portal.core.templates import render
from portal.core.transactions import begin_again
from portal.extensions import db

#: Entry of the cookie for the key of a second factor that is being set up.
NEW_KEY = "new_key"


@accounts.route("/sign-in", methods=["GET", "POST"])
@returns_form
def sign_in() -> ResponseReturnValue:
    """Take the address and the password, or a passkey alone."""
    form, answer = SignInForm(), AnswerForm()
    if answer.credential.data:
        account = _judge_passkey(answer)
        if account is not None:
            return _go_on(account, is_complete=True)
        refusal = _("The passkey was not accepted. Try once more, or use the password.")
        form.form_errors.extend(answer.form_errors or [refusal])
    elif form.validate_on_submit():
        email, password = plain_email(form.email.data or ""), form.password.data or ""
        account = _judge_password(email, password)
        if account is not None:
            return _go_on(account, is_complete=False)
        form.form_errors.append(_("The address or the password is not right."))
    is_ended = request.method == "GET" and request.args.get("ended") == "yes"
    question = ask_to_sign_in()
    return form_page("accounts/sign_in.html", form, question=question, is_ended=is_ended)


@accounts.route("/second-factor", methods=["GET", "POST"])
@returns_form
def give_second_factor() -> ResponseReturnValue:
    """Take the code of the app, or a passkey."""
    row = current_session()
    if row is None:
        return _next("accounts.sign_in")
    if not row.account.has_second_factor:
        return _next("accounts.set_up_second_factor")
    form, answer, account = CodeForm(), AnswerForm(), row.account
    if answer.credential.data:
        if _judge_passkey(answer, owner=account) is not None:
            return _go_on(account, is_complete=True)
        refusal = _("The passkey was not accepted. Try once more, or use the code.")
        form.form_errors.extend(answer.form_errors or [refusal])
    elif form.validate_on_submit():
        code = form.code.data or ""
        if judge(account, lambda: _use_code(account, code)):
            return _go_on(account, is_complete=True)
        form.form_errors.append(_("This code is not right, or it was used. Wait for the next one."))
    known = passkeys_of(db.session(), account.id)
    question = ask_to_sign_in(known) if known else None
    return form_page("accounts/second_factor.html", form, question=question)


@accounts.route("/second-factor/recovery", methods=["GET", "POST"])
@returns_form
def give_recovery_code() -> ResponseReturnValue:
    """Take a recovery code instead of one of the app."""
    row = current_session()
    if row is None or not row.account.has_second_factor:
        return _next("accounts.give_second_factor")
    form = RecoveryForm()
    if form.validate_on_submit():
        account, code = row.account, form.code.data or ""
        if judge(account, lambda: _use_recovery_code(account, code)):
            return _go_on(account, is_complete=True)
        form.form_errors.append(_("This recovery code is not right, or it was used."))
    return form_page("accounts/recovery.html", form)


@accounts.route("/second-factor/new", methods=["GET", "POST"])
@returns_form
def set_up_second_factor() -> ResponseReturnValue:
    """Set up the first second factor; who has one already can't replace it here."""
    row = current_session()
    if row is None or row.is_complete or row.account.has_second_factor:
        return _next("accounts.give_second_factor")
    key = new_key()
    form = CodeForm()
    if form.validate_on_submit():
        counter = second_factor.counter_of(form.code.data or "", key, real_now(), None)
        if counter is not None:
            return _keep_second_factor(row, key, counter)
        form.form_errors.append(_("This code is not right. Type the one the app shows now."))
    return form_page("accounts/set_up.html", form, **drawing_of(key, row.account))


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
        return _go_on(account, is_complete=False)
    return form_page("accounts/invitation.html", form, email=email)


@accounts.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session here and on the server."""
    row = current_session()
    session.clear()
    if row is not None:
        services.record(db.session(), row.account.key, "sign_out", row.account_id)
        db.session.delete(row)
        db.session.commit()
    return redirect(url_for("accounts.sign_in"), 303)


def new_key() -> str:
    """Return the key that the browser is about to set up; it waits in the signed cookie."""
    key: str = session.setdefault(NEW_KEY, second_factor.new_key())
    return key


def drawing_of(key: str, account: StaffAccount) -> dict[str, object]:
    """Return a key as its page shows it: to read, and to scan."""
    address = second_factor.address_of(key, account.email, str(_("Council staff")))
    path, width = second_factor.qr_path(address)
    return {"key": key, "qr_path": path, "qr_width": width}


def judge(account: StaffAccount, is_right: Callable[[], bool]) -> bool:
    """Say whether a code is right, within the limit on tries.

    :raise TooMany: too many were wrong
    """
    return _judge("code", account.email, account.id, is_right)


def _judge(kind: str, email: str, row_id: int, is_right: Callable[[], bool]) -> bool:
    """Note a try, commit it, and only then judge it; see ``throttle``.

    What was right is committed, too: a code stays used whatever becomes of the step it was for.
    """
    at = real_now()
    guess = Guess(kind, email, request.remote_addr or "")
    begin_again()
    forget_old_tries(db.session(), at=at)
    noted = note_try(db.session(), guess=guess, at=at)
    db.session.commit()
    if is_over_limit(db.session(), guess=guess, at=at):
        forget_refused(db.session(), noted=noted)
        db.session.commit()
        raise TooMany(_("Too many wrong tries. Wait 15 minutes, then try again."))
    if not is_right():
        services.record(db.session(), "stranger", f"failed_{kind}", row_id)
        db.session.commit()
        return False
    note_success(db.session(), noted=noted, guess=guess)
    begin_again()
    return True


def _judge_password(email: str, password: str) -> StaffAccount | None:
    """Return the account of a right address and password, or None."""
    account = find_account_by_email(db.session(), email)
    kept = account.password_hash if account is not None and is_welcome(account) else None
    row_id = account.id if account is not None else 0
    is_right = _judge("password", email, row_id, lambda: is_password(password, kept))
    return account if is_right else None


def _judge_passkey(form: AnswerForm, owner: StaffAccount | None = None) -> StaffAccount | None:
    """Return the owner of the passkey that answered the page's question, or None.

    :param owner: whose passkey it must be; None: anybody's
    """
    answer, asked = form.credential.data or "", take_challenge()
    passkey = find_passkey(db.session(), answer) if form.validate() and asked else None
    if passkey is None or asked is None or not is_welcome(passkey.account):
        return None
    if owner is not None and passkey.account_id != owner.id:
        return None
    account, (party, challenge) = passkey.account, asked
    is_right = judge(
        account,
        lambda: use_passkey(
            db.session(),
            passkey=passkey,
            answer=answer,
            party=party,
            challenge=challenge,
            at=real_now(),
        ),
    )
    if not is_right:
        return None
    services.record(db.session(), account.key, "use_passkey", account.id)
    return account


def _use_code(account: StaffAccount, code: str) -> bool:
    return services.use_code(db.session(), account=account, code=code, at=real_now())


def _use_recovery_code(account: StaffAccount, code: str) -> bool:
    return services.use_recovery_code(db.session(), account=account, code=code)


def _go_on(account: StaffAccount, *, is_complete: bool) -> ResponseReturnValue:
    """Start a session of the next stage under a new secret; the old one ends."""
    at, old = real_now(), current_session()
    if old is not None and old in db.session:
        db.session.delete(old)
    session.clear()
    origin = origin_of(request.remote_addr, request.headers.get("User-Agent", ""))
    session[TOKEN] = start_session(
        db.session(), account=account, is_complete=is_complete, origin=origin, at=at
    )
    if is_complete:
        account.signed_in_at = at
        services.record(db.session(), account.key, "sign_in", account.id)
    db.session.commit()
    if not is_complete:
        return _next("accounts.give_second_factor")
    wanted = safe_next(request.args.get("next"))
    return redirect(wanted or url_for("accounts.show_home"), 303)


def _keep_second_factor(row: StaffSession, key: str, counter: int) -> ResponseReturnValue:
    """Keep a new second factor, sign in, and show the recovery codes once."""
    account = row.account
    codes = services.set_second_factor(
        db.session(), account=account, key=key, counter=counter, at=real_now()
    )
    _go_on(account, is_complete=True)
    return render("accounts/recovery_codes.html", codes=codes)


def _next(endpoint: str) -> ResponseReturnValue:
    """Return a redirect to a step that leads on to the same page."""
    return redirect(url_for(endpoint, next=safe_next(request.args.get("next"))), 303)


def form_page(name: str, form: object, **context: object) -> ResponseReturnValue:
    """Return the page of a form; one that came back has status 422."""
    return render(name, form=form, **context), 422 if request.method == "POST" else 200
