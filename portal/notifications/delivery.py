"""Brings due letters on their way, one by one.

A letter is taken in one transaction, carried outside of any, and noted in another. A worker that
is killed in between leaves it in ``sending``, from where it is rescued. What SMTP cannot tell:
whether a server that fell silent after the end of the data has kept the letter. It goes out again
with the same Message-ID, by which receivers know it.
"""

from datetime import datetime

import structlog
from flask import current_app

from portal.core.clock import real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.notifications import queries, services
from portal.notifications.carriers import Carriers
from portal.notifications.rules import Parcel, describe_failure, ends_the_run

#: So many letters one job carries, so that other work of the queue gets its turn.
LETTERS_OF_A_RUN = 100


def deliver_due() -> datetime | None:
    """Send the letters that are due, and return when to look again soon; None: at the minute.

    The run ends at the first sign that the server is out of reach: else each letter would spend
    an attempt, and the worker its time, on a server that does not answer.
    """
    _rescue()
    soon: list[datetime] = []
    with Carriers() as carriers:
        for _number in range(LETTERS_OF_A_RUN):
            parcel = _take()
            if parcel is None:
                return min(soon, default=None)
            error = _carry(carriers, parcel)
            again_at = _note(parcel, error)
            if again_at is not None:
                soon.append(again_at)
            if error is not None and ends_the_run(error):
                return min(soon, default=None)
    return real_now()


def _rescue() -> None:
    """Put back what killed workers left behind."""
    begin_write()
    timeout = current_app.config["SMTP_TIMEOUT"]
    rescued = services.rescue_letters(db.session(), at=real_now(), timeout_seconds=timeout)
    db.session.commit()
    if rescued:
        structlog.get_logger("letters").warning("rescued", letters=rescued)


def _take() -> Parcel | None:
    """Take a letter in a transaction of its own; look first, so that nobody waits for nothing."""
    is_due = queries.has_due_letters(db.session(), real_now())
    db.session.rollback()
    if not is_due:
        return None
    begin_write()
    parcel = services.take_letter(db.session(), at=real_now())
    db.session.commit()
    return parcel


def _carry(carriers: Carriers, parcel: Parcel) -> Exception | None:
    """Carry a letter and return what went wrong; a fault of one letter never stops the others."""
    try:
        carriers.carry(parcel)
    except Exception as error:
        return error
    return None


def _note(parcel: Parcel, error: Exception | None) -> datetime | None:
    """Note how it went, and return when the letter is tried again; None: it is not."""
    begin_write()
    if error is None:
        services.note_sent(db.session(), parcel, at=real_now())
        again_at = None
    else:
        again_at = services.note_failure(db.session(), parcel, error, at=real_now())
    db.session.commit()
    if error is not None:
        _log(parcel, error)
    return again_at


def _log(parcel: Parcel, error: Exception) -> None:
    """Log a failure without the server's words, which may hold the address."""
    reason = describe_failure(error)
    structlog.get_logger("letters").warning("not sent", letter=parcel.letter_id, reason=reason)
