"""Binds Flask-Security to the application, and keeps its hooks away from public pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, g
from flask_security import Security
from itsdangerous import Serializer

from portal.accounts import passwords
from portal.accounts.emails import PASSWORD_CHANGED, RESET
from portal.accounts.guard import STAFF_HOOKS, current_session
from portal.accounts.models import StaffAccount
from portal.accounts.passkeys import CHALLENGE_LIVES
from portal.accounts.second_factor import RECOVERY_CODES, WINDOW_SECONDS
from portal.accounts.security import forms, passkey_forms
from portal.accounts.security.pages import draw, make_blueprint
from portal.accounts.security.parts import (
    AppCodes,
    HashedCodes,
    OutboxMail,
    Passkeys,
)
from portal.accounts.security.questions import tell_pages
from portal.accounts.security.store import StaffStore
from portal.core.clock import real_now
from portal.core.crypto import derive_key

#: Libraries whose hooks load the session on every request.
_LOADING = ("flask_login", "flask_principal")

_FEATURES = {
    "TWO_FACTOR": True,
    "TWO_FACTOR_REQUIRED": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    # A passkey stands beside the code on one page, not in a choice before it.
    "TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": WINDOW_SECONDS,
    "TOTP_ISSUER": "Council staff",
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": RECOVERY_CODES,
    "WEBAUTHN": True,
    "WAN_ALLOW_USER_HINTS": False,
    "WAN_SIGNIN_WITHIN": CHALLENGE_LIVES,
    "WAN_REGISTER_WITHIN": CHALLENGE_LIVES,
    "RECOVERABLE": True,
    "RESET_PASSWORD_WITHIN": timedelta(hours=1),
    "CHANGEABLE": True,
    # What is weighty asks for password and code itself; an age of the sign-in says less.
    "FRESHNESS": timedelta(minutes=-1),
    # Sessions only: no tokens in headers, and no commands beside ours.
    "API_ENABLED_METHODS": ["session"],
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "DATETIME_FACTORY": real_now,
    # Our pages say what happened, in both languages.
    "FLASH_MESSAGES": False,
}
_PASSWORDS = {
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": {"argon2"},
    # OWASP, Password Storage Cheat Sheet: argon2id with 19 MiB, two rounds and one lane.
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__type": "ID",
        "argon2__memory_cost": 19_456,
        "argon2__rounds": 2,
        "argon2__parallelism": 1,
    },
    "PASSWORD_NORMALIZE_FORM": passwords.FORM,
    "PASSWORD_LENGTH_MIN": passwords.LEAST_LETTERS,
    # In the token of a letter stands a hash of the password's hash, which nobody guesses.
    "HASHING_SCHEMES": ["hex_sha256"],
}
_ADDRESSES = {
    "POST_LOGIN_VIEW": "accounts.show_home",
    "POST_LOGOUT_VIEW": "security.login",
    "POST_RESET_VIEW": "security.login",
    "POST_CHANGE_VIEW": "accounts.show_own_account",
    "WAN_POST_REGISTER_VIEW": "accounts.show_own_account",
    "LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "accounts/second_factor.html",
    "TWO_FACTOR_SETUP_TEMPLATE": "accounts/set_up.html",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "accounts/recovery.html",
    "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "accounts/renew_codes.html",
    "CHANGE_PASSWORD_TEMPLATE": "accounts/change_password.html",
    "FORGOT_PASSWORD_TEMPLATE": "accounts/forgot_password.html",
    "RESET_PASSWORD_TEMPLATE": "accounts/reset_password.html",
    "WAN_SIGNIN_TEMPLATE": "accounts/passkey.html",
    "WAN_REGISTER_TEMPLATE": "accounts/add_passkey.html",
}
#: The outbox words letters itself; a template's name is that of a kind (``parts.OutboxMail``).
_LETTERS = {
    "EMAIL_PLAINTEXT": False,
    "EMAIL_HTML": False,
    "EMAIL_TEMPLATE_PASSWORD_RESET": RESET.name,
    "EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": PASSWORD_CHANGED.name,
    "EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": PASSWORD_CHANGED.name,
}


def init_app(app: Flask) -> None:
    """Bind Flask-Security; the database, form tokens and languages must be bound by now."""
    for key, value in (_FEATURES | _PASSWORDS | _ADDRESSES | _LETTERS | _own_config(app)).items():
        app.config[f"SECURITY_{key}"] = value
    security = Security(
        datastore=StaffStore(),
        register_blueprint=False,
        render_template=draw,
        mail_util_cls=OutboxMail,
        totp_cls=AppCodes,
        mf_recovery_codes_util_cls=HashedCodes,
        webauthn_util_cls=Passkeys,
        login_form=forms.SignInForm,
        two_factor_verify_code_form=forms.CodeForm,
        two_factor_setup_form=forms.SetUpForm,
        mf_recovery_form=forms.RecoveryForm,
        mf_recovery_codes_form=forms.RenewCodesForm,
        change_password_form=forms.ChangeForm,
        forgot_password_form=forms.ForgotForm,
        reset_password_form=forms.ResetForm,
        wan_register_form=passkey_forms.NewPasskeyForm,
        wan_register_response_form=passkey_forms.MadePasskeyForm,
        wan_signin_form=passkey_forms.AskForm,
        wan_signin_response_form=passkey_forms.PasskeyForm,
    )
    security.init_app(app)
    security.want_json(lambda _request: False)
    _bind_sessions(security)
    _sign_with_newest_key(security)
    app.register_blueprint(make_blueprint())
    tell_pages(security)
    keep_off_public_pages(app)


def keep_off_public_pages(app: Flask) -> None:
    """Take out the hooks that load the session on every request.

    Public pages are cached whole, so they must neither ask who reads them nor send a cookie. What
    runs before a request the guard runs before staff pages; the cookie that remembers somebody is
    not used, and no template asks for ``current_user``.
    """
    before = app.before_request_funcs[None]
    app.extensions[STAFF_HOOKS] = tuple(hook for hook in before if _is_loading(hook))
    every: tuple[dict[Any, list[Any]], ...] = (
        app.before_request_funcs,
        app.after_request_funcs,
        app.template_context_processors,
    )
    for hooks in every:
        hooks[None] = [hook for hook in hooks[None] if not _is_loading(hook)]


def _is_loading(hook: Callable[..., Any]) -> bool:
    """Say whether a hook is of a library that loads the session."""
    return hook.__module__.startswith(_LOADING)


def _own_config(app: Flask) -> dict[str, Any]:
    """Return what depends on the settings: the site's name, and keys for what is being set up."""
    keys = [app.config["SECRET_KEY"], *(app.config.get("SECRET_KEY_FALLBACKS") or ())]
    newest_last = enumerate(reversed(keys), start=1)
    secrets = {str(n): derive_key(key, "second factor").hex() for n, key in newest_last}
    return {"TOTP_SECRETS": secrets, "WAN_RP_NAME": urlsplit(app.config["SITE_URL"]).hostname}


def _bind_sessions(security: Security) -> None:
    """Let Flask-Login know who is signed in by the session's row alone.

    Neither a token in a header nor the browser's name and address say anything here.
    """
    manager = security.login_manager
    manager.session_protection = None
    manager.user_loader(_load_account)
    manager.request_loader(lambda _request: None)


def _sign_with_newest_key(security: Security) -> None:
    """Let links and tokens be signed with the newest key; those of older ones still count.

    Flask-Security names the newest first, while the last is the one that signs.
    """
    for serializer in vars(security).values():
        if isinstance(serializer, Serializer):
            serializer.secret_keys.reverse()


def _load_account(uniquifier: str) -> StaffAccount | None:
    """Return who is signed in with both factors, or None."""
    row = current_session()
    if row is None or not row.is_complete or row.account.fs_uniquifier != uniquifier:
        return None
    g.fs_authn_via = "session"
    return row.account
