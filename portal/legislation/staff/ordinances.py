"""The desk of ordinances: their titles and where their text is read, not what was decided."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField
from wtforms.validators import Length, ValidationError

from portal.core.clock import today
from portal.core.slugs import free_slug
from portal.legislation import words
from portal.legislation.models import Ordinance
from portal.legislation.queries.choices import find_ordinance
from portal.legislation.rules import kinds
from portal.moderation.desks import Desk, PageAddress
from portal.moderation.fields import REQUIRED, REQUIRED_TEXT, WEB_ADDRESS
from portal.moderation.forms import DeskForm, LongTextField, written
from portal.moderation.models import Publishable
from portal.moderation.rules import PublicationState

_GONE = (PublicationState.WITHDRAWN, PublicationState.ARCHIVED)


class OrdinanceForm(DeskForm):
    """What staff write of an ordinance.

    :ivar database: where other ordinances are read
    :ivar row_id: of the one that is written; None: a new one
    """

    database: Session
    row_id: int | None = None

    title = StringField(_l("Official title"), validators=[REQUIRED_TEXT, Length(max=300)])
    title_en = StringField(_l("Official title in English"), validators=[Length(max=300)])
    plain_title = StringField(
        _l("Title in plain words"),
        description=_l("What people call it, in a few words."),
        validators=[Length(max=120)],
    )
    plain_title_en = StringField(
        _l("Title in plain words, in English"), validators=[Length(max=120)]
    )
    field = SelectField(
        _l("Part of life"),
        choices=lambda: [("", ""), *words.choices(kinds.Field, words.field_label)],
        default="",
        validators=[REQUIRED],
    )
    address = StringField(_l("Web address of its official text"), validators=WEB_ADDRESS)
    note = LongTextField(_l("Remark that everybody reads"))
    note_en = LongTextField(_l("Remark in English"))

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Know what is written, and where to read the others."""
        self.database, self.row_id = session, row.id if row else None

    def validate_title(self, field: StringField) -> None:
        """Refuse the title of another ordinance.

        :raise ValidationError: with what to do instead
        """
        other = find_ordinance(self.database, written(field) or "")
        if other is None or other.id == self.row_id:
            return
        if other.state in _GONE:
            raise ValidationError(
                _("An ordinance that was withdrawn has this title. Open it and make it a draft.")
            )
        raise ValidationError(_("There is an ordinance with this title already. Change that one."))


def create_ordinance(session: Session, values: Mapping[str, Any]) -> Ordinance:
    """Make a draft whose address is the day, and a number where that is taken."""
    row = Ordinance(
        slug=free_slug(session, Ordinance, f"ordinance-{today():%Y-%m-%d}"),
        title=values["title"],
        field=kinds.Field(values["field"]),
    )
    session.add(row)
    session.flush()
    return row


def page_of_ordinance(row: Ordinance) -> PageAddress:
    """Return where an ordinance is shown."""
    return "legislation.show_ordinance", {"slug": row.slug}


DESK = Desk(
    model=Ordinance,
    label=_l("Ordinances"),
    form=OrdinanceForm,
    order=("title",),
    page=page_of_ordinance,
    create=create_ordinance,
    add_label=_l("Add an ordinance"),
)
