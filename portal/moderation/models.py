"""The mixin of every row that staff publish."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.models import UtcDateTime, word_column
from portal.moderation.rules import PublicationState


class Publishable:
    """A row with a state and the times at which it came and went.

    :ivar published_at: since when it is public; None before
    :ivar withdrawn_at: since when it is not any more; None before
    """

    state: Mapped[PublicationState] = mapped_column(
        word_column(PublicationState, "state"), default=PublicationState.DRAFT, index=True
    )
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    def note_import(self, at: datetime, *, is_new: bool) -> None:
        """Publish a row that an import brought; later states are staff's."""
        if is_new:
            self.state = PublicationState.PUBLISHED
            self.published_at = at

    @property
    def is_public(self) -> bool:
        """Say whether citizens may see it."""
        return self.state == PublicationState.PUBLISHED

    @classmethod
    def is_published(cls) -> ColumnElement[bool]:
        """Return the condition under which citizens may see a row."""
        return and_(cls.state == PublicationState.PUBLISHED)
