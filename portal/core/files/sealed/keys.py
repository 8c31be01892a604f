"""Checking and renewing by which key fields and files are encrypted, while the site runs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Column, Text, and_, literal, select, tuple_, type_coerce, update
from sqlalchemy.orm import Session

from portal.core.age import Unreadable, is_sealed_by_newest, unseal
from portal.core.crypto import EncryptedText, InvalidToken, decrypt, encrypt, is_by_newest
from portal.core.files.sealed.queries import known_keys
from portal.core.files.sealed.store import sealed_store
from portal.core.transactions import begin_write
from portal.extensions import Base, db

#: Rows that are encrypted anew in one transaction; writers of the site wait so long.
ROWS_AT_ONCE = 200


@dataclass
class Readable:
    """How much of a column, or of all sealed files, the keys read.

    :ivar name: ``table.column``, or ``sealed files``
    :ivar older: read by an older key
    :ivar unreadable: by none
    """

    name: str
    newest: int = 0
    older: int = 0
    unreadable: int = 0


Row = tuple[tuple[object, ...], str]


def encrypted_columns() -> list[Column[str]]:
    """Return every encrypted column of every table, in the order of their names."""
    columns = (column for table in Base.metadata.sorted_tables for column in table.columns)
    return sorted(filter(_is_encrypted, columns), key=str)


def check_keys(session: Session) -> list[Readable]:
    """Return for each encrypted column and for the sealed files what the keys read of it."""
    found = []
    for column in encrypted_columns():
        counted = Readable(str(column))
        for _key, token in _rows(session, column):
            _count(counted, newest=is_by_newest(token), opens=partial(decrypt, token))
        found.append(counted)
    return [*found, _check_files(session)]


def renew_fields() -> Iterator[tuple[str, int]]:
    """Encrypt anew what an older key encrypted; give column and rows after each transaction.

    What is done already is told by the tokens themselves, so a run that was killed is simply run
    again. A row that somebody changes meanwhile keeps their words.
    """
    for column in encrypted_columns():
        after: tuple[object, ...] | None = None
        while True:
            begin_write()
            rows = _some_rows(db.session(), column, after)
            done = sum(_renew(db.session(), column, row) for row in rows)
            db.session.commit()
            if done:
                yield str(column), done
            if len(rows) < ROWS_AT_ONCE:
                break
            after = rows[-1][0]


def renew_files() -> int:
    """Seal anew each file that an older key sealed, one after the other; return how many.

    A file that was erased meanwhile, and one that no key opens, is left.
    """
    store, done = sealed_store(), 0
    keys = known_keys(db.session())
    db.session.rollback()
    for key in keys:
        try:
            with store.open(key) as file:
                is_new = is_sealed_by_newest(file.read())
            if not is_new:
                store.seal_again(key)
                done += 1
        except (FileNotFoundError, Unreadable):
            continue
    return done


def _is_encrypted(column: Column[str]) -> bool:
    """Say whether a column is encrypted; a type made of another one holds an instance of it."""
    kinds = (column.type, getattr(column.type, "impl", None))
    return any(isinstance(kind, EncryptedText) for kind in kinds)


def _rows(session: Session, column: Column[str]) -> Iterator[Row]:
    after: tuple[object, ...] | None = None
    while rows := _some_rows(session, column, after):
        yield from rows
        after = rows[-1][0]


def _some_rows(
    session: Session, column: Column[str], after: tuple[object, ...] | None
) -> list[Row]:
    """Return keys and tokens of rows as they stand in the database, bounded."""
    keys = tuple(column.table.primary_key.columns)
    rows = select(type_coerce(column, Text), *keys).where(column.is_not(None))
    if after is not None:
        rows = rows.where(tuple_(*keys) > tuple_(*after))
    found = session.execute(rows.order_by(*keys).limit(ROWS_AT_ONCE))
    return [(tuple(key), token) for token, *key in found]


def _renew(session: Session, column: Column[str], row: Row) -> bool:
    """Encrypt one field anew; say whether it was needed and nobody changed it meanwhile."""
    key, token = row
    if is_by_newest(token):
        return False
    try:
        made = encrypt(decrypt(token))
    except InvalidToken:
        return False
    table = column.table
    same = [own == value for own, value in zip(table.primary_key.columns, key, strict=True)]
    changed = session.execute(
        update(table)
        .where(and_(*same, type_coerce(column, Text) == token))
        .values({column.name: literal(made, Text())})
        .returning(*table.primary_key.columns)
    )
    return changed.first() is not None


def _check_files(session: Session) -> Readable:
    counted, store = Readable("sealed files"), sealed_store()
    for key in known_keys(session):
        try:
            with store.open(key) as file:
                sealed = file.read()
        except FileNotFoundError:
            # The check of the store tells of it.
            continue
        _count(counted, newest=is_sealed_by_newest(sealed), opens=partial(unseal, sealed))
    return counted


def _count(counted: Readable, *, newest: bool, opens: Callable[[], object]) -> None:
    if newest:
        counted.newest += 1
        return
    try:
        opens()
    except (InvalidToken, Unreadable):
        counted.unreadable += 1
    else:
        counted.older += 1
