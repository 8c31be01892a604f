"""What the worker does for hearings."""

import structlog
from flask import current_app
from flask_babel import lazy_gettext as _l

from portal.core.clock import business_now, real_now
from portal.core.jobs import every
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.hearings.queries.opinions_for_staff import MOST_ERASED
from portal.hearings.services import opinion_erasing


@every(_l("Erases what is kept about authors of old opinions, at night."), minute="40", hour="18")
def erase_opinions() -> None:
    """Erase what is kept about authors of old opinions, at night in Korea; safe to run twice.

    There may be more than one transaction should hold, so it goes on until none is left.
    """
    now, at, days = business_now(), real_now(), current_app.config["HEARING_OPINION_DAYS"]
    # The site's day was read in a transaction that could not wait for its turn to write.
    db.session.rollback()
    erased, total = MOST_ERASED, 0
    while erased == MOST_ERASED:
        begin_write()
        erased = opinion_erasing.erase_old_opinions(db.session(), now=now, at=at, days=days)
        db.session.commit()
        total += erased
    begin_write()
    files = opinion_erasing.remove_loose_files(db.session(), at=at)
    db.session.commit()
    structlog.get_logger("hearings").info("opinions erased", count=total, files=files)
