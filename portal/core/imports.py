"""Save what an import read: write a row when it is new or changed, never over a person's work."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from portal.core.models import Imported

#: The digest of a public row that left its file; it comes back when the file has it again.
GONE = "gone"
#: Beginning of the keys of rows that came from a council's open data, not from the data folder.
OPEN_DATA = "open:"


class Outcome(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"
    GONE = "gone"


#: Beginning of the keys of rows that came from a council's open data, not from the data folder.
OPEN_DATA = "open:"


def save_imported(
    session: Session,
    model: type[Any],
    key: str,
    values: Mapping[str, object],
    *,
    known: Mapping[str, Any],
    at: datetime,
) -> tuple[Outcome, Any]:
    """Write one row and return what became of it, and the row.

    :param known: the rows of earlier imports by their key
    :return: ``KEPT`` when a person changed the row since; the file's values are not written then
    """
    digest = digest_of(values)
    row = known.get(key)
    if row is None:
        row = model(**values, import_key=key, import_digest=digest)
        row.note_import(at, is_new=True)
        session.add(row)
        return Outcome.NEW, row
    if row.import_digest == digest:
        return Outcome.SAME, row
    if was_changed_by_hand(row, values):
        return Outcome.KEPT, row
    returns = row.import_digest == GONE
    for name, value in values.items():
        setattr(row, name, value)
    row.import_digest = digest
    row.note_import(at, is_new=returns)
    return Outcome.CHANGED, row


def was_changed_by_hand(row: Any, names: Iterable[str]) -> bool:
    """Say whether a row that an import wrote has other values than it wrote.

    :param names: of all fields that imports write
    """
    if row.import_digest == GONE:
        return False
    return digest_of({name: getattr(row, name) for name in names}) != str(row.import_digest)


def imported_rows(session: Session, model: type[Any], *, beginning: str = "") -> dict[str, Any]:
    """Return the rows of a table that imports wrote, by their key.

    :param beginning: of the keys of another import; without it the rows of the data folder, which
        must neither change nor withdraw what others brought
    """
    key = cast(type[Imported], model).import_key
    begins = key.startswith(beginning or OPEN_DATA, autoescape=True)
    rows = session.scalars(
        select(model).where(key.is_not(None), begins if beginning else not_(begins))
    )
    return {row.import_key: row for row in rows}


def digest_of(values: Mapping[str, object]) -> str:
    """Return a digest that changes when any value does."""
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
