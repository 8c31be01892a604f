"""Forms whose token was refused come back with their answers.

Every post needs the token of the session (``extensions.FormTokens``). Where a button was pressed,
the page of status 400 says what to do. Where somebody typed, nothing typed may be lost: such a
view is marked with ``returns_form`` and uses ``Form``, which then refuses to validate.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from flask import g
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from portal.extensions import RETURNS_FORM, TOKEN_REFUSED

View = TypeVar("View", bound=Callable[..., Any])


def returns_form(view: View) -> View:
    """Mark a view that shows its form again when the token is refused; it does nothing else."""
    setattr(view, RETURNS_FORM, True)
    return view


class Form(FlaskForm):
    """A form that asks to be sent once more when its token was refused."""

    class Meta(FlaskForm.Meta):
        """The token was checked before the view, for every post alike."""

        csrf = False

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Say whether everything fits, and the token was the session's."""
        if not g.get(TOKEN_REFUSED, False):
            return bool(super().validate(extra_validators))
        self.form_errors.append(_("Please send the form once more."))
        return False
