"""What publications register when the application starts."""

from flask import Flask

from portal.moderation.desks import register_desk
from portal.publications.staff import DESK


def init_app(app: Flask) -> None:
    """Open the desk of publications."""
    register_desk(app, DESK)
