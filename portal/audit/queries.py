"""Reads of the audit trail, for auditors and for the command that verifies it."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select, text
from sqlalchemy.orm import Session

from portal.audit.models import AuditHead, AuditLine
from portal.audit.pages import LineRow, Wanted
from portal.audit.rules import Content, Head, Link
from portal.core.clock import council_zone

#: So many lines are in memory at once, however long the trail is.
LINES_A_BATCH = 1000
LINES_A_PAGE = 50
#: A council has some hundreds of posts; so many people are offered to choose from.
MOST_ACTORS = 1000
_COLUMNS = tuple(AuditLine.__table__.columns)
#: The triggers that revision 0009 makes on each database.
TRIGGERS = {
    "sqlite": (
        "audit_lines_refuse_delete",
        "audit_lines_refuse_replace",
        "audit_lines_refuse_update",
    ),
    "postgresql": ("audit_lines_refuse_change",),
}
_TRIGGER_QUERIES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_lines'",
    "postgresql": "SELECT tgname FROM pg_trigger"
    " WHERE tgrelid = 'audit_lines'::regclass AND NOT tgisinternal AND tgenabled <> 'D'",
}


def find_head(session: Session) -> Head | None:
    """Return the end of the chain, or None when somebody took its row away."""
    row = session.execute(select(AuditHead.number, AuditHead.hash)).one_or_none()
    return Head(row.number, row.hash) if row else None


def every_link(session: Session) -> Iterator[Link]:
    """Give every line with its hash, by number, in batches."""
    for row in _stream(session, Wanted()):
        values = vars(row)
        digest = values["hash"]
        yield Link(Content(**{k: v for k, v in values.items() if k != "hash"}), digest)


def lines_for_export(session: Session, wanted: Wanted) -> Iterator[LineRow]:
    """Give the lines of an export, the oldest first, in batches."""
    return _stream(session, wanted)


def lines_for_auditors(
    session: Session, wanted: Wanted, *, below: int | None = None, most: int = LINES_A_PAGE
) -> list[LineRow]:
    """Return the newest lines, the newest first.

    :param below: only lines of a lower number, for the next page
    :param most: so many at most
    """
    query = _narrowed(wanted).order_by(AuditLine.number.desc()).limit(most)
    if below is not None:
        query = query.where(AuditLine.number < below)
    return [LineRow(*row) for row in session.execute(query)]


def actors_of_trail(session: Session) -> tuple[str, ...]:
    """Return the keys of all who acted, at most ``MOST_ACTORS``."""
    query = select(AuditLine.actor).distinct().order_by(AuditLine.actor).limit(MOST_ACTORS)
    return tuple(session.scalars(query))


def missing_triggers(session: Session) -> tuple[str, ...]:
    """Return the names of the triggers that should refuse changes but are gone or off."""
    dialect = session.get_bind().dialect.name
    there = set(session.scalars(text(_TRIGGER_QUERIES[dialect])))
    return tuple(name for name in TRIGGERS[dialect] if name not in there)


def _stream(session: Session, wanted: Wanted) -> Iterator[LineRow]:
    query = _narrowed(wanted).order_by(AuditLine.number)
    rows = session.execute(query, execution_options={"yield_per": LINES_A_BATCH})
    return (LineRow(*row) for row in rows)


def _narrowed(wanted: Wanted) -> Select[Any]:
    """Return the query for the columns of the lines that are wanted, without order."""
    words = {
        AuditLine.actor: wanted.actor,
        AuditLine.deed: wanted.deed,
        AuditLine.kind: wanted.kind,
        AuditLine.row_id: wanted.row_id,
    }
    conditions: list[ColumnElement[bool]] = [c == word for c, word in words.items() if word]
    if wanted.first_on:
        begins_at = datetime.combine(wanted.first_on, time(), council_zone())
        conditions.append(AuditLine.at >= begins_at)
    if wanted.last_on:
        ends_at = datetime.combine(wanted.last_on + timedelta(days=1), time(), council_zone())
        conditions.append(AuditLine.at < ends_at)
    return select(*_COLUMNS).where(*conditions)
