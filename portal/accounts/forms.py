"""Forms of the staff: their shape and wording; no database."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    EmailField,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from portal.accounts import passwords
from portal.accounts.places import place_choices
from portal.accounts.rules import Role
from portal.accounts.words import ROLE_WORDS
from portal.core.forms import Form

LANGUAGE_CHOICES = [SelectChoice("ko", _l("Korean")), SelectChoice("en", _l("English"))]
ROLE_CHOICES = [SelectChoice(role.value, ROLE_WORDS[role]) for role in Role]
_REQUIRED = InputRequired(_l("Please fill this in."))


def _password(label: Any, autocomplete: str) -> PasswordField:
    """Return a field for a password; managers may fill it and anybody may paste."""
    return PasswordField(
        label,
        validators=[_REQUIRED, Length(max=passwords.MOST_LETTERS)],
        render_kw={"autocomplete": autocomplete, "maxlength": str(passwords.MOST_LETTERS)},
    )


def _code(label: Any) -> StringField:
    """Return a field for a code of the app."""
    return StringField(
        label,
        filters=[lambda typed: "".join((typed or "").split())],
        validators=[_REQUIRED, Regexp(r"[0-9]{6}\Z", message=_l("The code has six digits."))],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "7"},
    )


def _recovery_code(label: Any) -> StringField:
    """Return a field for a recovery code."""
    return StringField(
        label, validators=[_REQUIRED, Length(max=40)], render_kw={"autocomplete": "off"}
    )


class SignInForm(Form):
    """The first step of signing in."""

    email = EmailField(
        _l("E-mail address"),
        validators=[_REQUIRED, Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = _password(_l("Password"), "current-password")


class CodeForm(Form):
    """The second step: a code of the app."""

    code = _code(_l("Six-digit code"))


#: An authenticator's answer is some thousand letters, most of them its certificate.
LONGEST_ANSWER = 20_000


class AnswerForm(Form):
    """What an authenticator answered: the script of the page fills it."""

    credential = HiddenField(validators=[Length(max=LONGEST_ANSWER)])


class PasskeyNameForm(Form):
    """How somebody tells their passkeys apart."""

    name = StringField(
        _l("Name of the passkey"),
        validators=[_REQUIRED, Length(max=60)],
        render_kw={"autocomplete": "off", "maxlength": "60"},
    )


class NewPasskeyForm(PasskeyNameForm, AnswerForm):
    """A passkey to add, with a code of the app."""

    code = _code(_l("Six-digit code"))


class RecoveryForm(Form):
    """The second step without the app."""

    code = _recovery_code(_l("Recovery code"))


class NewPasswordForm(Form):
    """A new password.

    :ivar own_words: what everybody knows about its owner; no password
    """

    new_password = _password(_l("New password"), "new-password")
    own_words: tuple[str, ...] = ()

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse a password that is short or common.

        :raise ValidationError: with the reason
        """
        if passwords.is_too_short(field.data or ""):
            raise ValidationError(_l("Please choose a password of 12 letters or more."))
        if passwords.is_common(field.data or "", *self.own_words):
            raise ValidationError(_l("This password is tried first by others. Choose another one."))


class ChangePasswordForm(NewPasswordForm):
    """A new password for somebody who knows the old one."""

    password = _password(_l("Current password"), "current-password")


class ConfirmForm(Form):
    """Password and code before something weighty."""

    password = _password(_l("Current password"), "current-password")
    code = _code(_l("Six-digit code"))


class ReplaceForm(Form):
    """A new app for somebody who has one: password, old or recovery code, first new code."""

    password = _password(_l("Current password"), "current-password")
    code = _recovery_code(_l("Code of the old app, or a recovery code"))
    new_code = _code(_l("Code of the new entry"))


class DetailsForm(Form):
    """One's own name and language."""

    name = StringField(
        _l("Name"), validators=[_REQUIRED, Length(max=100)], render_kw={"autocomplete": "name"}
    )
    language = SelectField(_l("Language of letters"), choices=LANGUAGE_CHOICES)


class RoleForm(Form):
    """A role to give, with its place."""

    role = SelectField(_l("Role"), choices=ROLE_CHOICES)
    place = SelectField(_l("For"), default="", choices=place_choices)


class InviteForm(RoleForm):
    """Somebody new on the staff, with their first role."""

    role = SelectField(
        _l("Role"),
        choices=[SelectChoice("", _l("Please choose")), *ROLE_CHOICES],
        validators=[_REQUIRED],
    )
    name = StringField(_l("Name"), validators=[_REQUIRED, Length(max=100)])
    email = EmailField(
        _l("Office e-mail address"),
        validators=[
            _REQUIRED,
            Length(max=254),
            Regexp(
                r"[^@\s]+@[^@\s]+\.[^@\s]+\Z",
                message=_l("Write the address like name@council.example."),
            ),
        ],
    )
    language = SelectField(_l("Language of letters"), choices=LANGUAGE_CHOICES)
