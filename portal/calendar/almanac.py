"""The almanac: sessions and days off of some years, as known on a day."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.calendar.pages import SessionRow
from portal.calendar.rules import (
    DayKind,
    DayMix,
    TickDay,
    count_days,
    days_between,
    is_visible,
    tick_days,
)
from portal.core.holidays import is_weekend


@dataclass(frozen=True)
class Almanac:
    """Sessions in their order, and public holidays with their names.

    :ivar sessions: those that began or were announced by ``today``
    """

    today: date
    sessions: tuple[SessionRow, ...]
    holidays: Mapping[date, str]

    def session_on(self, day: date) -> SessionRow | None:
        """Return the session in which a day lies, or None."""
        return next((s for s in self.sessions if s.starts_on <= day <= s.ends_on), None)

    def session_after(self, day: date) -> SessionRow | None:
        """Return the next session that begins after a day, or None."""
        return next((s for s in self.sessions if s.starts_on > day), None)

    def is_off(self, day: date) -> bool:
        """Say whether a day is a weekend or a holiday."""
        return is_weekend(day) or day in self.holidays

    def counted_days(self, session: SessionRow) -> tuple[TickDay, ...] | None:
        """Return each day of a session with its kind; None when a working day has none."""
        days = days_between(session.starts_on, session.ends_on)
        off = frozenset(day for day in days if self.is_off(day))
        return tick_days(session.starts_on, session.ends_on, session.spans, off, self.today)

    def counted_mix(self, session: SessionRow) -> DayMix | None:
        """Return the mix the calendar gives; None when a working day has no kind."""
        days = self.counted_days(session)
        return None if days is None else count_days(days)

    @functools.cached_property
    def day_kinds(self) -> Mapping[date, DayKind]:
        """Return the kind of each day of the sessions that have a ruler."""
        return {tick.on: tick.kind for s in self.sessions for tick in self.ruler_of(s)}

    def ruler_of(self, session: SessionRow) -> tuple[TickDay, ...]:
        """Return a session's ruler; empty when its days do not give the printed mix.

        A ruler that contradicts the table beside it would be a lie (look.md, session ribbon).
        """
        days = self.counted_days(session) or ()
        closes = len(days) == session.days and count_days(days) == session.printed
        return days if closes else ()


def known_sessions(rows: tuple[SessionRow, ...], today: date) -> tuple[SessionRow, ...]:
    """Return the sessions that began or were announced by a day.

    A session is announced with the first of its events.
    """
    return tuple(r for r in rows if is_visible(r.first_announced_on, r.starts_on, today))
