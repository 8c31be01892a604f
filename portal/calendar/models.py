"""Tables of sessions, their days, and events with their history."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.calendar.rules import ChangeKind, DayKind, EventKind, Held, SessionKind
from portal.core.models import Imported, Sourced, UtcDateTime, word_column
from portal.council.rules import Nature
from portal.extensions import Base
from portal.moderation.models import Publishable


class Subscribable(Publishable):
    """A row that stands in people's own calendars.

    :ivar sequence: raised on each change that a subscriber should see
    :ivar changed_at: when that was
    """

    sequence: Mapped[int] = mapped_column(Integer, default=0)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    def note_import(self, at: datetime, *, is_new: bool) -> None:
        """Tell subscribers of a change by a higher sequence."""
        super().note_import(at, is_new=is_new)
        self.sequence = 0 if is_new else self.sequence + 1
        self.changed_at = at

    def note_change(self, at: datetime) -> None:
        """Tell subscribers of a change by a higher sequence."""
        self.sequence += 1
        self.changed_at = at


class CouncilSession(Subscribable, Imported, Sourced, Base):
    """A session of the council (회기), with its printed day mix.

    :ivar days: printed number of days; the others are its printed parts
    """

    __tablename__ = "council_sessions"
    title_field = "number"
    editable_fields = (
        "kind",
        "number",
        "starts_on",
        "ends_on",
        "days",
        "plenary_days",
        "committee_days",
        "audit_days",
        "off_days",
        "note",
        "note_en",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[SessionKind] = mapped_column(word_column(SessionKind, "kind"))
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date]
    days: Mapped[int]
    plenary_days: Mapped[int]
    committee_days: Mapped[int]
    audit_days: Mapped[int]
    off_days: Mapped[int]
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)


class SessionSpan(Imported, Sourced, Base):
    """Days of one kind within a session; weekends and holidays within are days off."""

    __tablename__ = "session_spans"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("council_sessions.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    kind: Mapped[DayKind] = mapped_column(word_column(DayKind, "kind"))
    nature: Mapped[Nature] = mapped_column(word_column(Nature, "nature"))


class BusinessItem(Imported, Sourced, Base):
    """A line of a session's order of business (의사일정)."""

    __tablename__ = "business_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("council_sessions.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)


class Event(Subscribable, Imported, Sourced, Base):
    """A sitting or another event on one day or several.

    :ivar starts_at: aware time in UTC; None when only the day is known
    :ivar announced_on: since when the plan is public; None when it became known on its own day
    :ivar summary: what it is about, known before; ``outcome`` only after it ended
    :ivar stage: its short name on the session's ruler
    """

    __tablename__ = "events"
    title_field = "title"
    # Its dates are no such fields: services.move_event changes them and keeps their history.
    editable_fields = (
        "kind",
        "title",
        "title_en",
        "session_id",
        "committee_id",
        "body",
        "body_en",
        "place",
        "place_en",
        "host",
        "host_en",
        "summary",
        "summary_en",
        "outcome",
        "outcome_en",
        "items",
        "stage",
        "stage_en",
        "announced_on",
        "held",
        "watch_url",
        "minutes_url",
        "papers_url",
        "attend",
        "attend_en",
        "note",
        "note_en",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[EventKind] = mapped_column(word_column(EventKind, "kind"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str | None] = mapped_column(String(300))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("council_sessions.id"), index=True)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committees.id"), index=True)
    body: Mapped[str | None] = mapped_column(String(160))
    body_en: Mapped[str | None] = mapped_column(String(160))
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    place: Mapped[str | None] = mapped_column(String(200))
    place_en: Mapped[str | None] = mapped_column(String(200))
    host: Mapped[str | None] = mapped_column(String(200))
    host_en: Mapped[str | None] = mapped_column(String(200))
    summary: Mapped[str | None] = mapped_column(Text)
    summary_en: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    outcome_en: Mapped[str | None] = mapped_column(Text)
    items: Mapped[int | None]
    stage: Mapped[str | None] = mapped_column(String(80))
    stage_en: Mapped[str | None] = mapped_column(String(80))
    announced_on: Mapped[date | None]
    held: Mapped[Held] = mapped_column(word_column(Held, "held"))
    watch_url: Mapped[str | None] = mapped_column(Text)
    minutes_url: Mapped[str | None] = mapped_column(Text)
    papers_url: Mapped[str | None] = mapped_column(Text)
    attend: Mapped[str | None] = mapped_column(Text)
    attend_en: Mapped[str | None] = mapped_column(Text)
    nature: Mapped[Nature] = mapped_column(word_column(Nature, "nature"))
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)


class AgendaItem(Imported, Base):
    """An item on the agenda of one event (안건)."""

    __tablename__ = "agenda_items"
    __table_args__ = (UniqueConstraint("event_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)


class EventChange(Imported, Sourced, Base):
    """What happened to an event's dates after it was announced."""

    __tablename__ = "event_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    changed_on: Mapped[date]
    kind: Mapped[ChangeKind] = mapped_column(word_column(ChangeKind, "kind"))
    old_starts_on: Mapped[date]
    old_ends_on: Mapped[date]
    new_starts_on: Mapped[date | None]
    new_ends_on: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(Text)
    reason_en: Mapped[str | None] = mapped_column(Text)
