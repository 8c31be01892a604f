"""Tables of sessions, their days and their order of business."""

from datetime import date

from sqlalchemy import ColumnElement, ForeignKey, Text, exists, or_
from sqlalchemy.orm import Mapped, mapped_column

from portal.calendar.models.events import Event
from portal.calendar.models.subscribable import Subscribable
from portal.calendar.rules import DayKind, SessionKind
from portal.core.models import Imported, Sourced, word_column
from portal.council.rules import Nature
from portal.extensions import Base
from portal.moderation.parts import Part


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
    parts = (
        Part("spans", SessionSpan, ("starts_on", "ends_on", "kind", "nature"), "session_id"),
        Part("business", BusinessItem, ("text", "text_en"), "session_id", position="position"),
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

    @classmethod
    def is_known(cls, today: date) -> ColumnElement[bool]:
        """Return the condition that it has begun by a day, or one of its events was announced."""
        announced = exists().where(
            Event.session_id == cls.id, Event.is_published(), Event.announced_on <= today
        )
        return or_(cls.starts_on <= today, announced)
