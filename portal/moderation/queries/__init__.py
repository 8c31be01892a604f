"""Reads for staff about what is proposed, waits and was corrected; all ordered and bounded."""

from portal.moderation.queries.files import AttachedFile, attached_files, is_public_file
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
from portal.moderation.queries.rows import has_left, rows_by_id, rows_for_staff, states_of
from portal.moderation.queries.turns import (
    SentBack,
    Turn,
    deputies_from,
    sent_back_to,
    turns_of,
    who_answers,
)
from portal.moderation.queries.waiting import (
    MOST_WAITING,
    DueRow,
    QueueRow,
    Wish,
    count_waiting,
    due_rows,
    next_withdrawal,
    waiting_for_review,
)

__all__ = [
    "MOST_WAITING",
    "AttachedFile",
    "CorrectionLine",
    "DueRow",
    "QueueRow",
    "SentBack",
    "Turn",
    "Wish",
    "attached_files",
    "autosave_of",
    "corrections_of",
    "count_waiting",
    "deputies_from",
    "due_rows",
    "find_revision",
    "get_revision",
    "has_left",
    "is_public_file",
    "newest_revision",
    "next_withdrawal",
    "recent_corrections",
    "revisions_of",
    "rows_by_id",
    "rows_for_staff",
    "sent_back_to",
    "states_of",
    "turns_of",
    "waiting_for_review",
    "who_answers",
    "writers_since",
]
