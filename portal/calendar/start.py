"""What the calendar registers when the application starts."""

from flask import Flask

from portal.calendar.staff import DESKS
from portal.moderation.desks import register_desk


def init_app(app: Flask) -> None:
    """Open the desks of events, sessions and days off."""
    for desk in DESKS:
        register_desk(app, desk)
