"""What the accounts register when the application starts."""

from flask import Flask

from portal.accounts import guard
from portal.accounts.collected import ACCOUNTS, TRIES
from portal.core.collected import register_collected


def init_app(app: Flask) -> None:
    """Guard the staff's pages, and say what is kept about the staff."""
    guard.init_app(app)
    register_collected(app, ACCOUNTS)
    register_collected(app, TRIES)
