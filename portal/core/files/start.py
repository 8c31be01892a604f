"""What files add when the application starts."""

from flask import Flask

from portal.core.files import limits


def init_app(app: Flask) -> None:
    """Let pages that take files have larger requests."""
    limits.init_app(app)
