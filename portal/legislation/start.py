"""What bills and ordinances register when the application starts."""

from flask import Flask

from portal.legislation import sections
from portal.legislation.staff import DESKS
from portal.moderation.desks import register_desk


def init_app(app: Flask) -> None:
    """Fill sections of lower pages, and open the desks."""
    sections.init_app(app)
    for desk in DESKS:
        register_desk(app, desk)
