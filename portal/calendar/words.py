"""Words of the calendar in the page's language: names of kinds, sessions, days and states.

Texts that may hold a mark of the other language are markup; all others are plain.
"""

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from portal.calendar.pages import Booking, EventRow, SessionRow, mix_by_kind
from portal.calendar.rules import (
    ChangeKind,
    DateChange,
    DayKind,
    EventKind,
    EventState,
    Held,
    Part,
    SessionKind,
)
from portal.core.clock import council_zone
from portal.core.i18n import page_language, plain, write_day, write_day_range, write_time
from portal.council.rules import Nature
from portal.moderation.fields import choices, choices_or_none

_EVENT_KINDS: dict[EventKind, LazyString] = {
    EventKind.PLENARY: _l("Plenary sittings"),
    EventKind.QUESTIONS: _l("Questions"),
    EventKind.AUDIT: _l("Audit"),
    EventKind.COMMITTEE: _l("Committee meetings"),
    EventKind.FORUM: _l("Forums"),
    EventKind.EVENT: _l("Other events"),
}
_ONE_EVENT: dict[EventKind, LazyString] = {
    EventKind.PLENARY: _l("Plenary sitting"),
    EventKind.QUESTIONS: _l("Questions"),
    EventKind.AUDIT: _l("Audit"),
    EventKind.COMMITTEE: _l("Committee meeting"),
    EventKind.FORUM: _l("Forum"),
    EventKind.EVENT: _l("Event"),
}
_SHORT_DAY_KINDS: dict[DayKind, LazyString] = {
    DayKind.PLENARY: _l("Plenary"),
    DayKind.AUDIT: _l("Audit"),
    DayKind.COMMITTEE: _l("Committee"),
    DayKind.OFF: _l("Day off"),
}
_DAY_KINDS: dict[DayKind, LazyString] = {
    DayKind.PLENARY: _l("Plenary"),
    DayKind.AUDIT: _l("Administrative audit"),
    DayKind.COMMITTEE: _l("Committee work"),
    DayKind.OFF: _l("Weekends and holidays"),
}
_STATES: dict[EventState, LazyString] = {
    EventState.PLANNED: _l("Planned"),
    EventState.NOW: _l("Under way"),
    EventState.HELD: _l("Held"),
    EventState.UNCONFIRMED: _l("Not confirmed"),
    EventState.CANCELLED: _l("Cancelled"),
}

_SESSION_KINDS: dict[SessionKind, LazyString] = {
    SessionKind.REGULAR: _l("Regular session"),
    SessionKind.EXTRAORDINARY: _l("Extraordinary session"),
}
_HELD: dict[Held, LazyString] = {
    Held.UNKNOWN: _l("No source says so"),
    Held.YES: _l("Yes, a source says so"),
    Held.NO: _l("No"),
}
_NATURES: dict[Nature, LazyString] = {
    Nature.STATED: _l("Stated in the source"),
    Nature.DERIVED: _l("Derived: worked out from what sources state"),
}
_REFUSALS: dict[ChangeKind, LazyString] = {
    ChangeKind.MOVED: _l("It is over or was cancelled, so it can’t be moved."),
    ChangeKind.CANCELLED: _l("It took place or was cancelled before, so it can’t be cancelled."),
}


def marked(text: str, english: str | None) -> Markup:
    """Return a text in the page's language; a Korean one on an English page says that it is."""
    if page_language() == "ko" or english:
        return escape(plain(text, english))
    return Markup('<span lang="ko">{}</span>').format(text)


def session_name(number: int) -> str:
    """Return a session's short name: ``제298회``."""
    return str(_("Session %(number)s", number=number))


def session_title(session: SessionRow) -> str:
    """Return a session's name with its kind: ``제298회 정례회``."""
    if session.kind is SessionKind.REGULAR:
        return str(_("Regular session %(number)s", number=session.number))
    return str(_("Extraordinary session %(number)s", number=session.number))


def kind_label(kind: EventKind) -> str:
    """Return the word for a kind of events, as its filter and feed are called."""
    return str(_EVENT_KINDS[kind])


def kind_word(kind: EventKind) -> str:
    """Return the word for one event of a kind."""
    return str(_ONE_EVENT[kind])


def day_kind_word(kind: DayKind) -> str:
    """Return the short word beside a day's tick."""
    return str(_SHORT_DAY_KINDS[kind])


def day_kind_name(kind: DayKind) -> str:
    """Return the full name of a kind of days."""
    return str(_DAY_KINDS[kind])


def state_word(state: EventState) -> str:
    """Return where an event stands, in words."""
    return str(_STATES[state])


def kind_choices() -> list[tuple[str, LazyString]]:
    """Return the kinds of events with their names, for a form."""
    return choices(_EVENT_KINDS)


def held_choices() -> list[tuple[str, LazyString]]:
    """Return whether an event took place, for a form."""
    return choices(_HELD)


def session_kind_choices() -> list[tuple[str, LazyString]]:
    """Return the kinds of sessions with their names, for a form."""
    return choices(_SESSION_KINDS)


def span_kind_choices() -> list[tuple[str, str]]:
    """Return what days are for, for a form; days off follow by themselves."""
    kinds = [kind for kind in DayKind if kind is not DayKind.OFF]
    return [("", ""), *((kind.value, day_kind_name(kind)) for kind in kinds)]


