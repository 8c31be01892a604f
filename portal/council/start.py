"""What the council registers when the application starts."""

from flask import Flask

from portal.accounts.rules import ScopeKind
from portal.core.scopes import register_scope
from portal.council.queries import own_words
from portal.council.queries.choices import committee_scopes, member_scopes, unit_scopes
from portal.council.staff import DESKS
from portal.extensions import db
from portal.moderation.checking import register_own_words
from portal.moderation.desks import register_desk


def init_app(app: Flask) -> None:
    """Open the council's desks, tell its own contacts, and offer what roles may be narrowed to."""
    for desk in DESKS:
        register_desk(app, desk)
    register_own_words(app, own_words)
    register_scope(app, ScopeKind.COMMITTEE, lambda: committee_scopes(db.session()))
    register_scope(app, ScopeKind.MEMBER, lambda: member_scopes(db.session()))
    register_scope(app, ScopeKind.UNIT, lambda: unit_scopes(db.session()))
