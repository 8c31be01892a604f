"""Where the council stands on a day: the strip on every page, the ruler, what comes next."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy.orm import Session

from portal.calendar import queries, words
from portal.calendar.entries import agenda_days, end_entries, event_url, place_of, running_entry
from portal.calendar.pages import (
    AgendaDay,
    Entry,
    EventRow,
    RecentChange,
    SessionRow,
    SessionStanding,
)
from portal.calendar.rules import (
    DayKind,
    EventKind,
    EventState,
    Stage,
    Tense,
    TickDay,
)
from portal.core.addresses import url_for
from portal.core.i18n import page_language, plain, write_day
from portal.council.rules import ENDING_SOON_DAYS


def session_standing(session: Session, day: date, country: str, language: str) -> SessionStanding:
    """Return the session under way on a day, or the next one that was announced.

    :param country: whose public holidays are days off, such as ``KR``
    """
    almanac = queries.read_almanac(session, day, day, day, country, language)
    row = almanac.session_on(day) or almanac.session_after(day)
    if row is None or row.starts_on > day:
        return _out_of_session(row, day)
    events = queries.published_events(session, day, session_id=row.id)
    return _in_session(row, day, almanac.ruler_of(row), events)


def upcoming_entries(session: Session, day: date, limit: int) -> tuple[AgendaDay, ...]:
    """Return what is on today and what comes next, by day.

    Special committees that end within two weeks stand among them.

    :param limit: most entries in all
    """
    events = queries.published_events(session, day, first=day, limit=queries.MOST_NEXT)
    soon = day + timedelta(days=ENDING_SOON_DAYS)
    found = list(end_entries(queries.committee_times(session, day, soon, day), day))
    on = ((event, max(day, event.starts_on)) for event in events if event.ends_on >= day)
    found += [running_entry(event, first) for event, first in on]
    return agenda_days(sorted(found, key=place_of)[:limit], day, with_note=True)


def recent_changes(session: Session, day: date, limit: int) -> tuple[RecentChange, ...]:
    """Return the events that were moved or cancelled lately, the latest change first."""
    return tuple(
        RecentChange(
            on=event.changes[-1].changed_on,
            title=words.event_title(event),
            url=event_url(event),
            sentence=words.change_sentence(event.changes[-1]),
        )
        for event in queries.recently_changed_events(session, day, limit)
    )


def stages_of(row: SessionRow, events: Iterable[EventRow]) -> tuple[Stage, ...]:
    """Return the named parts of a session, in order; events of one name are one stage.

    The names stand in a picture, which can't say that a word is Korean: on an English page those
    without an English name are left out.
    """
    is_korean = page_language() == "ko"
    spans: dict[str, list[tuple[date, date]]] = {}
    for event in events:
        is_named = bool(event.stage if is_korean else event.stage_en)
        if is_named and event.state is not EventState.CANCELLED:
            first, last = max(event.starts_on, row.starts_on), min(event.ends_on, row.ends_on)
            if first <= last:
                spans.setdefault(plain(event.stage, event.stage_en), []).append((first, last))
    stages = (
        Stage(
            name=name,
            first_index=(min(first for first, _last in days) - row.starts_on).days,
            last_index=(max(last for _first, last in days) - row.starts_on).days,
            dates=words.several_days(days),
        )
        for name, days in spans.items()
    )
    return tuple(sorted(stages, key=lambda stage: (stage.first_index, stage.last_index)))


def picture_sentence(
    row: SessionRow, days: tuple[TickDay, ...], stages: Iterable[Stage], day_number: int | None
) -> str:
    """Return what the ruler shows in words; empty without a ruler."""
    if not days:
        return ""
    mix = words.mix_sentence(row)
    title = words.session_title(row)
    sentence = _("%(session)s, %(total)s days: %(mix)s.", session=title, total=row.days, mix=mix)
    if day_number is not None:
        sentence += " " + _("Today is day %(number)s.", number=day_number)
    named = ", ".join(f"{stage.name} {stage.dates}" for stage in stages)
    return f"{sentence} {named}.".replace("..", ".") if named else sentence


def today_label(day_number: int | None) -> str:
    """Return the words at today's tick; empty out of session."""
    return str(_("Today, day %(number)s", number=day_number)) if day_number is not None else ""


