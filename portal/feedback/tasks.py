"""What the worker does for remarks: erase their words when their time is over."""

import structlog
from flask import current_app
from flask_babel import lazy_gettext as _l

from portal.core.clock import real_now
from portal.core.jobs import every
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.feedback import queries, services


@every(_l("Erases the words of old remarks, at night."), minute="30", hour="18")
def erase_remarks() -> None:
    """Erase the words and addresses of old remarks, at night in Korea; safe to run twice.

    There may be more than one transaction should hold, so it goes on until none is left.
    """
    at, days = real_now(), current_app.config["FEEDBACK_DAYS"]
    erased, total = queries.MOST_ERASED, 0
    while erased == queries.MOST_ERASED:
        begin_write()
        erased = services.erase_old_remarks(db.session(), at=at, days=days)
        db.session.commit()
        total += erased
    structlog.get_logger("feedback").info("remarks erased", count=total)
