"""What rows have in common that stand in people's own calendars."""

from datetime import datetime

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.models import UtcDateTime
from portal.moderation.models import Publishable


class Subscribable(Publishable):
    """A row that stands in people's own calendars.

    :ivar sequence: raised on each change that a subscriber should see
    :ivar changed_at: when that was
    """

    sequence: Mapped[int] = mapped_column(Integer, default=0)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    def note_import(self, at: datetime, *, is_new: bool) -> None:
        """Tell subscribers of a change by a higher sequence."""
        super().note_import(at, is_new=is_new)
        self.sequence = 0 if is_new else self.sequence + 1
        self.changed_at = at

    def note_change(self, at: datetime) -> None:
        """Tell subscribers of a change by a higher sequence."""
        self.sequence += 1
        self.changed_at = at
