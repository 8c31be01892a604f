"""The desk of rooms: where they are, how to get there, how many people may be in them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import BooleanField, StringField
from wtforms.validators import Length, NumberRange, Optional

from portal.calendar.models import Room
from portal.core.clock import today
from portal.core.slugs import free_slug
from portal.moderation.desks import Desk
from portal.moderation.fields import REQUIRED, REQUIRED_TEXT, NumberField
from portal.moderation.forms import DeskForm, LongTextField

_NAME = Length(max=120)
#: No room of a council takes more people.
MOST_PEOPLE = 100_000


class RoomForm(DeskForm):
    """What staff write of a room."""

    name = StringField(
        _l("Name of the room"),
        description=_l("With its building where another room is called the same."),
        validators=[REQUIRED_TEXT, _NAME],
    )
    name_en = StringField(_l("Name in English"), validators=[_NAME])
    building = StringField(_l("Building"), validators=[_NAME])
    building_en = StringField(_l("Building in English"), validators=[_NAME])
    capacity = NumberField(
        _l("How many people may be in it"),
        description=_l("Empty: not known."),
        validators=[Optional(), NumberRange(min=1, max=MOST_PEOPLE)],
    )
    directions = LongTextField(_l("Floor and way to it"))
    directions_en = LongTextField(_l("Floor and way to it, in English"))
    accessibility = LongTextField(
        _l("What people with disabilities find there"),
        description=_l("For example lift, ramp, wheelchair places, hearing loop, toilet."),
    )
    accessibility_en = LongTextField(_l("What people with disabilities find there, in English"))
    position = NumberField(
        _l("Place in lists"),
        description=_l("1 stands first."),
        validators=[REQUIRED, NumberRange(min=1)],
    )
    is_open = BooleanField(
        _l("It is given out"),
        description=_l("A room that is not keeps the bookings it has."),
        default=True,
    )


def create_room(session: Session, values: Mapping[str, Any]) -> Room:
    """Make a draft whose key is the day, and a number where that is taken."""
    row = Room(
        slug=free_slug(session, Room, f"room-{today():%Y-%m-%d}"),
        name=values["name"],
        position=values["position"],
        is_open=values["is_open"],
    )
    session.add(row)
    session.flush()
    return row


DESK = Desk(
    model=Room,
    label=_l("Rooms"),
    form=RoomForm,
    order=("position", "id"),
    create=create_room,
    add_label=_l("Add a room"),
)
