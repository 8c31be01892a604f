"""What the site registers when the application starts."""

from flask import Flask

from portal.site import frame


def init_app(app: Flask) -> None:
    """Give every page its frame."""
    frame.init_app(app)
