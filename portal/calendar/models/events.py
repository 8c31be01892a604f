"""Tables of sittings and other events, their agenda and their history."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, object_session

from portal.calendar.models.subscribable import Subscribable
from portal.calendar.rules import (
    ChangeKind,
    EventKind,
    EventState,
    Held,
    can_happen,
    changes_between,
    event_state,
)
from portal.calendar.words import refusal_of
from portal.core.clock import instant_on, time_of_day
from portal.core.errors import Conflict
from portal.core.models import Imported, Sourced, UtcDateTime, word_column
from portal.council.rules import Nature
from portal.extensions import Base
from portal.moderation.models import Kept
from portal.moderation.parts import Part


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


class Event(Subscribable, Imported, Sourced, Base):
    """A sitting or another event on one day or several.

    :ivar starts_at: aware time in UTC; None when only the day is known
    :ivar announced_on: since when the plan is public; None when it became known on its own day
    :ivar summary: what it is about, known before; ``outcome`` only after it ended
    :ivar stage: its short name on the session's ruler
    """

    __tablename__ = "events"
    title_field = "title"
    editable_fields = (
        "kind",
        "title",
        "title_en",
        "session_id",
        "committee_id",
        "body",
        "body_en",
        "starts_on",
        "ends_on",
        # It is one of the first day, so it is taken after it.
        "starts_time",
        "is_cancelled",
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
    parts = (Part("agenda", AgendaItem, ("text", "text_en"), "event_id", position="position"),)

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

    @classmethod
    def is_known(cls, today: date) -> ColumnElement[bool]:
        """Return the condition that it was announced by a day or has begun, or was changed."""
        changed = exists().where(EventChange.event_id == cls.id, EventChange.changed_on <= today)
        return or_(cls.starts_on <= today, cls.announced_on <= today, changed)

    @property
    def starts_time(self) -> time | None:
        """Return when it begins on its first day, in the council's zone; None: not known."""
        return time_of_day(self.starts_at)

    @starts_time.setter
    def starts_time(self, value: time | None) -> None:
        """Let it begin at a time of its first day."""
        self.starts_at = instant_on(self.starts_on, value)

    @property
    def is_cancelled(self) -> bool:
        """Say whether its history has that it was cancelled."""
        session = object_session(self)
        cancelled = exists().where(
            EventChange.event_id == self.id, EventChange.kind == ChangeKind.CANCELLED
        )
        return session is not None and bool(session.scalar(select(cancelled)))

    def take_values(self, kept: Mapping[str, Kept]) -> None:
        """Take all values but that it is cancelled: ``note_correction`` writes this."""
        super().take_values({name: v for name, v in kept.items() if name != "is_cancelled"})

    def typed(self, name: str, kept: Kept) -> Any:
        """Return a kept value in its type, also of what is no column of its own."""
        if name == "starts_time":
            return time.fromisoformat(kept) if isinstance(kept, str) else None
        return kept if name == "is_cancelled" else super().typed(name, kept)

    def note_correction(
        self,
        before: Mapping[str, Kept],
        after: Mapping[str, Kept],
        *,
        reason: str,
        reason_en: str | None,
        on: date,
    ) -> None:
        """Write into its history that it was moved or cancelled; nothing else writes there.

        :raise Conflict: it is over or was cancelled, so this can't happen any more
        """
        state = self.state_with(before, on)
        if before["is_cancelled"] and not after["is_cancelled"]:
            raise Conflict(_("A cancelled event stays cancelled. Write a new one instead."))
        for kind in changes_between(before, after):
            if not can_happen(state, kind):
                raise Conflict(refusal_of(kind))
            self._add_change(kind, before, reason, reason_en, on)

    def state_with(self, kept: Mapping[str, Kept], on: date) -> EventState:
        """Return where it stands on a day with the values that a revision keeps."""
        return event_state(
            starts_on=self.typed("starts_on", kept["starts_on"]),
            ends_on=self.typed("ends_on", kept["ends_on"]),
            held=self.typed("held", kept["held"]),
            cancelled_on=on if kept["is_cancelled"] else None,
            today=on,
        )

    def _add_change(
        self,
        kind: ChangeKind,
        before: Mapping[str, Kept],
        reason: str,
        reason_en: str | None,
        on: date,
    ) -> None:
        """Add a line to its history; a cancelled event keeps its dates and has no new ones."""
        session, is_moved = object_session(self), kind is ChangeKind.MOVED
        assert session is not None, "what is corrected lies in a session"
        change = EventChange(
            event_id=self.id,
            changed_on=on,
            kind=kind,
            old_starts_on=self.typed("starts_on", before["starts_on"]),
            old_ends_on=self.typed("ends_on", before["ends_on"]),
            new_starts_on=self.starts_on if is_moved else None,
            new_ends_on=self.ends_on if is_moved else None,
            reason=reason,
            reason_en=reason_en,
        )
        session.add(change)
