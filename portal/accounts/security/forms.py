"""Flask-Security's forms with our fields and words, each judged within the limit on tries."""

import contextlib
from typing import Any

from flask import g, session
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    LoginForm,
    MfRecoveryCodesForm,
    MfRecoveryForm,
    ResetPasswordForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
)
from flask_security.recoverable import send_reset_password_instructions
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, HiddenField, PasswordField, ValidationError
from wtforms.validators import Length

from portal.accounts.forms import REQUIRED, code_field, password_field, recovery_code_field
from portal.accounts.guard import is_welcome
from portal.accounts.models import StaffAccount, new_uniquifier
from portal.accounts.passwords import fault_of, normalise
from portal.accounts.queries import find_account_by_email, plain_email
from portal.accounts.security.moments import PENDING
from portal.accounts.tries import confirms, count_request, hold, judge, judge_guess
from portal.core.errors import Invalid
from portal.core.forms import Form
from portal.core.transactions import begin_again
from portal.extensions import TOKEN_REFUSED, db


def is_whole(form: FlaskForm) -> bool:
    """Say whether a form has its token and every field fits, before a secret in it is judged."""
    return not g.get(TOKEN_REFUSED, False) and FlaskForm.validate(form)


def answer(form: FlaskForm, is_right: bool, fault: str, *fields: Field) -> bool:
    """Return whether a form is right; if not, it says so in our words alone.

    :param fields: those that may hold Flask-Security's words
    """
    if not is_right:
        for field in fields:
            field.errors = ()
        form.form_errors.append(fault)
    return is_right


class SignInForm(Form, LoginForm):
    """The first step of signing in."""

    email = EmailField(
        _l("E-mail address"),
        validators=[REQUIRED, Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = password_field(_l("Password"), "current-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the fields without the link that Flask-Security hangs on the password."""
        super().__init__(*args, **kwargs)
        self.password.description = ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Say whether the password is right; which of the two was wrong is not told.

        :raise TooMany: too many were wrong
        """
        check = super().validate
        if not is_whole(self):
            return check()
        email = plain_email(self.email.data or "")
        account = find_account_by_email(db.session(), email)
        # Found once, so that an account takes no longer than none.
        self.ifield, self.user = self.email, account if account and is_welcome(account) else None
        is_right = judge_guess("password", email, account, check)
        fault = _("The address or the password is not right.")
        return answer(self, is_right, fault, self.email, self.password)


class CodeForm(Form, TwoFactorVerifyCodeForm):
    """The second step: a code of the app, or the first one of a new app."""

    code = code_field(_l("Six-digit code"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Say whether the code is right and was not used.

        :raise TooMany: too many were wrong
        """
        check = super().validate
        if not is_whole(self):
            return check()
        if session.get("tf_state") == "validating_profile":
            hold(self.user, session[PENDING])
            fault = _("This code is not right. Type the one the app shows now.")
            return answer(self, check(), fault, self.code)
        is_right = judge(self.user, check)
        fault = _("This code is not right, or it was used. Wait for the next one.")
        return answer(self, is_right, fault, self.code)


class SetUpForm(Form, TwoFactorSetupForm):
    """The start of a second factor: there is one kind, so nothing is asked."""

    setup = HiddenField()

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Choose the app, so that its key is shown at once."""
        self.setup.data = "authenticator"
        return True


class RecoveryForm(Form, MfRecoveryForm):
    """The second step without the app."""

    code = recovery_code_field(_l("Recovery code"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Say whether the code is one that is left, and use it.

        :raise TooMany: too many were wrong
        """
        check = super().validate
        if not is_whole(self):
            return check()
        is_right = judge(self.user, check)
        fault = _("This recovery code is not right, or it was used.")
        return answer(self, is_right, fault, self.code)


class RenewCodesForm(Form, MfRecoveryCodesForm):
    """New recovery codes for somebody who shows password and code once more."""

    password = password_field(_l("Current password"), "current-password")
    code = code_field(_l("Six-digit code"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Say whether both are right.

        :raise TooMany: too many were wrong
        """
        return super().validate() and confirms(self, signed_in())


class ChangeForm(Form, ChangePasswordForm):
    """A new password for somebody who knows the old one; it is typed or pasted once."""

    password = password_field(_l("Current password"), "current-password")
    new_password = password_field(_l("New password"), "new-password")
    new_password_confirm = None

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse a password that is short, common, or the old one.

        :raise ValidationError: with the reason
        """
        _refuse_faulty(field, signed_in())
        if normalise(field.data or "") == normalise(self.password.data or ""):
            raise ValidationError(_("This is the password you have. Choose another one."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Say whether the old password is right.

        :raise TooMany: too many were wrong
        """
        check = super().validate
        if not is_whole(self):
            return check()
        if judge(signed_in(), check):
            return True
        self.password.errors = [_("The current password is not right.")]
        return False


class ForgotForm(Form, ForgotPasswordForm):
    """The address to which a link for a new password goes, if it has an account."""

    email = EmailField(
        _l("E-mail address"),
        validators=[REQUIRED, Length(max=254)],
        render_kw={"autocomplete": "username"},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Say whether a letter goes out; the page is the same when none does.

        :raise TooMany: too many were asked for
        """
        if not is_whole(self):
            return super().validate()
        email = plain_email(self.email.data or "")
        count_request("reset", email)
        account = find_account_by_email(db.session(), email)
        begin_again()
        if account is None or not _may_reset(account):
            _pretend_to_send(email)
            return False
        self.user = account
        return True


class ResetForm(Form, ResetPasswordForm):
    """A new password for somebody who got the letter."""

    password = password_field(_l("New password"), "new-password")
    password_confirm = None

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that is short or common.

        :raise ValidationError: with the reason
        """
        _refuse_faulty(field, self.user)

    def validate(self, extra_validators: Any = None) -> bool:
        """Say whether the password is taken.

        :raise Gone: somebody used the link at the same moment
        """
        if not super().validate():
            return False
        hold(self.user, self.user.fs_uniquifier)
        return True


def signed_in() -> StaffAccount:
    """Return who is signed in, as a row."""
    account: StaffAccount = current_user._get_current_object()
    return account


def _refuse_faulty(field: PasswordField, account: StaffAccount | None) -> None:
    """Refuse a new password that is short or common.

    :raise ValidationError: with the reason
    """
    own_words = (account.email, account.name) if account is not None else ()
    fault = fault_of(field.data or "", *own_words)
    if fault:
        raise ValidationError(fault)


def _pretend_to_send(email: str) -> None:
    """Do what sends a letter and undo it: a stranger can't tell by the time that none went out."""
    word = new_uniquifier()
    nobody = StaffAccount(id=0, email=email, language="ko", password_hash=word, fs_uniquifier=word)
    trial = db.session.begin_nested()
    with contextlib.suppress(Invalid):
        send_reset_password_instructions(nobody)
    trial.rollback()


def _may_reset(account: StaffAccount) -> bool:
    """Say whether somebody gets the letter: who has a second factor that stays, and no sample.

    Without one, whoever reads the mailbox would set up their own; an administrator's link is seen
    by somebody.
    """
    return account.active and account.is_set_up and not account.is_sample
