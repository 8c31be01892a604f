"""What moderation registers when the application starts."""

from datetime import datetime

from flask import Flask

from portal.core.clock import to_real
from portal.core.pages import register_horizon
from portal.extensions import db
from portal.moderation.queries import next_withdrawal


def init_app(app: Flask) -> None:
    """Let no page be kept beyond the hour at which something public must go."""
    register_horizon(app, _next_end)


def _next_end() -> datetime | None:
    ends_at = next_withdrawal(db.session())
    return None if ends_at is None else to_real(ends_at)
