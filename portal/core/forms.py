"""Forms whose token was refused come back with their answers.

Every post needs the token of the session (``extensions.FormTokens``). Where a button was pressed,
the page of status 400 says what to do. Where somebody typed, nothing typed may be lost: such a
view is marked with ``returns_form`` and uses ``Form``, which then refuses to validate.

What was typed or pasted loses its control signs when it comes in, so that nothing keeps them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from flask import g
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from portal.core.control_signs import without_control_signs
from portal.extensions import RETURNS_FORM, TOKEN_REFUSED

View = TypeVar("View", bound=Callable[..., Any])


def returns_form(view: View) -> View:
    """Mark a view that shows its form again when the token is refused; it does nothing else."""
    setattr(view, RETURNS_FORM, True)
    return view


def trimmed(typed: str | None) -> str:
    """Return what was typed without the blanks around it; a filter of fields."""
    return (typed or "").strip()


class PlainText(DefaultMeta):
    """Lets each field forget control signs; a password stays as it was typed."""

    def bind_field(
        self, form: BaseForm, unbound_field: "UnboundField[Any]", options: dict[str, Any]
    ) -> Field:
        """Return a field of a form, which filters what comes in first of all."""
        field = super().bind_field(form, unbound_field, options)
        if not isinstance(field, PasswordField):
            field.filters = (_plain, *field.filters)
        return field


def _plain(typed: object) -> object:
    return without_control_signs(typed) if isinstance(typed, str) else typed


class Form(FlaskForm):
    """A form that asks to be sent once more when its token was refused."""

    class Meta(PlainText, FlaskForm.Meta):
        """The token was checked before the view, for every post alike."""

        csrf = False

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Say whether everything fits, and the token was the session's."""
        if not g.get(TOKEN_REFUSED, False):
            return bool(super().validate(extra_validators=extra_validators))
        self.form_errors.append(_("Please send the form once more."))
        return False
