"""The table of sealed files."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.crypto import EncryptedText
from portal.core.files.rules import FileKind, Mark
from portal.core.files.sealed.rules import MOST_FILES, Marks, SealedState, marks_in_words
from portal.core.models import UtcDateTime, word_column
from portal.extensions import Base


class SealedFile(Base):
    """A file about a case, encrypted on the disk.

    The row tells neither when the file came nor from whom: a draft's row only when it ends.

    :ivar draft_hash: keyed hash of the draft's token; None once it was sent
    :ivar owner: what it was sent with, such as ``complaint:17``; None before
    :ivar position: its place among the draft's files, from 1; no two files take one
    :ivar store_key: what the store calls it
    :ivar display_name: cleaned name under which it is saved
    :ivar size_bytes: of what is kept, before it was encrypted
    :ivar sha256: digest of what is kept, hexadecimal; it would tell a known file, so it is sealed
    :ivar found_words: marks it had when it came, separated by spaces; ``left_words``: still in it
    :ivar expires_at: when a draft's file is erased; None once it was sent
    """

    __tablename__ = "sealed_files"
    __table_args__ = (
        UniqueConstraint("draft_hash", "position"),
        CheckConstraint(f"position BETWEEN 1 AND {MOST_FILES}", name="position"),
        CheckConstraint("(draft_hash IS NULL) <> (owner IS NULL)", name="belongs"),
        CheckConstraint("(draft_hash IS NULL) = (expires_at IS NULL)", name="expires"),
        Index("ix_sealed_files_expires_at", "expires_at"),
        Index("ix_sealed_files_owner", "owner"),
        Index("ix_sealed_files_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_hash: Mapped[str | None] = mapped_column(String(64))
    owner: Mapped[str | None] = mapped_column(String(80))
    position: Mapped[int]
    store_key: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[FileKind] = mapped_column(word_column(FileKind, "kind"))
    display_name: Mapped[str] = mapped_column(EncryptedText)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(EncryptedText)
    state: Mapped[SealedState] = mapped_column(word_column(SealedState, "state"))
    found_words: Mapped[str] = mapped_column(String(160))
    left_words: Mapped[str] = mapped_column(String(160))
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def marks(self) -> Marks:
        """Return what it told about a person, and what of that is still in it, in words."""
        found, left = (map(Mark, w.split()) for w in (self.found_words, self.left_words))
        return marks_in_words(found, left)

    @property
    def can_be_opened(self) -> bool:
        """Say whether the scanner passed it."""
        return self.state is SealedState.CLEAN
