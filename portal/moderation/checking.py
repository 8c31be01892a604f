"""Looking for what is somebody's own before it becomes public: in texts and in their files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Flask, current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.core.errors import Invalid
from portal.core.files.queries import files_by_id
from portal.core.personal_data import Finding, find_personal
from portal.moderation.models import Kept, Publishable, Revision

#: The purpose of files that belong to what is published.
PURPOSE = "content"
NO_REASONS: Mapping[str, str | None] = {}
#: Gives telephones, mail addresses and addresses that the council itself publishes.
OwnWords = Callable[[Session], frozenset[str]]


@dataclass(frozen=True)
class PersonalWords:
    """Something in a text that looks as if it told about a person.

    :ivar field: name of the field or part
    :ivar file_name: the file in whose text it stands; None: the field's own
    """

    field: str
    finding: Finding
    file_name: str | None = None


def register_own_words(app: Flask, own_words: OwnWords) -> None:
    """Say who knows what the council publishes of itself; several may."""
    app.extensions.setdefault("portal_own_words", []).append(own_words)


def personal_words(
    session: Session,
    row: Publishable,
    revision: Revision,
    reasons: Mapping[str, str | None] = NO_REASONS,
) -> tuple[PersonalWords, ...]:
    """Return what looks personal in a revision of a row and in the text of its files.

    :param reasons: what is said about it and becomes public with it, by the names of their fields
    """
    own = _own_words(session)
    checked = {n: value for n, value in revision.fields.items() if n not in row.open_fields}
    in_fields = (
        PersonalWords(name, finding)
        for name, text in _texts(checked)
        for finding in find_personal(text, own)
    )
    return (*in_fields, *_in_files(session, checked, own), *_in_reasons(reasons, own))


def personal_reasons(
    session: Session, reasons: Mapping[str, str | None]
) -> tuple[PersonalWords, ...]:
    """Return what looks personal in what people say about a deed, by the names of their fields."""
    said = any(reasons.values())
    return tuple(_in_reasons(reasons, _own_words(session))) if said else ()


def check_files(session: Session, fields: Mapping[str, Kept]) -> None:
    """Refuse a revision that names a file of another purpose, such as evidence of a case.

    :raise Invalid: one of the files is not there for what is published
    """
    wanted = set(file_ids(fields))
    known = {n for n, stored in files_by_id(session, wanted).items() if stored.purpose == PURPOSE}
    if wanted - known:
        raise Invalid(_("One of the files is not there any more. Attach it again."))


def file_ids(fields: Mapping[str, Kept]) -> tuple[int, ...]:
    """Return the ids of the files that a revision names."""
    entries = fields.get("files")
    if not isinstance(entries, list):
        return ()
    named = (entry.get("file_id") for entry in entries)
    return tuple(file_id for file_id in named if isinstance(file_id, int))


def _own_words(session: Session) -> frozenset[str]:
    """Return telephones and addresses that the council itself publishes."""
    known: Sequence[OwnWords] = current_app.extensions.get("portal_own_words", ())
    return frozenset[str]().union(*(own_words(session) for own_words in known))


def _texts(fields: Mapping[str, Kept]) -> Iterator[tuple[str, str]]:
    """Give the texts of a revision with the name of their field or part."""
    for name, value in fields.items():
        entries = value if isinstance(value, list) else [{"": value}]
        for entry in entries:
            yield from ((name, text) for text in entry.values() if isinstance(text, str))


def _in_reasons(reasons: Mapping[str, str | None], own: frozenset[str]) -> Iterator[PersonalWords]:
    for name, reason in reasons.items():
        for finding in find_personal(reason or "", own):
            yield PersonalWords(name, finding)


def _in_files(
    session: Session, fields: Mapping[str, Kept], own: frozenset[str]
) -> Iterator[PersonalWords]:
    for stored in files_by_id(session, file_ids(fields)).values():
        said = "\n".join(
            filter(None, (stored.display_name, stored.alt, stored.alt_en, stored.text))
        )
        for finding in find_personal(said, own):
            yield PersonalWords("files", finding, stored.display_name)
