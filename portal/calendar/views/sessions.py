"""Pages of the sessions."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask_babel import gettext as _

from portal.calendar import queries, standing, words
from portal.calendar.addresses import read_session_number
from portal.calendar.almanac import Almanac
from portal.calendar.entries import event_url
from portal.calendar.models import CouncilSession
from portal.calendar.pages import EventRow, SessionRow, Step, mix_by_kind
from portal.calendar.rules import DayKind, EventState, Stage, TickDay
from portal.calendar.views.blueprint import calendar, council_country
from portal.core import clock
from portal.core.i18n import page_language
from portal.core.pages import public_page
from portal.core.sections import sections_of
from portal.core.templates import render
from portal.council.holidays import holidays_between
from portal.extensions import db
from portal.moderation.queries import corrections_of

_MARKERS = {
    EventState.HELD: "done",
    EventState.NOW: "now",
    EventState.CANCELLED: "cancelled",
    EventState.PLANNED: "coming",
    EventState.UNCONFIRMED: "unconfirmed",
}


@dataclass(frozen=True)
class MixRow:
    """A kind of days in the table of a session.

    :ivar share: of all days, 0 to 1
    :ivar counted: what the calendar gives; None when a working day has no kind
    """

    kind: str
    name: str
    printed: int
    share: float
    counted: int | None


@dataclass(frozen=True)
class Picture:
    """The ruler of a session.

    :ivar days: empty when the printed days do not add up
    :ivar sentence: all of it in words
    """

    days: tuple[TickDay, ...]
    stages: tuple[Stage, ...]
    mix: tuple[tuple[str, int], ...]
    sentence: str
    today_label: str


@calendar.get("/calendar/sessions")
@public_page()
def show_sessions() -> str:
    """Show all sessions known, the latest first, by year."""
    rows = queries.published_sessions(db.session(), clock.today())
    years = groupby(reversed(rows), key=lambda row: row.starts_on.year)
    return render(
        "calendar/show_sessions.html",
        count=len(rows),
        years=[
            (year, [(row, words.session_title(row)) for row in of_year]) for year, of_year in years
        ],
    )


@calendar.get("/calendar/sessions/<number>")
@public_page()
def show_session(number: str) -> str:
    """Show a session: where it stands, its ruler, events, days and order of business."""
    session, today = db.session(), clock.today()
    row, before, after = queries.get_published_session(session, read_session_number(number), today)
    holidays = holidays_between(
        session, row.starts_on, row.ends_on, council_country(), page_language()
    )
    almanac = Almanac(today, (row,), holidays)
    events = queries.published_events(session, today, session_id=row.id)
    business, source = queries.business_of(session, row.id)
    day_number = _day_number(row, today)
    return render(
        "calendar/show_session.html",
        row=row,
        title=words.session_title(row),
        day_number=day_number,
        days_left=(row.ends_on - today).days if day_number else None,
        days_until=(row.starts_on - today).days if today < row.starts_on else None,
        calendar_days=(row.ends_on - row.starts_on).days + 1,
        picture=_picture(row, almanac, events, day_number),
        mix_rows=_mix_rows(row, almanac),
        steps=[_step(event) for event in events if event.starts_on <= row.ends_on],
        recess=[_step(event) for event in events if event.starts_on > row.ends_on],
        audit_calendar_days=_audit_calendar_days(row),
        business=business,
        source=source,
        before=before and (before.number, words.session_title(before)),
        after=after and (after.number, words.session_title(after)),
        corrections=corrections_of(session, CouncilSession.__tablename__, row.id),
        sections=sections_of("calendar.session", row.id),
    )


def _picture(
    row: SessionRow, almanac: Almanac, events: tuple[EventRow, ...], day_number: int | None
) -> Picture:
    """Return what the ruler of a session shows."""
    days, stages = almanac.ruler_of(row), standing.stages_of(row, events)
    return Picture(
        days=days,
        stages=stages,
        mix=mix_by_kind(row.printed),
        sentence=standing.picture_sentence(row, days, stages, day_number),
        today_label=standing.today_label(day_number),
    )


def _day_number(row: SessionRow, today: date) -> int | None:
    """Return which day of the session today is, from 1; None out of it."""
    return (today - row.starts_on).days + 1 if row.starts_on <= today <= row.ends_on else None


def _mix_rows(row: SessionRow, almanac: Almanac) -> list[MixRow]:
    """Return the printed mix beside the counted one."""
    counted = almanac.counted_mix(row)
    by_kind = dict(mix_by_kind(counted)) if counted else {}
    return [
        MixRow(
            kind, words.day_kind_name(DayKind(kind)), printed, printed / row.days, by_kind.get(kind)
        )
        for kind, printed in mix_by_kind(row.printed)
        if printed or by_kind.get(kind)
    ]


def _audit_calendar_days(row: SessionRow) -> int | None:
    """Return how many days the audit takes on the calendar when that is not the printed number."""
    spans = (span for span in row.spans if span.kind is DayKind.AUDIT)
    days = sum((span.last - span.first).days + 1 for span in spans)
    return days if row.printed.audit and days != row.printed.audit else None


def _step(event: EventRow) -> Step:
    """Return an event as a step of the session's timeline."""
    text, text_en = event.summary, event.summary_en
    if event.outcome:
        text, text_en = event.outcome, event.outcome_en
    word = words.state_word(event.state)
    if event.state is EventState.CANCELLED and event.changes:
        word = _("Cancelled")
        text, text_en = event.changes[-1].reason, event.changes[-1].reason_en
    return Step(
        state=_MARKERS[event.state],
        dates=words.dates_of(event),
        title=words.event_title(event),
        text=words.marked(text, text_en) if text else "",
        word=word,
        url=event_url(event),
    )
