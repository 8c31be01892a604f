"""What the accounts register when the application starts."""

from flask import Flask

from portal.accounts import guard


def init_app(app: Flask) -> None:
    """Guard the staff's pages."""
    guard.init_app(app)
