"""What staff and the clock do to publishable rows; everything flushes and nothing commits."""

from portal.moderation.services.deputies import appoint_deputy, end_deputy
from portal.moderation.services.drafts import create, discard
from portal.moderation.services.moves import follow_clock, move, possible_moves
from portal.moderation.services.revisions import ChangedMeanwhile, autosave, restore, revise

__all__ = [
    "ChangedMeanwhile",
    "appoint_deputy",
    "autosave",
    "create",
    "discard",
    "end_deputy",
    "follow_clock",
    "move",
    "possible_moves",
    "restore",
    "revise",
]
