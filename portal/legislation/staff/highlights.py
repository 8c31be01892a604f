"""The desk of highlights: what an ordinance changes for people, told in words or pictures."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField
from wtforms.validators import Length, NumberRange, ValidationError

from portal.core.clock import today
from portal.core.files.queries import files_by_id
from portal.core.slugs import free_slug
from portal.legislation.models import Highlight
from portal.legislation.queries.choices import collection_choices, ordinance_choices
from portal.moderation.desks import Desk, PageAddress
from portal.moderation.fields import (
    NEEDED_SOMETIMES,
    PARTIAL_DATE,
    REQUIRED,
    REQUIRED_TEXT,
    NumberField,
    is_partial_date,
    number_or_none,
)
from portal.moderation.forms import FilesForm, RichTextField, is_picture, written
from portal.moderation.models import Publishable


class HighlightForm(FilesForm):
    """What staff write of a highlight.

    :ivar database: where its files are read
    """

    database: Session

    ordinance_id = SelectField(_l("Ordinance"), coerce=number_or_none, validators=[REQUIRED])
    collection_id = SelectField(_l("Collection"), coerce=number_or_none, validators=[REQUIRED])
    position = NumberField(
        _l("Place in its collection"),
        description=_l("1 stands first."),
        validators=[REQUIRED, NumberRange(min=1)],
    )
    effect = StringField(
        _l("What changes for you, in one sentence"), validators=[REQUIRED_TEXT, Length(max=300)]
    )
    effect_en = StringField(_l("What changes for you, in English"), validators=[Length(max=300)])
    affected = StringField(_l("For whom"), validators=[Length(max=160)])
    affected_en = StringField(_l("For whom, in English"), validators=[Length(max=160)])
    since = StringField(
        _l("Since"), description=PARTIAL_DATE, validators=[Length(max=10), is_partial_date]
    )
    script = RichTextField(
        _l("The story in words"),
        description=_l("Needed where there are pictures: readers choose between both."),
        validators=[NEEDED_SOMETIMES],
    )
    script_en = RichTextField(_l("The story in words, in English"))

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Fill in ordinances and collections; know where files are read."""
        self.database = session
        own = row if isinstance(row, Highlight) else None
        ordinances = ordinance_choices(session, own.ordinance_id if own else None)
        collections = collection_choices(session, own.collection_id if own else None)
        self.ordinance_id.choices = [("", ""), *ordinances]
        self.collection_id.choices = [("", ""), *collections]

    def validate_script(self, field: RichTextField) -> None:
        """Refuse pictures without the story in words.

        :raise ValidationError: it is missing
        """
        if not written(field) and self._has_pictures():
            raise ValidationError(
                _("Write the story of the pictures in words, too: readers choose between both.")
            )

    def _has_pictures(self) -> bool:
        """Say whether a picture comes with the form or stays."""
        if self.new_file.data and is_picture(self.new_file.data.stream):
            return True
        stay = [entry.form for entry in self.files if not entry.form.is_removed.data]
        ids = {form.file_id.data for form in stay} - {None}
        return any(stored.is_picture for stored in files_by_id(self.database, ids).values())


def create_highlight(session: Session, values: Mapping[str, Any]) -> Highlight:
    """Make a draft whose address is the day, and a number where that is taken."""
    row = Highlight(
        slug=free_slug(session, Highlight, f"highlight-{today():%Y-%m-%d}"),
        ordinance_id=values["ordinance_id"],
        collection_id=values["collection_id"],
        position=values["position"],
        effect=values["effect"],
    )
    session.add(row)
    session.flush()
    return row


def page_of_highlight(row: Highlight) -> PageAddress:
    """Return where a highlight is shown."""
    return "legislation.show_highlight", {"slug": row.slug}


DESK = Desk(
    model=Highlight,
    label=_l("Highlights of ordinances"),
    form=HighlightForm,
    order=("collection_id", "position"),
    page=page_of_highlight,
    create=create_highlight,
    add_label=_l("Add a highlight"),
)
