"""The desk of collections: choices of highlights, such as the ordinances of an anniversary."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import StringField
from wtforms.validators import Length, NumberRange

from portal.core.clock import today
from portal.core.slugs import free_slug
from portal.legislation.models import Collection
from portal.moderation.desks import Desk, PageAddress
from portal.moderation.fields import REQUIRED, REQUIRED_TEXT, NumberField
from portal.moderation.forms import DeskForm, RichTextField


class CollectionForm(DeskForm):
    """What staff write of a collection; its highlights name it."""

    position = NumberField(
        _l("Place in lists"),
        description=_l("1 stands first."),
        validators=[REQUIRED, NumberRange(min=1)],
    )
    title = StringField(_l("Title"), validators=[REQUIRED_TEXT, Length(max=120)])
    title_en = StringField(_l("Title in English"), validators=[Length(max=120)])
    text = RichTextField(_l("Why and by whom they were chosen"))
    text_en = RichTextField(_l("Why and by whom they were chosen, in English"))


def create_collection(session: Session, values: Mapping[str, Any]) -> Collection:
    """Make a draft whose address is the day, and a number where that is taken."""
    row = Collection(
        slug=free_slug(session, Collection, f"collection-{today():%Y-%m-%d}"),
        position=values["position"],
        title=values["title"],
    )
    session.add(row)
    session.flush()
    return row


def page_of_collection(_row: Collection) -> PageAddress:
    """Return the page of all collections."""
    return "legislation.show_highlights", {}


DESK = Desk(
    model=Collection,
    label=_l("Collections of highlights"),
    form=CollectionForm,
    order=("position", "id"),
    page=page_of_collection,
    create=create_collection,
    add_label=_l("Add a collection"),
)
