"""Rows below a publishable row that are written together with it, such as the items of an agenda.

A revision keeps them as a list of plain values without ids, so an old list can be restored. When a
list is written, a row whose values stay is left alone, and others are changed before new ones are
made: what an import brought stays known to it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

#: A value as a revision keeps it.
Plain = str | int | float | bool | None
Entry = dict[str, Plain]


@dataclass(frozen=True)
class Part:
    """A list of rows below a publishable row.

    :ivar name: what forms and revisions call it
    :ivar model: their table
    :ivar fields: what staff write of each; any of them given makes an entry
    :ivar owner: their column that points to the row
    :ivar kind: their column with the row's table name, where one table serves many
    :ivar position: their column that numbers them from 1; None: their values give the order
    """

    name: str
    model: type[Any]
    fields: tuple[str, ...]
    owner: str
    kind: str | None = None
    position: str | None = None

    def owned_by(self, kind: str, row_id: int) -> dict[str, object]:
        """Return the columns by which a row owns its entries."""
        return {self.owner: row_id} | ({self.kind: kind} if self.kind else {})

    def is_of(self, kind: str, row_id: int) -> ColumnElement[bool]:
        """Return the condition that an entry is a row's."""
        owned = self.owned_by(kind, row_id).items()
        return and_(*(getattr(self.model, name) == value for name, value in owned))


def plain_value(value: Any) -> Plain:
    """Return a value as a revision keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, Enum):
        word: str = value.value
        return word
    plain: Plain = value
    return plain


def typed_value(model: type[Any], name: str, plain: Plain) -> Any:
    """Return a kept value in the type of its column.

    :raise ValueError: it does not fit
    """
    python_type: type[Any] = model.__table__.columns[name].type.python_type
    if plain is None or isinstance(plain, python_type):
        return plain
    if issubclass(python_type, date | time):
        return python_type.fromisoformat(str(plain))
    return python_type(plain)


def read_entries(session: Session, part: Part, kind: str, row_id: int) -> list[Entry]:
    """Return the entries of a row in their order, as a revision keeps them."""
    entries = [_entry(part, row) for row in _rows(session, part, kind, row_id)]
    return entries if part.position else sorted(entries, key=_sort_key)


def tidy_entries(part: Part, entries: Sequence[Mapping[str, object]]) -> list[Entry]:
    """Return what somebody wrote as a revision keeps it: empty entries fall away."""
    plain = [{name: plain_value(entry.get(name)) for name in part.fields} for entry in entries]
    written = [entry for entry in plain if any(v not in (None, "", False) for v in entry.values())]
    return written if part.position else sorted(written, key=_sort_key)


def write_entries(
    session: Session, part: Part, kind: str, row_id: int, entries: Sequence[Mapping[str, Plain]]
) -> None:
    """Make the rows below a row say what the entries say."""
    rows = _rows(session, part, kind, row_id)
    if part.position:
        _lift_positions(session, part, rows)
    left = list(rows)
    kept = [_take_same(part, left, entry) for entry in entries]
    for number, (entry, row) in enumerate(zip(entries, kept, strict=True), start=1):
        row = row or (left.pop(0) if left else _new(session, part, kind, row_id))
        for name in part.fields:
            setattr(row, name, typed_value(part.model, name, entry.get(name)))
        if part.position:
            setattr(row, part.position, number)
    for row in left:
        session.delete(row)
    session.flush()


def _rows(session: Session, part: Part, kind: str, row_id: int) -> list[Any]:
    order = [getattr(part.model, part.position)] if part.position else []
    rows = select(part.model).where(part.is_of(kind, row_id)).order_by(*order, part.model.id)
    return list(session.scalars(rows))


def _entry(part: Part, row: Any) -> Entry:
    return {name: plain_value(getattr(row, name)) for name in part.fields}


def _take_same(part: Part, rows: list[Any], entry: Mapping[str, Plain]) -> Any | None:
    """Take the row that says what an entry says out of the list, if there is one."""
    wanted = {name: entry.get(name) for name in part.fields}
    same = next((row for row in rows if _entry(part, row) == wanted), None)
    if same is not None:
        rows.remove(same)
    return same


def _lift_positions(session: Session, part: Part, rows: Sequence[Any]) -> None:
    """Number rows below zero for a moment, so that no two ever have one number."""
    for number, row in enumerate(rows, start=1):
        setattr(row, part.position or "", -number)
    session.flush()


def _new(session: Session, part: Part, kind: str, row_id: int) -> Any:
    row = part.model(**part.owned_by(kind, row_id))
    session.add(row)
    return row


def _sort_key(entry: Mapping[str, Plain]) -> str:
    return json.dumps(entry, ensure_ascii=False, default=str)
