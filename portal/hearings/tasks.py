"""What the worker does for hearings: the line each minute, erasing at night."""

import functools
from collections.abc import Callable

import structlog
from flask import current_app
from flask_babel import lazy_gettext as _l

from portal.core.clock import business_now, real_now, today
from portal.core.jobs import every
from portal.core.limits import forget_old_tries
from portal.core.transactions import begin_write, in_parts
from portal.extensions import db
from portal.hearings.limits import LIMITS
from portal.hearings.queries.opinions_for_staff import MOST_ERASED
from portal.hearings.queries.sign_ups import MOST_AT_ONCE
from portal.hearings.services import clock, opinion_erasing
from portal.hearings.services.erasing import erase_sign_ups
from portal.places.queries import pools_due

#: Does a part of the work and says how many rows it did.
Step = Callable[[], int]


@every(_l("Gives out places that became free, and reminds of hearings."), minute="*")
def keep_line() -> None:
    """Let holds and offers begin and end, offer what is free, and write what is due.

    Each step is a transaction of its own, and the others go on when one fails, so that a letter
    that can't be written stops no other.

    :raise Exception: what the first that failed raised, once all were tried
    """
    session, failures = db.session, list[Exception]()

    def try_to(run: Callable[[Step], int], step: Step) -> None:
        try:
            run(step)
        except Exception as error:
            session.rollback()
            failures.append(error)

    try_to(_go_on, lambda: clock.start_holds(session(), now=business_now(), at=real_now()))
    for pool_id in _pools_due():
        try_to(_once, functools.partial(_settle, pool_id))
    try_to(_go_on, lambda: clock.tell_of_changes(session(), at=real_now()))
    try_to(_go_on, lambda: clock.remind(session(), now=business_now(), at=real_now()))
    try_to(_go_on, lambda: clock.thank(session(), now=business_now(), at=real_now()))
    try_to(_go_on, lambda: clock.tell_of_openings(session(), now=business_now(), at=real_now()))
    if failures:
        raise failures[0]


@every(_l("Erases who took part in hearings long over, at night."), minute="35", hour="18")
def erase_participants() -> None:
    """Erase names and addresses of those who took part, at night in Korea."""
    days = current_app.config["HEARING_DAYS"]
    erased = _go_on(lambda: erase_sign_ups(db.session(), today=today(), days=days, at=real_now()))
    begin_write()
    for limit in LIMITS:
        forget_old_tries(db.session(), limit=limit, at=real_now())
    db.session.commit()
    structlog.get_logger("hearings").info("participants erased", count=erased)


@every(_l("Erases what is kept about authors of old opinions, at night."), minute="40", hour="18")
def erase_opinions() -> None:
    """Erase what is kept about authors of old opinions, at night in Korea; safe to run twice."""
    now, at, days = business_now(), real_now(), current_app.config["HEARING_OPINION_DAYS"]
    # The site's day was read in a transaction that could not wait for its turn to write.
    db.session.rollback()
    erased = in_parts(
        lambda: opinion_erasing.erase_old_opinions(db.session(), now=now, at=at, days=days),
        MOST_ERASED,
    )
    files = _once(lambda: opinion_erasing.remove_loose_files(db.session(), at=at))
    structlog.get_logger("hearings").info("opinions erased", count=erased, files=files)


def _pools_due() -> tuple[int, ...]:
    """Return the pools that are due, in a transaction that ends before the first is settled."""
    due = pools_due(db.session(), business_now())
    db.session.rollback()
    return due


def _settle(pool_id: int) -> int:
    clock.settle_pool(db.session(), pool_id=pool_id, now=business_now(), at=real_now())
    return 1


def _go_on(step: Step) -> int:
    """Do a step until nothing is left of it; return how many rows it did."""
    return in_parts(step, MOST_AT_ONCE)


def _once(step: Step) -> int:
    """Do a step once, in a transaction that waits for its turn."""
    begin_write()
    done = step()
    db.session.commit()
    return done
