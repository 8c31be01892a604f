"""Take the documents over into the index. Only the worker and commands do this."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.core.clock import real_now
from portal.core.state import change_state
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.search.engines import IndexMissing, SearchEngine
from portal.search.models import IndexTask, SearchDocument
from portal.search.rules import Entry, entry_of
from portal.search.services import queue_repair, refresh_all

#: The state that says when the index was written last.
INDEXED_AT = "search_indexed_at"
#: So many tasks are done in one commit of the index.
BATCH = 500


@dataclass(frozen=True)
class Repair:
    """What was found different: documents, entries that were missing or old, entries too many."""

    documents: int
    entries: int
    strays: int

    @property
    def is_needed(self) -> bool:
        """Say whether anything was different."""
        return bool(self.documents or self.entries or self.strays)


def drain(engine: SearchEngine) -> int:
    """Do what waits for the index, and return how many tasks that were.

    A task is taken away only after the index keeps its work, so a killed worker loses nothing; the
    same work twice is the same. The index is rebuilt where there is none.
    """
    done = 0
    while tasks := _next_tasks(db.session()):
        try:
            _do(engine, tasks)
        except IndexMissing:
            rebuild(engine)
        begin_write()
        ids = [task.id for task in tasks]
        db.session.execute(delete(IndexTask).where(IndexTask.id.in_(ids)))
        change_state(db.session(), INDEXED_AT, real_now().isoformat(timespec="seconds"))
        db.session.commit()
        done += len(tasks)
    return done


def heal(engine: SearchEngine) -> bool:
    """Make the index anew where it is missing or can't be read; say whether that was needed."""
    try:
        engine.suggest("가", "ko", limit=1)
    except IndexMissing:
        rebuild(engine)
        return True
    return False


def rebuild(engine: SearchEngine) -> int:
    """Make the index anew from the documents, and return how many those are."""
    session = db.session()
    engine.rebuild(_all_entries(session))
    count = session.scalar(select(func.count()).select_from(SearchDocument)) or 0
    session.rollback()
    return count


def reconcile(engine: SearchEngine, *, today: date, at: datetime) -> Repair:
    """Compare pages, documents and index, and queue what differs; the caller commits.

    :param today: the site's day
    :param at: the real time
    """
    session = db.session()
    documents = refresh_all(session, today=today, at=at)
    try:
        found = engine.status().versions
    except IndexMissing:
        found = {}
    waiting = set(session.scalars(select(IndexTask.document_id)))
    rows = session.execute(select(SearchDocument.id, SearchDocument.version)).all()
    known = {row_id: version for row_id, version in rows}
    old = [i for i, version in known.items() if found.get(i) != version and i not in waiting]
    strays = [i for i in found if i not in known and i not in waiting]
    missing = [session.get_one(SearchDocument, document_id) for document_id in old]
    queue_repair(session, missing, strays, at=at)
    return Repair(documents, len(old), len(strays))


def _next_tasks(session: Session) -> list[IndexTask]:
    """Return the oldest tasks, read outside any transaction that follows."""
    tasks = list(session.scalars(select(IndexTask).order_by(IndexTask.id).limit(BATCH)))
    session.expunge_all()
    session.rollback()
    return tasks


def _do(engine: SearchEngine, tasks: list[IndexTask]) -> None:
    """Give the index the documents as they are now; what is gone by now goes there too."""
    session = db.session()
    ids = dict.fromkeys(task.document_id for task in tasks)
    rows = session.scalars(select(SearchDocument).where(SearchDocument.id.in_(ids)))
    entries = [_entry(row) for row in rows]
    session.rollback()
    there = {entry.id for entry in entries}
    if entries:
        engine.index(entries)
    gone = [document_id for document_id in ids if document_id not in there]
    if gone:
        engine.delete(gone)


def _all_entries(session: Session) -> Iterator[Entry]:
    """Give all documents as the index takes them."""
    query = select(SearchDocument).order_by(SearchDocument.id)
    for row in session.scalars(query.execution_options(yield_per=BATCH)):
        yield _entry(row)


def _entry(row: SearchDocument) -> Entry:
    return entry_of(
        row.id,
        row.version,
        language=row.language,
        kind=row.kind,
        day=row.day,
        committee=row.committee,
        title=row.title,
        body=row.body,
        called=row.called,
    )
