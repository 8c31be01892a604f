"""What Flask-Security lets replace: mail, codes of apps, recovery codes, passkeys."""

from typing import Any

from flask import current_app, request, session
from flask_babel import gettext as _
from flask_security import MailUtil, MfRecoveryCodesUtil, Totp, WebauthnUtil
from passlib.exc import TokenError, UsedTokenError
from passlib.pwd import genword
from passlib.totp import TotpMatch
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.accounts import emails, services
from portal.accounts.authenticator import relying_party
from portal.accounts.models import StaffAccount
from portal.accounts.second_factor import RECOVERY_LETTERS, WINDOW_SECONDS
from portal.core.clock import real_now
from portal.extensions import db

#: Entry of the cookie for the one challenge that waits for an answer.
CHALLENGE = "challenge"
#: Flask-Security's entry of the cookie for the key that is being set up; it is encrypted.
NEW_SECRET = "tf_totp_secret"  # noqa: S105 - the name of an entry, no secret
_GROUP_LETTERS, _CODE_LETTERS = 4, 12
_VERIFIED = UserVerificationRequirement.REQUIRED


class OutboxMail(MailUtil):
    """Puts its letters into the outbox; what it calls a template is the name of our kind."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        """Queue a letter in the language of its account.

        :raise KeyError: there is no such kind
        """
        account, token = kwargs["user"], kwargs.get("reset_token")
        emails.send_kind(
            db.session(), kind=template, account=account, reset_token=token, at=real_now()
        )


class AppCodes(Totp):
    """Lets each code of an app count once, whoever else shows it at the same moment."""

    def generate_totp_secret(self) -> str:
        """Return the key that waits to be set up, so that a page loaded twice shows the same."""
        return str(session.get(NEW_SECRET) or super().generate_totp_secret())

    def get_last_counter(self, user: StaffAccount) -> int | None:
        """Return the counter of the last code that was used."""
        return user.totp_counter

    def set_last_counter(self, user: StaffAccount, tmatch: TotpMatch) -> None:
        """Note a code as used.

        :raise UsedTokenError: another request was faster
        """
        if not services.move_counter(db.session(), account=user, counter=tmatch.counter):
            raise UsedTokenError

    def counter_of_new(self, token: str, totp_secret: str) -> int | None:
        """Return the counter of a right code of a key that is not in use yet, else None."""
        try:
            match = self._totp.verify(token, totp_secret, window=WINDOW_SECONDS)
        except TokenError:
            return None
        return int(match.counter)

    def get_totp_uri(self, username: str, totp_secret: str) -> str:
        """Return the address that an app takes from a QR code."""
        issuer = _("Council staff").replace(":", " ")
        return str(self._totp.from_source(totp_secret).to_uri(username, issuer=issuer))

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Return nothing: the page draws the code itself."""
        return ""

    def generate_recovery_codes(self, number: int) -> list[str]:
        """Return new recovery codes of 59 bits each, such as ``k7mp-x2dq-93hw``."""
        words = genword(length=_CODE_LETTERS, chars=RECOVERY_LETTERS, returns=number)
        starts = range(0, _CODE_LETTERS, _GROUP_LETTERS)
        return ["-".join(word[at : at + _GROUP_LETTERS] for at in starts) for word in words]


class HashedCodes(MfRecoveryCodesUtil):
    """Keeps recovery codes as hashes, and uses one in the statement that finds it."""

    def create_recovery_codes(self, user: StaffAccount) -> list[str]:
        """Return new recovery codes; the old ones end."""
        return list(services.renew_recovery_codes(db.session(), account=user))

    def check_recovery_code(self, user: StaffAccount, code: str) -> bool:
        """Use a code, once."""
        return services.use_recovery_code(db.session(), account=user, code=code)

    def delete_recovery_code(self, user: StaffAccount, code: str) -> bool:
        """Say that the code is gone: it went when it was checked."""
        return True


class Passkeys(WebauthnUtil):
    """Asks for passkeys that name and verify their owner, at the site's own address alone."""

    def generate_challenge(self, nbytes: int | None = None) -> str:
        """Return a new challenge; only the browser that got it may answer."""
        session[CHALLENGE] = super().generate_challenge(nbytes)
        return str(session[CHALLENGE])

    def origin(self) -> str:
        """Return the address from which an answer must come; none where passkeys don't work."""
        party = relying_party(current_app.config["SITE_URL"])
        return party.origin if party else ""

    def works_here(self) -> bool:
        """Say whether this page stands at the address for which passkeys are made."""
        return request.host_url.rstrip("/") == self.origin()

    def registration_options(
        self, user: StaffAccount, usage: str, existing_options: dict[str, Any]
    ) -> dict[str, Any]:
        """Return what is asked for a new passkey."""
        options = super().registration_options(user, usage, existing_options)
        return {**options, "user_display_name": user.name}

    def authenticator_selection(
        self, user: StaffAccount, usage: str
    ) -> AuthenticatorSelectionCriteria:
        """Ask for a passkey that names its owner and asks them for PIN, finger or face."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=_VERIFIED,
        )

    def user_verification(
        self, user: StaffAccount | None, usage: list[str]
    ) -> UserVerificationRequirement:
        """Want the owner verified each time, so that one touch is two factors."""
        return _VERIFIED

    def name_svn(self, value: str) -> tuple[str | None, str | None]:
        """Return no fault, and the name as it is kept: pages escape it."""
        return None, value.strip()
