"""Forms of the staff: their shape and wording; no database."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    EmailField,
    PasswordField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from portal.accounts import passwords
from portal.accounts.places import place_choices
from portal.accounts.rules import Role
from portal.accounts.words import ROLE_WORDS
from portal.core.forms import Form

LANGUAGE_CHOICES = [SelectChoice("ko", _l("Korean")), SelectChoice("en", _l("English"))]
ROLE_CHOICES = [SelectChoice(role.value, ROLE_WORDS[role]) for role in Role]
REQUIRED = InputRequired(_l("Please fill this in."))


def password_field(label: Any, autocomplete: str) -> PasswordField:
    """Return a field for a password; managers may fill it and anybody may paste."""
    return PasswordField(
        label,
        validators=[REQUIRED, Length(max=passwords.MOST_LETTERS)],
        render_kw={"autocomplete": autocomplete, "maxlength": str(passwords.MOST_LETTERS)},
    )


def code_field(label: Any) -> StringField:
    """Return a field for a code of the app."""
    return StringField(
        label,
        filters=[lambda typed: "".join((typed or "").split())],
        validators=[REQUIRED, Regexp(r"[0-9]{6}\Z", message=_l("The code has six digits."))],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "7"},
    )


def recovery_code_field(label: Any) -> StringField:
    """Return a field for a recovery code."""
    return StringField(
        label, validators=[REQUIRED, Length(max=40)], render_kw={"autocomplete": "off"}
    )


def name_field(label: Any) -> StringField:
    """Return a field for how somebody tells a passkey of theirs apart."""
    return StringField(
        label,
        validators=[DataRequired(REQUIRED.message), Length(max=60)],
        render_kw={"autocomplete": "off", "maxlength": "60"},
    )


#: An authenticator's answer is some thousand letters, most of them its certificate.
LONGEST_ANSWER = 20_000


class PasskeyNameForm(Form):
    """How somebody tells their passkeys apart."""

    name = name_field(_l("Name of the passkey"))


class NewPasswordForm(Form):
    """A new password.

    :ivar own_words: what everybody knows about its owner; no password
    """

    new_password = password_field(_l("New password"), "new-password")
    own_words: tuple[str, ...] = ()

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse a password that is short or common.

        :raise ValidationError: with the reason
        """
        fault = passwords.fault_of(field.data or "", *self.own_words)
        if fault:
            raise ValidationError(fault)


class ReplaceForm(Form):
    """A new app for somebody who has one: password, old or recovery code, first new code."""

    password = password_field(_l("Current password"), "current-password")
    code = recovery_code_field(_l("Code of the old app, or a recovery code"))
    new_code = code_field(_l("Code of the new entry"))


class DetailsForm(Form):
    """One's own name and language."""

    name = StringField(
        _l("Name"), validators=[REQUIRED, Length(max=100)], render_kw={"autocomplete": "name"}
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
        validators=[REQUIRED],
    )
    name = StringField(_l("Name"), validators=[REQUIRED, Length(max=100)])
    email = EmailField(
        _l("Office e-mail address"),
        validators=[
            REQUIRED,
            Length(max=254),
            Regexp(
                r"[^@\s]+@[^@\s]+\.[^@\s]+\Z",
                message=_l("Write the address like name@council.example."),
            ),
        ],
    )
    language = SelectField(_l("Language of letters"), choices=LANGUAGE_CHOICES)
