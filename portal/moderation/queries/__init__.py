"""Reads for staff about what is proposed, waits and was corrected; all ordered and bounded."""

from portal.moderation.queries.history import (
    CorrectionLine,
    autosave_of,
    corrections_of,
    find_revision,
    get_revision,
    newest_revision,
    recent_corrections,
    revisions_of,
    writers_since,
)
from portal.moderation.queries.waiting import (
    DueRow,
    QueueRow,
    Wish,
    due_rows,
    next_withdrawal,
    waiting_for_review,
    who_answers,
)

__all__ = [
    "CorrectionLine",
    "DueRow",
    "QueueRow",
    "Wish",
    "autosave_of",
    "corrections_of",
    "due_rows",
    "find_revision",
    "get_revision",
    "newest_revision",
    "next_withdrawal",
    "recent_corrections",
    "revisions_of",
    "waiting_for_review",
    "who_answers",
    "writers_since",
]
