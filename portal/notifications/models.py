"""The table of letters."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Dialect, Index, String, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.crypto import EncryptedText, blind_index
from portal.core.models import UtcDateTime, word_column
from portal.extensions import Base
from portal.notifications.rules import Channel, LetterState


class EncryptedWords(TypeDecorator[Mapping[str, str]]):
    """Names and their words, kept as one encrypted text."""

    impl = EncryptedText
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, str] | None, dialect: Dialect) -> str | None:
        """Write the words as one text."""
        return None if value is None else json.dumps(dict(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, str] | None:
        """Read the words again."""
        return None if value is None else dict(json.loads(value))


class Letter(Base):
    """One letter to one person.

    :ivar kind: name of its kind, see ``kinds.py``
    :ivar recipient: e-mail address or phone number; None once it was erased
    :ivar recipient_index: keyed hash by which the recipient is found
    :ivar context: what its template needs; None once it was erased
    :ivar message_id: the same at every attempt, so that a receiver knows a repeated letter
    :ivar not_before: since when it may go
    :ivar next_at: when it is due; later than ``not_before`` after a failed attempt
    :ivar taken_at: when a worker took it last
    :ivar last_error: kind and codes of the last failure, no server's words
    :ivar bounced_at: when somebody noted that it came back
    """

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_state_next_at", "state", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    channel: Mapped[Channel] = mapped_column(word_column(Channel, "channel"))
    language: Mapped[str] = mapped_column(String(2))
    recipient: Mapped[str | None] = mapped_column(EncryptedText)
    recipient_index: Mapped[str | None] = mapped_column(String(64), index=True)
    context: Mapped[Mapping[str, str] | None] = mapped_column(EncryptedWords)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[LetterState] = mapped_column(word_column(LetterState, "state"))
    attempts: Mapped[int]
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(String(80))
    bounced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def index_recipient(recipient: str) -> str:
    """Return the keyed hash of a recipient; upper and lower case are the same person."""
    return blind_index("letter.recipient", recipient.lower())
