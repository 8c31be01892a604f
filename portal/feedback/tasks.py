"""What the worker does for remarks: erase their words when their time is over."""

import structlog
from flask import current_app
from flask_babel import lazy_gettext as _l

from portal.core.clock import real_now
from portal.core.jobs import every
from portal.core.transactions import in_parts
from portal.extensions import db
from portal.feedback import queries, services


@every(_l("Erases the words of old remarks, at night."), minute="30", hour="18")
def erase_remarks() -> None:
    """Erase the words and addresses of old remarks, at night in Korea; safe to run twice."""
    at, days = real_now(), current_app.config["FEEDBACK_DAYS"]
    erased = in_parts(
        lambda: services.erase_old_remarks(db.session(), at=at, days=days), queries.MOST_ERASED
    )
    structlog.get_logger("feedback").info("remarks erased", count=erased)
