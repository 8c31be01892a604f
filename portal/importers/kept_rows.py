"""Rows that imports left alone because a person had changed them, until the file is read again."""

import json

from flask_babel import ngettext
from sqlalchemy.orm import Session

from portal.accounts.rules import Permission
from portal.core.imports import Outcome
from portal.core.permissions import is_allowed
from portal.core.sections import Section
from portal.core.state import change_state, find_state
from portal.extensions import db
from portal.importers.reports import Report

STATE = "kept_rows"
#: So many rows of a file are named; all are counted.
MOST_NAMED = 50


def note_kept_rows(session: Session, report: Report) -> None:
    """Remember which rows an import kept; of files that it did not read, the last one's stay."""
    known = _read(session)
    for path, counts in report.counts.items():
        kept = [c for c in report.changes if c.path == path and c.outcome is Outcome.KEPT]
        known.pop(path, None)
        if kept:
            known[path] = (counts[Outcome.KEPT], [str(change) for change in kept[:MOST_NAMED]])
    change_state(session, STATE, json.dumps(known))


def section_of_kept_rows(_account_id: int) -> Section | None:
    """Return the section of staff's pages that names the kept rows to who may decide."""
    known = _read(db.session())
    may_see = is_allowed(Permission.FIGURES_WRITE) or is_allowed(Permission.CONTENT_REVIEW)
    if not known or not may_see:
        return None
    number = sum(count for count, _rows in known.values())
    title = ngettext(
        "The last import kept %(num)s row that was changed by hand",
        "The last import kept %(num)s rows that were changed by hand",
        number,
    )
    named = [row for _count, rows in known.values() for row in rows]
    return Section(title, "importers/_kept_rows.html", named)


def _read(session: Session) -> dict[str, tuple[int, list[str]]]:
    """Return by file how many rows are kept, and which."""
    known: dict[str, tuple[int, list[str]]] = json.loads(find_state(session, STATE) or "{}")
    return known
