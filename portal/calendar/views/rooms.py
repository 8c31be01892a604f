"""The staff's list of who has which room in a week."""

from datetime import date, timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from portal.accounts.rules import Permission
from portal.calendar import queries
from portal.calendar.room_weeks import room_weeks, week_of
from portal.core.addresses import url_for
from portal.core.clock import today
from portal.core.params import FIRST_YEAR, LAST_YEAR, read_day
from portal.core.permissions import needs
from portal.core.templates import render
from portal.extensions import db

rooms = Blueprint("rooms", __name__, url_prefix="/staff/rooms")


@rooms.get("/calendar")
@needs(Permission.CONTENT_READ)
def show_room_calendar() -> ResponseReturnValue:
    """Show each room with its bookings in the week of a day; of today when none is named."""
    session, now = db.session(), today()
    first, last = week_of(read_day(request.args.get("week"), now))
    in_week = queries.bookings_between(session, first, last)
    return render(
        "calendar/show_room_calendar.html",
        first=first,
        last=last,
        weeks=room_weeks(queries.rooms_of_days(session, first, last), in_week, first, now),
        before=_week_address(first - timedelta(days=7)),
        after=_week_address(last + timedelta(days=1)),
    )


def _week_address(day: date) -> str | None:
    """Return where the week of a day is shown; None where no address names the day."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return url_for("rooms.show_room_calendar", week=day.isoformat())
