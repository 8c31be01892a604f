"""Tables of rooms and of who has them when."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.models import Imported, Sourced, UtcDateTime
from portal.extensions import Base
from portal.moderation.models import Publishable


class Room(Publishable, Imported, Sourced, Base):
    """A room in which sittings, hearings or classes take place.

    :ivar name: what people call it, with the building where other rooms are called the same
    :ivar building: the building it is in; None: not known
    :ivar capacity: so many people may be in it; None: not known
    :ivar directions: floor and way to it
    :ivar accessibility: what people with disabilities find there
    :ivar position: its place in lists, from 1
    :ivar is_open: it is given out; a retired room is kept for what took place in it
    """

    __tablename__ = "rooms"
    editable_fields = (
        "name",
        "name_en",
        "building",
        "building_en",
        "capacity",
        "directions",
        "directions_en",
        "accessibility",
        "accessibility_en",
        "position",
        "is_open",
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str | None] = mapped_column(String(120))
    building: Mapped[str | None] = mapped_column(String(120))
    building_en: Mapped[str | None] = mapped_column(String(120))
    capacity: Mapped[int | None]
    directions: Mapped[str | None] = mapped_column(Text)
    directions_en: Mapped[str | None] = mapped_column(Text)
    accessibility: Mapped[str | None] = mapped_column(Text)
    accessibility_en: Mapped[str | None] = mapped_column(Text)
    position: Mapped[int]
    is_open: Mapped[bool] = mapped_column(default=True)


class RoomBooking(Base):
    """A room that an event has; ``services.book_room`` alone writes here.

    :ivar ends_at: the moment from which the room is free again
    """

    __tablename__ = "room_bookings"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="hours"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), unique=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
