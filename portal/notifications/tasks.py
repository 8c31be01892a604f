"""What the worker does for letters, and what wakes it."""

from datetime import timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l

from portal.core.clock import real_now
from portal.core.jobs import enqueue_later, enqueue_on_commit, every
from portal.core.transactions import in_parts
from portal.extensions import db
from portal.notifications import services
from portal.notifications.delivery import deliver_due
from portal.notifications.queries import MOST_LETTERS

#: A try that is due later than this is left to the task of the minute.
SOON = timedelta(minutes=1)


@every(_l("Sends the letters that are due."), minute="*")
def deliver_letters() -> None:
    """Send due letters: each minute, and as soon as one was committed."""
    again_at = deliver_due()
    if again_at is not None:
        wait = again_at - real_now()
        if wait < SOON:
            enqueue_later(deliver_letters, max(0.0, wait.total_seconds()))


@every(_l("Erases recipient and content of old letters, at night."), minute="20", hour="18")
def erase_letters() -> None:
    """Erase whom old letters went to and what they said, at night in Korea."""
    before = real_now() - timedelta(days=current_app.config["LETTER_DAYS"])
    in_parts(lambda: services.erase_letters(db.session(), before=before), MOST_LETTERS)


enqueue_on_commit(services.HAS_LETTERS, deliver_letters)
