"""What the worker does for accounts."""

from flask_babel import lazy_gettext as _l

from portal.accounts.guard import session_limits
from portal.accounts.sessions import forget_old_sessions
from portal.core.clock import real_now
from portal.core.jobs import every
from portal.core.transactions import begin_write
from portal.extensions import db


@every(_l("Removes staff sessions that are over, at night."), minute="20", hour="18")
def forget_sessions_that_are_over() -> None:
    """Remove sessions that are over, at night in Korea; safe to run twice."""
    begin_write()
    forget_old_sessions(db.session(), limits=session_limits(), at=real_now())
    db.session.commit()
