"""What the council registers when the application starts."""

from flask import Flask

from portal.council.queries import own_words
from portal.council.staff import DESKS
from portal.moderation.checking import register_own_words
from portal.moderation.desks import register_desk


def init_app(app: Flask) -> None:
    """Open the council's desks, and tell which contacts are the council's own."""
    for desk in DESKS:
        register_desk(app, desk)
    register_own_words(app, own_words)
