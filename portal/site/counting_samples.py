"""Samples of counted deadlines for the style guide; none of them is a fact."""

from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from portal.complaints.counting import Counting, show_count
from portal.complaints.rules.clock import Course, count_course
from portal.complaints.rules.pauses import ClockEvent, ClockEventKind
from portal.complaints.rules.periods import LAW, ComplaintKind
from portal.complaints.rules.work_calendar import WorkCalendar
from portal.core.clock import council_zone


def build_counting_samples(today: date) -> tuple[Counting, ...]:
    """Return a grievance with all that can happen to it, and a simple thing counted in hours."""
    zone = council_zone()
    received_at = datetime.combine(today - timedelta(days=6), time(16, 40), zone)
    now = datetime.combine(today, time(11), zone)
    holiday = today + timedelta(days=2)
    calendar = WorkCalendar(zone, {holiday: str(_("Sample holiday"))}.get)
    events = (
        ClockEvent(ClockEventKind.CORRECTION_ASKED, received_at + timedelta(days=1)),
        ClockEvent(ClockEventKind.CORRECTION_CAME, received_at + timedelta(days=3)),
        ClockEvent(ClockEventKind.EXTENDED, now, amount=3),
    )
    courses = (
        Course(ComplaintKind.GRIEVANCE, received_at, events),
        Course(ComplaintKind.OTHER, received_at + timedelta(days=6)),
    )
    counts = (count_course(course, LAW[course.kind], calendar, now) for course in courses)
    return tuple(show_count(count, today) for count in counts)
