"""Keep the documents as the pages are, in the transaction of what changed them."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.search.documents import SOURCES
from portal.search.documents.source import Ids, TextSource
from portal.search.models import IndexTask, SearchDocument
from portal.search.rules import Document, DocumentKind, Operation

#: Marks a session whose documents changed, for the worker is woken after its commit.
HAS_TASKS = "search_has_tasks"

_Key = tuple[str, str]


def refresh(
    session: Session, source: TextSource, *, today: date, at: datetime, ids: Ids = None
) -> int:
    """Bring the documents of a source up to date, and return how many changed.

    :param today: the site's day, of which the pages tell
    :param at: the real time
    :param ids: rows that changed; None: any of them may have
    """
    keys = {str(row_id) for row_id in ids} if ids is not None and source.is_by_id else None
    wanted = {
        (document.key, document.language): document
        for document in source.documents(session, today, ids if keys is not None else None)
        if keys is None or document.key in keys
    }
    known = _known(session, source, keys)
    changed = [doc for key, doc in wanted.items() if _differs(doc, known.get(key))]
    gone = [row for key, row in known.items() if key not in wanted]
    for document in changed:
        _write(session, document, known.get((document.key, document.language)), at)
    for row in gone:
        _queue(session, row, Operation.DELETE, at)
        session.delete(row)
    session.flush()
    return len(changed) + len(gone)


def refresh_all(session: Session, *, today: date, at: datetime) -> int:
    """Bring all documents up to date, and return how many changed."""
    return sum(refresh(session, source, today=today, at=at) for source in SOURCES)


def queue_repair(
    session: Session, documents: Iterable[SearchDocument], ids: Iterable[int], *, at: datetime
) -> None:
    """Let the index take documents anew, and lose the ids that are no documents."""
    for row in documents:
        _queue(session, row, Operation.INDEX, at)
    for document_id in ids:
        stray = SearchDocument(id=document_id, kind=DocumentKind.PAGE, version=0)
        _queue(session, stray, Operation.DELETE, at)
    session.flush()


def _known(
    session: Session, source: TextSource, keys: set[str] | None
) -> dict[_Key, SearchDocument]:
    """Return the documents of a source, by key and language."""
    query = select(SearchDocument).where(SearchDocument.source == source.name)
    if keys is not None:
        query = query.where(SearchDocument.key.in_(keys))
    return {(row.key, row.language): row for row in session.scalars(query)}


def _differs(document: Document, row: SearchDocument | None) -> bool:
    return row is None or row.version != document.version


def _write(session: Session, document: Document, row: SearchDocument | None, at: datetime) -> None:
    """Write a document with its version, and queue it for the index."""
    row = row or SearchDocument()
    for name, value in vars(document).items():
        setattr(row, name, value)
    row.version = document.version
    session.add(row)
    session.flush()
    _queue(session, row, Operation.INDEX, at)


def _queue(session: Session, row: SearchDocument, operation: Operation, at: datetime) -> None:
    """Note what the index has to do, in the transaction of the change."""
    session.add(
        IndexTask(
            kind=row.kind,
            document_id=row.id,
            version=row.version,
            operation=operation,
            queued_at=at,
        )
    )
    session.info[HAS_TASKS] = True
