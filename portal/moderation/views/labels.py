"""What the pages call the fields of a desk and what is chosen in them: as its form does."""

from collections.abc import Iterable, Mapping

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import Field, SelectField

from portal.core.files.models import StoredFile
from portal.core.files.queries import files_by_id
from portal.moderation.checking import file_ids
from portal.moderation.desks import Desk
from portal.moderation.forms import add_room, is_part
from portal.moderation.models import Kept, Publishable
from portal.moderation.parts import Plain
from portal.moderation.rules import FieldDiff, diff_fields

#: What each value of a field is called, by the field.
_Words = Mapping[str, Mapping[Plain, str]]


def field_labels(desk: Desk) -> dict[str, str]:
    """Return the labels of a desk's fields and parts, by their names."""
    form = desk.form(formdata=None)
    labels = {field.short_name: str(field.label.text) for field in form}
    english = {
        f"{field.short_name}_en": _("%(name)s, in English", name=field.label.text)
        for field in form
        if is_part(field)
    }
    return labels | english


def spoken_changes(
    session: Session,
    desk: Desk,
    row: Publishable,
    old: Mapping[str, Kept],
    new: Mapping[str, Kept],
    files: Mapping[int, StoredFile] | None = None,
) -> tuple[FieldDiff, ...]:
    """Return what changed, with the words of what was chosen instead of ids and English words.

    The words are Korean, as are the texts beside them.

    :param files: those that the revisions name, by their ids, where they were read before
    """
    if files is None:
        files = files_by_id(session, (*file_ids(old), *file_ids(new)))
    form = desk.form(formdata=None)
    add_room(form)
    form.prepare(session, row)
    with force_locale("ko"):
        words = _words_of(form.content_fields())
        inner = {part.short_name: _words_of(part[0].form) for part in form.part_fields()}
    inner["files"] = {"file_id": _file_words(files)}
    return diff_fields(_spoken(old, words, inner), _spoken(new, words, inner))


def _file_words(files: Mapping[int, StoredFile]) -> Mapping[Plain, str]:
    """Return what files are called and show, by their ids."""
    return {
        file_id: f"{stored.display_name} ({stored.alt})" if stored.alt else stored.display_name
        for file_id, stored in files.items()
    }


def _words_of(fields: Iterable[Field]) -> _Words:
    return {
        field.short_name: {field.coerce(value): str(label) for value, label in field.choices or ()}
        for field in fields
        if isinstance(field, SelectField)
    }


def _spoken(
    fields: Mapping[str, Kept], words: _Words, inner: Mapping[str, _Words]
) -> dict[str, object]:
    """Return the values of a revision with the words of what was chosen."""
    return {
        name: [_named(entry, inner.get(name, {})) for entry in value]
        if isinstance(value, list)
        else _named({name: value}, words)[name]
        for name, value in fields.items()
    }


def _named(values: Mapping[str, Plain], words: _Words) -> dict[str, Plain]:
    return {name: words.get(name, {}).get(value, value) for name, value in values.items()}
