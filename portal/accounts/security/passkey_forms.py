"""Flask-Security's forms of passkeys: made by somebody who shows a code, answered once."""

from collections.abc import Callable
from typing import Any

from flask import session
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import WebAuthnRegisterForm
from flask_security.webauthn import (
    WebAuthnRegisterResponseForm,
    WebAuthnSigninForm,
    WebAuthnSigninResponseForm,
)
from wtforms import HiddenField, StringField, ValidationError
from wtforms.validators import Length

from portal.accounts import passkeys, services
from portal.accounts.authenticator import FAULTS, claimed_id
from portal.accounts.forms import LONGEST_ANSWER, code_field, name_field
from portal.accounts.guard import is_welcome
from portal.accounts.models import StaffPasskey
from portal.accounts.security.forms import answer, is_whole, signed_in
from portal.accounts.security.moments import PENDING
from portal.accounts.security.parts import CHALLENGE
from portal.accounts.tries import judge
from portal.core.clock import real_now
from portal.core.forms import Form
from portal.core.transactions import begin_again
from portal.extensions import db


class NewPasskeyForm(Form, WebAuthnRegisterForm):
    """The name of a new passkey, with a code of the app."""

    name = name_field(_l("Name of the passkey"))
    code = code_field(_l("Six-digit code"))
    usage = HiddenField(default="first")

    def validate_name(self, field: StringField) -> None:
        """Refuse a name that another passkey has, and one passkey too many.

        :raise ValidationError: with the reason
        """
        known = signed_in().webauthn
        if len(known) >= passkeys.MOST_PASSKEYS:
            raise ValidationError(_("You have as many passkeys as there may be. Remove one first."))
        if (field.data or "").strip() in {passkey.name for passkey in known}:
            raise ValidationError(_("You have a passkey of this name. Choose another name."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Say whether the code is right.

        :raise TooMany: too many were wrong
        """
        if not super().validate():
            return False
        account, code = signed_in(), self.code.data or ""
        use = services.use_code
        is_right = judge(account, lambda: use(db.session(), account=account, code=code))
        if not is_right:
            self.code.errors = [_("This code is not right, or it was used. Wait for the next one.")]
        return is_right


class MadePasskeyForm(Form, WebAuthnRegisterResponseForm):
    """What an authenticator answered that made a passkey."""

    credential = HiddenField(validators=[Length(max=LONGEST_ANSWER)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Say whether it answers the question that this browser was asked, for the first time."""
        if session.pop(CHALLENGE, None) != self.challenge:
            return False
        try:
            is_right = super().validate()
        except FAULTS:
            return False
        begin_again()
        return is_right and passkeys.use_challenge(db.session(), self.challenge, at=real_now())


class AskForm(Form, WebAuthnSigninForm):
    """The page that asks for a passkey; it is posted to only after a wrong answer."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Say that the answer was wrong, and what else there is."""
        if not is_whole(self):
            return super().validate()
        password = _("The passkey was not accepted. Try once more, or use the password.")
        code = _("The passkey was not accepted. Try once more, or use the code.")
        return answer(self, False, code if self.is_secondary else password)


class PasskeyForm(Form, WebAuthnSigninResponseForm):
    """What an authenticator answered that shows a passkey, alone or in the place of a code."""

    credential = HiddenField(validators=[Length(max=LONGEST_ANSWER)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Say whether it is right, answers this browser's question, and does so first.

        :raise TooMany: too many were wrong
        """
        check = super().validate
        if not is_whole(self):
            return check()
        passkey = self._find_claimed()
        if session.pop(CHALLENGE, None) != self.challenge or passkey is None:
            return False
        # Ours stand for both factors; Flask-Security knows one use of each.
        self.is_secondary = False
        is_right = judge(passkey.account, lambda: self._is_right(passkey, check))
        if is_right:
            services.record(db.session(), passkey.account.key, "use_passkey", passkey.account_id)
        return is_right

    def _find_claimed(self) -> StaffPasskey | None:
        """Return the passkey that the answer claims to be of, when it may sign in here."""
        key = claimed_id(self.credential.data or "")
        passkey = key and passkeys.find_passkey(db.session(), key)
        if not passkey or not is_welcome(passkey.account):
            return None
        is_theirs = passkey.account.fs_uniquifier == session.get(PENDING)
        return passkey if is_theirs or not self.is_secondary else None

    def _is_right(self, passkey: StaffPasskey, check: Callable[[], bool]) -> bool:
        """Say whether the signature is right, the challenge is new and the count moves on."""
        at = real_now()
        try:
            if not check():
                return False
        except FAULTS:
            return False
        count = self.authentication_verification.new_sign_count
        return passkeys.use_challenge(db.session(), self.challenge, at=at) and passkeys.move_count(
            db.session(), passkey=passkey, count=count, at=at
        )
