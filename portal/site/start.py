"""What the site registers when the application starts."""

from flask import Flask

from portal.site import frame, sections


def init_app(app: Flask) -> None:
    """Give every page its frame, and pages of features what others know."""
    frame.init_app(app)
    sections.init_app(app)
