"""The pages of moderation: desks, review queue, files, and the public list of corrections."""

from portal.moderation.views import (
    corrections,
    deputies,
    files,
    help,
    history,
    preview,
    review,
    rows,
    writing,
)
from portal.moderation.views.blueprint import moderation

blueprints = (moderation,)

__all__ = [
    "blueprints",
    "corrections",
    "deputies",
    "files",
    "help",
    "history",
    "preview",
    "review",
    "rows",
    "writing",
]
