"""What the house itself registers when the application starts."""

from flask import Flask

from portal.core import troubles


def init_app(app: Flask) -> None:
    """Tell staff at home what went wrong."""
    troubles.init_app(app)
