"""The table of files."""

from datetime import datetime

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from portal.core.files.rules import PICTURES, FileKind, FileState, Mark
from portal.core.models import UtcDateTime, word_column
from portal.extensions import Base


class StoredFile(Base):
    """A file that was taken in.

    :ivar purpose: for what it was taken in, such as ``content``; who may read it depends on that
    :ivar store_key: what the store calls it
    :ivar display_name: cleaned name under which it is saved
    :ivar sha256: digest of what is kept, hexadecimal
    :ivar alt: what a picture shows, for who can't see it; empty for other kinds
    :ivar found_words: marks it had when it came, separated by spaces; ``left_words``: still in it
    :ivar text: its text as a machine read it, as Markdown; None when not read or without any
    """

    __tablename__ = "stored_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    store_key: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[FileKind] = mapped_column(word_column(FileKind, "kind"))
    display_name: Mapped[str] = mapped_column(String(120))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    alt: Mapped[str | None] = mapped_column(String(300))
    alt_en: Mapped[str | None] = mapped_column(String(300))
    state: Mapped[FileState] = mapped_column(word_column(FileState, "state"), index=True)
    found_words: Mapped[str] = mapped_column(String(160))
    left_words: Mapped[str] = mapped_column(String(160))
    text: Mapped[str | None] = deferred(mapped_column(Text))
    text_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(80))

    @property
    def is_picture(self) -> bool:
        """Say whether it is shown in pages."""
        return self.kind in PICTURES

    @property
    def marks_found(self) -> tuple[Mark, ...]:
        """Return what it told about its makers when it came."""
        return tuple(Mark(word) for word in self.found_words.split())

    @property
    def marks_left(self) -> tuple[Mark, ...]:
        """Return what of it is still in there; who publishes it should know."""
        return tuple(Mark(word) for word in self.left_words.split())
