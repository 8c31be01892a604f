"""What hearings register when the application starts."""

from flask import Flask

from portal.hearings import opinion_sections


def init_app(app: Flask) -> None:
    """Fill sections of other pages, and tell the staff what waits."""
    opinion_sections.init_app(app)
