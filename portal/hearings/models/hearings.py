"""The table of hearings, with their running order and who speaks."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, String, Text, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column

from portal.calendar.models import Subscribable
from portal.core.clock import instant_on, time_of_day
from portal.core.models import Imported, Sourced, UtcDateTime, word_column
from portal.extensions import Base
from portal.hearings.rules.kinds import HearingKind, SpeakerRole, Way, WindowState, window_state
from portal.moderation.models import ATTACHMENTS, Kept
from portal.moderation.parts import Part

#: What somebody who comes must be told of when it changes.
_TOLD = ("starts_on", "starts_time", "ends_time", "place", "online_url")


class OrderItem(Imported, Base):
    """A line of the running order (순서).

    :ivar starts_time: in the council's zone; None: not printed
    """

    __tablename__ = "hearing_order_items"
    __table_args__ = (UniqueConstraint("hearing_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id"), index=True)
    position: Mapped[int]
    starts_time: Mapped[time | None]
    title: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str | None] = mapped_column(String(300))


class Speaker(Imported, Base):
    """Somebody who presents, discusses or chairs; a public role, printed in the announcement.

    :ivar item: position of the line of the running order; None: of the whole
    :ivar member_id: the member it is; None: somebody from outside
    """

    __tablename__ = "hearing_speakers"
    __table_args__ = (UniqueConstraint("hearing_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id"), index=True)
    position: Mapped[int]
    item: Mapped[int | None]
    role: Mapped[SpeakerRole] = mapped_column(word_column(SpeakerRole, "role"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    name: Mapped[str | None] = mapped_column(String(80))
    name_en: Mapped[str | None] = mapped_column(String(80))
    affiliation: Mapped[str | None] = mapped_column(String(160))
    affiliation_en: Mapped[str | None] = mapped_column(String(160))


class Hearing(Subscribable, Imported, Sourced, Base):
    """A hearing, discussion, seminar or forum.

    What is editable goes through a second reader; windows and places are set at the desk of
    sign-ups, since they must follow what happens on the day.

    :ivar event_id: its event in the calendar, which says the same
    :ivar is_own: the council holds it; False: others do, and a member takes part
    :ivar host: who holds it, as printed
    :ivar fiscal_year: year of the budget or accounts it is about
    :ivar response: what the council did with what was said
    :ivar announced_on: since when the public sees it; None: only from its day on
    :ivar attendance: people who came, as counted or printed; None: not known
    :ivar moves: raised when those who come must be told of a new time or place
    :ivar cancelled_because: why it does not take place
    :ivar is_sample: made up for trying out, and marked so
    """

    __tablename__ = "hearings"
    title_field = "title"
    editable_fields = (
        "kind",
        "title",
        "title_en",
        "topic",
        "topic_en",
        "is_own",
        "host",
        "host_en",
        "committee_id",
        "member_id",
        "bill_id",
        "ordinance_id",
        "fiscal_year",
        "programme_id",
        "starts_on",
        "starts_time",
        "ends_time",
        "place",
        "place_en",
        "directions",
        "directions_en",
        "online_url",
        "has_sign_language",
        "has_captions",
        "wheelchair_places",
        "accessibility",
        "accessibility_en",
        "outcome",
        "outcome_en",
        "response",
        "response_en",
        "attendance",
        "video_url",
        "minutes_url",
        "papers_url",
        "announced_on",
        "note",
        "note_en",
    )
    parts = (
        Part(
            "running_order",
            OrderItem,
            ("starts_time", "title", "title_en"),
            "hearing_id",
            position="position",
        ),
        Part(
            "speakers",
            Speaker,
            ("item", "role", "member_id", "name", "name_en", "affiliation", "affiliation_en"),
            "hearing_id",
            position="position",
        ),
        ATTACHMENTS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[HearingKind] = mapped_column(word_column(HearingKind, "kind"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str | None] = mapped_column(String(300))
    topic: Mapped[str | None] = mapped_column(Text)
    topic_en: Mapped[str | None] = mapped_column(Text)
    is_own: Mapped[bool] = mapped_column(default=True)
    host: Mapped[str | None] = mapped_column(String(200))
    host_en: Mapped[str | None] = mapped_column(String(200))
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committees.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    bill_id: Mapped[int | None] = mapped_column(ForeignKey("bills.id"), index=True)
    ordinance_id: Mapped[int | None] = mapped_column(ForeignKey("ordinances.id"), index=True)
    fiscal_year: Mapped[int | None] = mapped_column(index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programmes.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), unique=True)
    starts_on: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    place: Mapped[str | None] = mapped_column(String(200))
    place_en: Mapped[str | None] = mapped_column(String(200))
    directions: Mapped[str | None] = mapped_column(Text)
    directions_en: Mapped[str | None] = mapped_column(Text)
    online_url: Mapped[str | None] = mapped_column(Text)
    has_sign_language: Mapped[bool] = mapped_column(default=False)
    has_captions: Mapped[bool] = mapped_column(default=False)
    wheelchair_places: Mapped[int | None]
    accessibility: Mapped[str | None] = mapped_column(Text)
    accessibility_en: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(Text)
    outcome_en: Mapped[str | None] = mapped_column(Text)
    response: Mapped[str | None] = mapped_column(Text)
    response_en: Mapped[str | None] = mapped_column(Text)
    attendance: Mapped[int | None]
    video_url: Mapped[str | None] = mapped_column(Text)
    minutes_url: Mapped[str | None] = mapped_column(Text)
    papers_url: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)
    announced_on: Mapped[date | None]
    room_pool_id: Mapped[int | None] = mapped_column(ForeignKey("place_pools.id"), unique=True)
    online_pool_id: Mapped[int | None] = mapped_column(ForeignKey("place_pools.id"), unique=True)
    sign_up_opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sign_up_closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opinions_open_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opinions_close_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    moves: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_because: Mapped[str | None] = mapped_column(Text)
    is_sample: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def is_known(cls, today: date) -> ColumnElement[bool]:
        """Return the condition that it was announced by a day, or its day has come."""
        return or_(cls.starts_on <= today, cls.announced_on <= today)

    @property
    def starts_time(self) -> time | None:
        """Return when it begins on its day, in the council's zone; None: not known."""
        return time_of_day(self.starts_at)

    @starts_time.setter
    def starts_time(self, value: time | None) -> None:
        """Let it begin at a time of its day."""
        self.starts_at = instant_on(self.starts_on, value)

    @property
    def ends_time(self) -> time | None:
        """Return when it ends on its day, in the council's zone; None: not known."""
        return time_of_day(self.ends_at)

    @ends_time.setter
    def ends_time(self, value: time | None) -> None:
        """Let it end at a time of its day."""
        self.ends_at = instant_on(self.starts_on, value)

    def typed(self, name: str, kept: Kept) -> Any:
        """Return a kept value in its type, also of what is no column of its own."""
        if name in ("starts_time", "ends_time"):
            return time.fromisoformat(kept) if isinstance(kept, str) else None
        return super().typed(name, kept)

    def note_correction(
        self,
        before: Mapping[str, Kept],
        after: Mapping[str, Kept],
        *,
        reason: str,
        reason_en: str | None,
        on: date,
    ) -> None:
        """Note that those who come must be told, when its time or place is another now."""
        if any(before.get(name) != after.get(name) for name in _TOLD):
            self.moves += 1

    @property
    def pool_ids(self) -> dict[Way, int]:
        """Return the pool of places of each way in which one can take part."""
        pools = {Way.ROOM: self.room_pool_id, Way.ONLINE: self.online_pool_id}
        return {way: pool_id for way, pool_id in pools.items() if pool_id is not None}

    def sign_up_state(self, now: datetime) -> WindowState:
        """Return whether one can sign up at an aware business time; never once it has begun."""
        state = window_state(self.sign_up_opens_at, self.sign_up_closes_at, now)
        is_over = self.cancelled_at or (self.starts_at is not None and self.starts_at <= now)
        return WindowState.CLOSED if is_over and state is WindowState.OPEN else state

    def opinions_state(self, now: datetime) -> WindowState:
        """Return whether opinions can be sent at an aware business time."""
        return window_state(self.opinions_open_at, self.opinions_close_at, now)
