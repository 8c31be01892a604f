"""What staff and the clock do to publishable rows; everything flushes and nothing commits."""

from portal.moderation.services.deputies import appoint_deputy, end_deputy
from portal.moderation.services.drafts import check_may_create, create, discard
from portal.moderation.services.moves import ReasonMissing, follow_clock, move, possible_moves
from portal.moderation.services.revisions import (
    ChangedMeanwhile,
    autosave,
    check_may_revise,
    refusal_to_write,
    restore,
    revise,
)
from portal.moderation.services.unnamed_files import remove_unnamed_files

__all__ = [
    "ChangedMeanwhile",
    "ReasonMissing",
    "appoint_deputy",
    "autosave",
    "check_may_create",
    "check_may_revise",
    "create",
    "discard",
    "end_deputy",
    "follow_clock",
    "move",
    "possible_moves",
    "remove_unnamed_files",
    "refusal_to_write",
    "restore",
    "revise",
]
