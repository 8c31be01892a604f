"""What the worker does for the search, and what wakes it."""

import structlog
from flask_babel import lazy_gettext as _l

from portal.core.clock import council_zone, real_now, today
from portal.core.jobs import enqueue_on_commit, every
from portal.core.state import change_state, find_state
from portal.core.transactions import begin_again, begin_write
from portal.extensions import db
from portal.search.choice import search_engine
from portal.search.indexing import drain, heal, reconcile
from portal.search.services import HAS_TASKS, refresh_all
from portal.search.terms import erase_old_terms

#: The site's day of which the documents tell.
DOCUMENTS_DAY = "search_day"


@every(_l("Brings the search index up to date."), minute="*")
def update_index() -> None:
    """Index what was published: each minute, and as soon as something was committed."""
    refresh_on_new_day()
    drain(search_engine())
    if heal(search_engine()):
        structlog.get_logger("search").warning("rebuilt")


@every(
    _l("Compares pages and search index, and repairs what differs, at night."),
    minute="30",
    hour="18",
)
def reconcile_index() -> None:
    """Compare pages, documents and index, at night in Korea."""
    begin_write()
    change_state(db.session(), DOCUMENTS_DAY, today().isoformat())
    repair = reconcile(search_engine(), today=today(), at=real_now())
    db.session.commit()
    if repair.is_needed:
        structlog.get_logger("search").warning("repaired", **vars(repair))
    drain(search_engine())


@every(_l("Erases what was searched for long ago, at night."), minute="50", hour="18")
def erase_terms() -> None:
    """Erase old counts of what was searched for, at night in Korea."""
    begin_write()
    erase_old_terms(db.session(), today=real_now().astimezone(council_zone()).date())
    db.session.commit()


def refresh_on_new_day() -> None:
    """Write the documents anew on another day of the site: some things are over then."""
    if find_state(db.session(), DOCUMENTS_DAY) == today().isoformat():
        return
    begin_again()
    # It comes first: another worker waits at this row, and finds nothing left to write.
    change_state(db.session(), DOCUMENTS_DAY, today().isoformat())
    refresh_all(db.session(), today=today(), at=real_now())
    db.session.commit()


enqueue_on_commit(HAS_TASKS, update_index)
