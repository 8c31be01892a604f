"""The table of opinions that are sent without attending."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.crypto import EncryptedText
from portal.core.models import UtcDateTime, word_column
from portal.extensions import Base
from portal.hearings.rules.opinions import HouseRule, NameShown, ObjectionState, OpinionState
from portal.legislation.rules.kinds import Field


class Opinion(Base):
    """What somebody says to a hearing.

    :ivar key_hash: keyed hash of the form's key; who has the key may see how it stands
    :ivar number: what its author is told
    :ivar field: what a budget opinion is about; None: not asked
    :ivar text: what was written; None once it was erased. ``public_text`` is what everybody reads
    :ivar text_digest: the same for texts that say the same
    :ivar shown_name: what is shown of the name, set when it is published; None: nothing
    :ivar answer: what the council says to it
    :ivar objection: why its author thinks it should be shown; there is one at most
    :ivar objection_by: who read it
    :ivar objection_at: when it came; once it was read, when that was
    :ivar decided_by: who published or hid it last; another one reads the objection
    """

    __tablename__ = "hearing_opinions"
    __table_args__ = (
        Index(None, "hearing_id", "state", "sent_at"),
        Index(None, "hearing_id", "text_digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int] = mapped_column(ForeignKey("hearings.id"))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)
    language: Mapped[str] = mapped_column(String(2))
    field: Mapped[Field | None] = mapped_column(word_column(Field, "field"))
    text: Mapped[str | None] = mapped_column(EncryptedText)
    public_text: Mapped[str | None] = mapped_column(Text)
    text_digest: Mapped[str] = mapped_column(String(64))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"), index=True)
    name: Mapped[str | None] = mapped_column(EncryptedText)
    name_shown: Mapped[NameShown] = mapped_column(word_column(NameShown, "name_shown"))
    shown_name: Mapped[str | None] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(EncryptedText)
    consent: Mapped[str] = mapped_column(String(20))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[OpinionState] = mapped_column(word_column(OpinionState, "state"))
    hidden_because: Mapped[HouseRule | None] = mapped_column(
        word_column(HouseRule, "hidden_because")
    )
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    objection: Mapped[str | None] = mapped_column(EncryptedText)
    objection_state: Mapped[ObjectionState] = mapped_column(
        word_column(ObjectionState, "objection_state"), default=ObjectionState.NONE
    )
    objection_by: Mapped[str | None] = mapped_column(String(80))
    objection_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(Text)
    answer_en: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
