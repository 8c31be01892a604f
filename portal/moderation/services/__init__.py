"""What staff and the clock do to publishable rows; everything flushes and nothing commits."""

from portal.moderation.services.deputies import appoint_deputy
from portal.moderation.services.moves import follow_clock, move
from portal.moderation.services.revisions import ChangedMeanwhile, autosave, restore, revise

__all__ = [
    "ChangedMeanwhile",
    "appoint_deputy",
    "autosave",
    "follow_clock",
    "move",
    "restore",
    "revise",
]
