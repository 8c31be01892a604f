"""The table of remarks."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.crypto import EncryptedText
from portal.core.models import UtcDateTime, word_column
from portal.extensions import Base
from portal.feedback.rules import LONGEST_PAGE, HideReason, RemarkState


class Remark(Base):
    """What somebody says is wrong on a page.

    :ivar key_hash: keyed hash of the form's key: a form sent twice is one remark, and who has the
        key may see how it stands
    :ivar page: path of the page, without language
    :ivar language: of the page, so of the answer
    :ivar wrong: what is wrong; None once it was erased
    :ivar should_say: what would be right, or how the reader knows; None: nothing or erased
    :ivar email: where the answer goes; None: the reader wants none by mail, or it was erased
    :ivar answer: what the staff wrote; None: not answered or erased
    :ivar decided_by: key of who answered, closed or hid it last
    :ivar erased_at: when the words and the address were erased
    """

    __tablename__ = "remarks"
    __table_args__ = (Index(None, "state", "sent_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    page: Mapped[str] = mapped_column(String(LONGEST_PAGE), index=True)
    language: Mapped[str] = mapped_column(String(2))
    wrong: Mapped[str | None] = mapped_column(EncryptedText)
    should_say: Mapped[str | None] = mapped_column(EncryptedText)
    email: Mapped[str | None] = mapped_column(EncryptedText)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[RemarkState] = mapped_column(word_column(RemarkState, "state"))
    answer: Mapped[str | None] = mapped_column(EncryptedText)
    hidden_because: Mapped[HideReason | None] = mapped_column(
        word_column(HideReason, "hidden_because")
    )
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_open(self) -> bool:
        """Say whether it waits for somebody."""
        return self.state is RemarkState.OPEN
