"""Forms of the desks: what all have in common, and the deeds of authors and reviewers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO, ClassVar

import wtforms
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from portal.core.audit import LONGEST_REASON
from portal.core.clock import council_zone
from portal.core.control_signs import without_control_signs
from portal.core.files.pictures import LONGEST_SIGN, find_format
from portal.core.files.rules import MOST_ALT_LETTERS
from portal.core.forms import Form, PlainText
from portal.moderation.fields import NEEDED, REQUIRED, NumberField, check_years
from portal.moderation.models import Publishable
from portal.moderation.parts import Part, typed_value

#: A browser never sends a file back that was chosen before.
CHOOSE_AGAIN = _l("Choose the file again: it was not kept.")
ALT_NEEDED = _l("Describe what the picture shows, for people who can't see it.")
REASON_LENGTH = Length(max=LONGEST_REASON)
#: How browsers write an hour; the first is how it is shown to them.
_HOURS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
#: A text of a hundred pages; what is longer is a document to attach.
LONGEST_TEXT = 100_000


class LongTextField(TextAreaField):
    """A text of several lines, of bounded length."""

    def __init__(self, label: Any = None, validators: Iterable[Any] = (), **more: Any) -> None:
        """Add the bound to what a desk asks."""
        super().__init__(label, [*validators, Length(max=LONGEST_TEXT)], **more)


class RichTextField(LongTextField):
    """A text in Markdown; the page gives it a toolbar."""


class EntryForm(wtforms.Form):
    """One entry of a part; desks make their own of it."""

    Meta = PlainText

    def values(self) -> dict[str, Any]:
        """Return what was written, by field; spaces around and empty texts fall away."""
        return {field.short_name: written(field) for field in self}


class PartForm(EntryForm):
    """An entry that is left out where nothing is written in it.

    :cvar needed: names of the fields without which a written entry says nothing
    """

    needed: ClassVar[tuple[str, ...]] = ()

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Refuse an entry that is half written."""
        is_fine = bool(super().validate(extra_validators))
        values = self.values()
        if values.pop("is_removed", False) or not any(values.values()):
            return is_fine
        missing = [self[name] for name in self.needed if not values[name]]
        for field in missing:
            field.errors = [*field.errors, NEEDED]
        return is_fine and not missing


class AttachmentForm(EntryForm):
    """A file that is attached."""

    file_id = NumberField(_l("Number of the file"), validators=[Optional()])
    title = StringField(_l("What it is called"), validators=[Length(max=200)])
    title_en = StringField(_l("What it is called, in English"), validators=[Length(max=200)])
    is_removed = BooleanField(_l("Take it away"))


class DeskForm(Form):
    """What all desks have: fields named as the row's, and what is said about the change.

    A field list of ``EntryForm`` is named as a part of the row.
    """

    based_on = HiddenField(default="0")
    change_note = TextAreaField(_l("What did you change, and why?"), validators=[REASON_LENGTH])

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Fill in what depends on the data, such as the choices of a field.

        :param row: the row that is written; None for a new one
        """

    def content_fields(self) -> tuple[Field, ...]:
        """Return the fields of the row itself, in their order."""
        return tuple(f for f in self if f.short_name not in _COMMON and not is_part(f))

    def part_fields(self) -> tuple[FieldList, ...]:
        """Return the lists of parts but for the files, which have a place of their own."""
        return tuple(f for f in self if is_part(f) and f.short_name != "files")

    def shown_fields(self) -> tuple[Field, ...]:
        """Return all fields in the order of the page: the row's, its parts, files, the note."""
        first = (*self.content_fields(), *self.part_fields())
        others = tuple(field for field in self if field not in first)
        return (*first, *(f for f in others if f is not self.change_note), self.change_note)

    def values(self) -> dict[str, Any]:
        """Return what was written by field and part."""
        fields = {field.short_name: written(field) for field in self.content_fields()}
        return fields | {field.short_name: entries_of(field) for field in self if is_part(field)}


