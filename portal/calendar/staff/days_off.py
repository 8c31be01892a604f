"""The desk of days off: holidays that were declared late, and those that do not count."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import DateField, SelectField, StringField
from wtforms.validators import Length, ValidationError

from portal.council.holidays import ADD, REMOVE, HolidayChange
from portal.moderation.desks import Desk, PageAddress
from portal.moderation.fields import REQUIRED, REQUIRED_TEXT, check_years
from portal.moderation.forms import DeskForm
from portal.moderation.models import Publishable
from portal.moderation.rules import PublicationState


def change_choices() -> list[tuple[str, str]]:
    """Return what may be said of a day, for a form."""
    return [(ADD, _("A day off though no law says so")), (REMOVE, _("No day off here"))]


class DayOffForm(DeskForm):
    """What staff write of a day off.

    :ivar database: where other days off are read
    :ivar row_id: of the one that is written; None: a new one
    """

    database: Session
    row_id: int | None = None

    on = DateField(_l("Day"), validators=[REQUIRED, check_years])
    change = SelectField(
        _l("What it is"),
        choices=change_choices,
    )
    name = StringField(_l("Name of the day"), validators=[REQUIRED_TEXT, Length(max=120)])
    name_en = StringField(_l("Name in English"), validators=[Length(max=120)])

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Know what is written, and where to read the others."""
        self.database, self.row_id = session, row.id if row else None

    def validate_on(self, field: DateField) -> None:
        """Refuse a day of which something is said already.

        :raise ValidationError: another row has it
        """
        of_day = select(HolidayChange).where(HolidayChange.on == field.data)
        other = self.database.scalar(of_day)
        if other is None or other.id == self.row_id:
            return
        if other.state in (PublicationState.WITHDRAWN, PublicationState.ARCHIVED):
            raise ValidationError(
                _("An entry that was withdrawn has this day. Open it and make it a draft again.")
            )
        raise ValidationError(_("There is an entry for this day already. Change that one."))


def create_day_off(session: Session, values: Mapping[str, Any]) -> HolidayChange:
    """Make a draft of a day off."""
    row = HolidayChange(**{name: values[name] for name in HolidayChange.editable_fields})
    session.add(row)
    session.flush()
    return row


def page_of_day_off(row: HolidayChange) -> PageAddress:
    """Return the page of its day."""
    day = row.on
    return "calendar.show_day", {"year": day.year, "month": f"{day:%m}", "day": f"{day:%d}"}


DESK = Desk(
    model=HolidayChange,
    label=_l("Days off"),
    form=DayOffForm,
    order=("-on",),
    page=page_of_day_off,
    create=create_day_off,
    add_label=_l("Add a day off"),
    day=lambda row: row.on,
)
