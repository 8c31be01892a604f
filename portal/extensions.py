"""The extensions, unbound; ``create_app`` binds them."""

from flask import current_app, g, request
from flask_babel import Babel
from flask_mailman import Mail
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

# Every constraint has a name, so that a migration can find it on both databases.
NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of every table of the portal."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


#: Mark of views that show their form again when its token is refused; see ``core.forms``.
RETURNS_FORM = "returns_form"
#: Entry of ``flask.g`` that tells such a view that it was.
TOKEN_REFUSED = "is_token_refused"  # noqa: S105 - the name of an entry, no secret


class FormTokens(CSRFProtect):
    """Checks the token of every post, and refuses it unless the view's form will do so."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Check the token of a post.

        :raise CSRFError: it is not the session's, and the view has no form to show again
        """
        try:
            super().protect(apply_exemptions)
        except CSRFError:
            view = current_app.view_functions.get(request.endpoint or "")
            if not getattr(view, RETURNS_FORM, False):
                raise
            setattr(g, TOKEN_REFUSED, True)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = Migrate()
csrf = FormTokens()
babel = Babel()
mail = Mail()