class FilesForm(DeskForm):
    """A desk form whose row has files; one more may come with each save."""

    files = FieldList(FormField(AttachmentForm), _l("Files"))
    new_file = FileField(_l("Add a picture or document"))
    new_title = StringField(_l("What it is called"), validators=[Length(max=200)])
    new_title_en = StringField(_l("What it is called, in English"), validators=[Length(max=200)])
    new_alt = StringField(
        _l("What the picture shows, for people who can’t see it"),
        validators=[Length(max=MOST_ALT_LETTERS)],
    )
    new_alt_en = StringField(
        _l("What the picture shows, in English"), validators=[Length(max=MOST_ALT_LETTERS)]
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Say whether everything fits; where it does not, a file that was chosen is lost."""
        is_fine = bool(super().validate(extra_validators))
        if not is_fine and self.new_file.data:
            self.new_file.errors = [*self.new_file.errors, CHOOSE_AGAIN]
        return is_fine

    def validate_new_alt(self, field: Field) -> None:
        """Refuse a picture without words for those who can't see it.

        :raise ValidationError: they are missing
        """
        if self.new_file.data and not written(field) and is_picture(self.new_file.data.stream):
            raise ValidationError(ALT_NEEDED)


_COMMON = frozenset(("based_on", "change_note"))
_COMMON |= {"new_file", "new_title", "new_title_en", "new_alt", "new_alt_en"}


class AuthorForm(Form):
    """What an author does with a row beside writing it."""

    move = HiddenField()
    reason = TextAreaField(
        _l("Reason"), validators=[REASON_LENGTH], render_kw={"aria-required": "true"}
    )


class DecisionForm(Form):
    """What a reviewer decides.

    :ivar seen: number of the revision that was read
    :ivar passed_because: why something that looks personal may be published
    """

    move = HiddenField()
    seen = NumberField(validators=[Optional(), NumberRange(min=0)])
    reason = TextAreaField(_l("Reason, or words to the author"), validators=[REASON_LENGTH])
    reason_en = TextAreaField(_l("Reason in English"), validators=[REASON_LENGTH])
    publish_at = DateTimeLocalField(
        _l("Publish at"), validators=[Optional(), check_years], format=_HOURS
    )
    withdraw_at = DateTimeLocalField(
        _l("Withdraw at"), validators=[Optional(), check_years], format=_HOURS
    )
    passed_because = TextAreaField(
        _l("Why may it be published all the same?"), validators=[REASON_LENGTH]
    )


class DeputyForm(Form):
    """Who stands in for whom, from the first to the last day."""

    account = SelectField(_l("Absent"))
    deputy = SelectField(_l("Deputy"), validators=[REQUIRED])
    starts_on = DateField(_l("First day"), validators=[REQUIRED])
    ends_on = DateField(_l("Last day"), validators=[REQUIRED])


class RestoreForm(Form):
    """Writing an old revision's values anew."""

    number = NumberField(validators=[NumberRange(min=1)])
    based_on = NumberField(validators=[NumberRange(min=0)])


def is_picture(stream: BinaryIO) -> bool:
    """Say whether a file begins like a picture; it is read from its beginning afterwards."""
    beginning = stream.read(LONGEST_SIGN)
    stream.seek(0)
    return find_format(beginning) is not None


def is_part(field: Field) -> bool:
    """Say whether a field is the list of a part."""
    return isinstance(field, FieldList)


def written(field: Field) -> Any:
    """Return what was written into a field, or came out of a file.

    Spaces around, control signs and empty texts fall away.
    """
    if isinstance(field.data, str):
        return without_control_signs(field.data).replace("\r\n", "\n").strip() or None
    return field.data


def entries_of(field: FieldList) -> list[dict[str, Any]]:
    """Return the entries of a part that are not taken away."""
    entries = [entry.form.values() for entry in field]
    return [entry for entry in entries if not entry.pop("is_removed", False)]


def fill(form_class: type[DeskForm], row: Publishable, kept: Mapping[str, Any]) -> Any:
    """Return a form that holds a revision's values, each part with room for one entry more."""
    typed = {name: row.typed(name, value) for name, value in kept.items()}
    parts = {
        part.name: [_typed_entry(part, entry) for entry in kept.get(part.name) or []]
        for part in row.parts
    }
    form = form_class(formdata=None, data=typed | parts)
    add_room(form)
    return form


def add_room(form: DeskForm) -> None:
    """Add an empty entry to each part that is written in the form."""
    for field in form.part_fields():
        field.append_entry()


def _typed_entry(part: Part, entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: typed_value(part.model, name, value) for name, value in entry.items()}


def in_zone(value: datetime | None) -> datetime | None:
    """Return a time that was typed as one of the council's zone, aware."""
    return None if value is None else value.replace(tzinfo=council_zone())


def out_of_zone(value: datetime | None) -> datetime | None:
    """Return an aware time as one of the council's zone, the way it is typed."""
    return None if value is None else value.astimezone(council_zone()).replace(tzinfo=None)
