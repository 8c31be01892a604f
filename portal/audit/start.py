"""What the audit trail registers when the application starts."""

from flask import Flask

from portal.audit.services import keep_deed
from portal.core.audit import register_keeper


def init_app(app: Flask) -> None:
    """Keep what features record."""
    register_keeper(app, keep_deed)
