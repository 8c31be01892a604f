"""Bind the WSGI chain in front of Flask."""

from flask import Flask

from portal.core.front.chain import wrap
from portal.core.pages import remember_endpoint


def init_app(app: Flask) -> None:
    """Put the chain in front of the application and note each request's endpoint for it."""
    app.before_request(remember_endpoint)
    wrap(app)