def nature_choices() -> list[tuple[str, LazyString | str]]:
    """Return where a fact is known from, for a form; the first one says that nothing is meant."""
    return choices_or_none(_NATURES)


def refusal_of(kind: ChangeKind) -> str:
    """Return why an event can’t be moved or cancelled."""
    return str(_REFUSALS[kind])


def event_title(event: EventRow) -> Markup:
    """Return an event's title without its session's number, which stands beside it."""
    return marked(*_without_session(event))


def part_title(event: EventRow, part: Part, on: date) -> Markup:
    """Return what a day of the calendar calls an event: ``행정사무감사 시작``.

    Events of several days go by the short name of their stage where they have one.
    """
    if part in (Part.WHOLE, Part.LEFT):
        return event_title(event)
    title = marked(event.stage, event.stage_en) if event.stage else event_title(event)
    if part is Part.RUNNING:
        return title
    if part is Part.FIRST:
        return fill(_("%(title)s begins"), title=title)
    if part is Part.LAST:
        return fill(_("%(title)s ends"), title=title)
    number = (on - event.starts_on).days + 1
    return fill(_("%(title)s, day %(number)s"), title=title, number=number)


def fill(sentence: str, **values: object) -> Markup:
    """Return a translated sentence with its named places filled; markup in them stays."""
    return escape(sentence) % values


def dates_of(event: EventRow, *, year: bool = False) -> str:
    """Return an event's dates in plain words."""
    return write_day_range(event.starts_on, event.ends_on, page_language(), year=year)


def several_days(days: Sequence[tuple[date, date]]) -> str:
    """Return stretches of days, each further one of the same month shortened: ``12. 16., 22.``.

    :param days: first and last day of each, in their order
    """
    language = page_language()
    texts = [write_day_range(*span, language, weekday=False) for span in days]
    if language == "ko":
        for place in range(1, len(days)):
            if days[place][0].month == days[place - 1][1].month:
                texts[place] = texts[place].partition(" ")[2]
    else:
        for place in range(len(days) - 1):
            if days[place][1].month == days[place + 1][0].month:
                texts[place] = texts[place].rpartition(" ")[0]
    return ", ".join(texts)


def plain_change_sentence(change: DateChange) -> str:
    """Return what happened to an event's dates, in one plain sentence."""
    return change_sentence(change).striptags()


def change_sentence(change: DateChange) -> Markup:
    """Return what happened to an event's dates, in one sentence whose dates never break."""
    language = page_language()
    on = unbroken(write_day(change.changed_on, language))
    if change.kind is ChangeKind.CANCELLED or change.new_starts_on is None:
        return fill(_("Cancelled on %(day)s."), day=on)
    last = change.new_ends_on or change.new_starts_on
    return fill(
        _("Moved from %(old)s to %(new)s on %(day)s."),
        old=unbroken(write_day_range(change.old_starts_on, change.old_ends_on, language)),
        new=unbroken(write_day_range(change.new_starts_on, last, language)),
        day=on,
    )


def unbroken(text: str) -> Markup:
    """Return dates or a time that never breaks across lines."""
    return Markup('<span class="nowrap">{}</span>').format(text)


def mix_sentence(session: SessionRow) -> str:
    """Return the printed mix of a session's days in words, without the kinds it has none of."""
    return ", ".join(
        f"{day_kind_name(DayKind(kind))} {ngettext('%(num)s day', '%(num)s days', count)}"
        for kind, count in mix_by_kind(session.printed)
        if count
    )


def in_days(days: int) -> str:
    """Return how far ahead a day lies: ``8일 뒤``."""
    return str(_("tomorrow") if days == 1 else _("in %(days)s days", days=days))


def hours_of(starts_at: datetime, ends_at: datetime) -> str:
    """Return from when to when something is, without its first day: ``14:00–16:00``."""
    start, end = (at.astimezone(council_zone()) for at in (starts_at, ends_at))
    last = write_time(end)
    if start.date() != end.date():
        last = f"{write_day(end.date(), page_language(), year=False)} {last}"
    return f"{write_time(start)}–{last}"


def taken_sentence(in_the_way: Sequence[Booking]) -> str:
    """Return why a room can't be had, with the days and hours at which others have it."""
    taken = (_("“%(title)s” (%(hours)s)", title=t, hours=h) for t, h in map(_named, in_the_way))
    return str(
        _(
            "This room is taken by %(others)s. Choose other hours or another room.",
            others=", ".join(taken),
        )
    )


def _named(booking: Booking) -> tuple[str, str]:
    """Return what has a room, and when."""
    day = booking.starts_at.astimezone(council_zone()).date()
    hours = hours_of(booking.starts_at, booking.ends_at)
    title = plain(booking.title, booking.title_en)
    return title, f"{write_day(day, page_language())} {hours}"


def _without_session(event: EventRow) -> tuple[str, str | None]:
    """Return the two titles without the number of the session at their beginning."""
    number = event.session_number
    title = event.title.removeprefix(f"제{number}회 ")
    if event.title_en is None:
        return title, None
    english = event.title_en.removeprefix(f"Session {number}: ")
    return title, english[:1].upper() + english[1:]
