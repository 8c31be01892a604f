"""The portal's two clocks.

``business_now`` and ``today`` say what is on: windows, deadlines, publishing. The shipped data set
names its own day, and by default the business date is pinned to it while the time of day is real.
``real_now`` stamps audit lines, letters, sessions, tokens, limits and backups.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app

from portal.core.state import BUSINESS_DAY, find_day
from portal.extensions import db


def real_now() -> datetime:
    """Return the real time, aware, in UTC."""
    return datetime.now(UTC)


def council_zone() -> ZoneInfo:
    """Return the council's time zone."""
    return ZoneInfo(current_app.config["TIME_ZONE"])


def is_practice() -> bool:
    """Say whether the site stands on its data set's day instead of the real one."""
    return bool(current_app.config["CLOCK"] == "dataset")


def today() -> date:
    """Return the day the site stands on, in the council's zone."""
    real_day = real_now().astimezone(council_zone()).date()
    if not is_practice():
        return real_day
    return _pinned_day() or real_day


def business_now() -> datetime:
    """Return the site's day with the real time of day, aware, in the council's zone."""
    now = real_now().astimezone(council_zone())
    return datetime.combine(today(), now.time(), council_zone())


def next_midnight() -> datetime:
    """Return the real instant of the next midnight in the council's zone, aware."""
    tomorrow = real_now().astimezone(council_zone()).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), council_zone())


def to_real(instant: datetime) -> datetime:
    """Return the real instant at which a business instant is reached, aware.

    Under the data set's clock the date stands still, so an instant of another day is as far away
    as the time between the two says.
    """
    return real_now() + (instant - business_now())


def time_of_day(instant: datetime | None) -> time | None:
    """Return the time of day of an instant in the council's zone; None for none."""
    return instant.astimezone(council_zone()).time() if instant else None


def instant_on(day: date, at: time | None) -> datetime | None:
    """Return the instant of a time of a day in the council's zone, aware, in UTC; None for none."""
    return None if at is None else datetime.combine(day, at, council_zone()).astimezone(UTC)


def _pinned_day() -> date | None:
    """Return the data set's day; it is read once in a session's life."""
    known = db.session.info
    if BUSINESS_DAY not in known:
        known[BUSINESS_DAY] = find_day(db.session(), BUSINESS_DAY)
    day: date | None = known[BUSINESS_DAY]
    return day