def session_url(number: int) -> str:
    """Return the address of a session's page."""
    return url_for("calendar.show_session", number=number)


def _in_session(
    row: SessionRow, day: date, days: tuple[TickDay, ...], events: tuple[EventRow, ...]
) -> SessionStanding:
    """Return the standing within a session."""
    index = (day - row.starts_on).days
    stages = stages_of(row, events)
    kind = next((tick.kind for tick in days if tick.tense is Tense.TODAY), None)
    return SessionStanding(
        row=row,
        is_under_way=True,
        day=day,
        days=days,
        today_index=index if days else None,
        stages=stages,
        kind_today=kind,
        title=words.session_title(row),
        headline=_headline(row, kind, events, day),
        sentence=_strip_sentence(row, index + 1, _what_is_on(kind, stages, index)),
        picture_sentence=picture_sentence(row, days, stages, index + 1),
        today_label=today_label(index + 1),
        url=session_url(row.number),
        next_entry=_next_entry(events, day),
    )


def _out_of_session(row: SessionRow | None, day: date) -> SessionStanding:
    """Return the standing between two sessions; there is no ruler then."""
    title = words.session_title(row) if row else ""
    if row is None:
        said = _("The next session is not announced yet")
        url = url_for("calendar.show_current_month")
        link = Markup('<a href="{}">{}</a>').format(url, said)
    else:
        url = session_url(row.number)
        on = write_day(row.starts_on, page_language(), year=row.starts_on.year != day.year)
        said = _("The next session begins on %(day)s", day=on)
        link = Markup('<a href="{}">{}</a>').format(
            url, _("Next: %(session)s, %(day)s", session=title, day=on)
        )
    return SessionStanding(
        row=row,
        is_under_way=False,
        day=day,
        days=(),
        today_index=None,
        stages=(),
        kind_today=None,
        title=title,
        headline=said,
        sentence=escape(_("In recess")) + " · " + link,
        picture_sentence="",
        today_label="",
        url=url,
        next_entry=None,
    )


def _headline(row: SessionRow, kind: DayKind | None, events: Iterable[EventRow], day: date) -> str:
    """Return one sentence on what the session does today."""
    if any(e.kind is EventKind.QUESTIONS and e.starts_on <= day <= e.ends_on for e in events):
        if kind is DayKind.PLENARY:
            return str(_("The administration answers questions today"))
    if kind is None:
        return str(_("%(session)s is under way", session=words.session_title(row)))
    sentences: dict[DayKind, str] = {
        DayKind.PLENARY: _("The council meets in plenary today"),
        DayKind.AUDIT: _("The administrative audit is under way"),
        DayKind.COMMITTEE: _("The committees are at work"),
        DayKind.OFF: _("No sittings today: a day off in the session"),
    }
    return sentences[kind]


def _what_is_on(kind: DayKind | None, stages: Iterable[Stage], index: int) -> str:
    """Return the stage of today, else the kind of its day; empty when neither is known."""
    if kind is not DayKind.OFF:
        for stage in stages:
            if stage.first_index <= index <= stage.last_index:
                return stage.name
    return words.day_kind_word(kind) if kind else ""


def _strip_sentence(row: SessionRow, number: int, what: str) -> Markup:
    """Return the strip's words: ``제298회 정례회 8일째 / 51일 · 행정사무감사``."""
    link = _("%(session)s, day %(number)s", session=words.session_title(row), number=number)
    rest = _("of %(total)s days", total=row.days)
    sentence = Markup('<a href="{}">{}</a> {}').format(session_url(row.number), link, rest)
    return sentence + (" · " + what if what else "")


def _next_entry(events: Iterable[EventRow], day: date) -> Entry | None:
    """Return the first event after a day that still stands, with how far ahead it lies."""
    coming = (e for e in events if e.starts_on > day and e.state is not EventState.CANCELLED)
    event = next(coming, None)
    if event is None:
        return None
    ahead = escape(words.in_days((event.starts_on - day).days))
    about = words.marked(event.summary, event.summary_en) if event.summary else ""
    return replace(
        running_entry(event, event.starts_on), meta=ahead + (" · " + about if about else "")
    )
