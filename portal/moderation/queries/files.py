"""Reads about the files of publishable rows."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.core.clock import today
from portal.core.files.models import StoredFile
from portal.core.files.rules import PICTURES, FileKind, FileState
from portal.moderation.models import ATTACHMENTS, Attachment, kind_of, publishable_classes

MOST_FILES = 50


@dataclass(frozen=True)
class AttachedFile:
    """A file as a page shows it.

    :ivar has_text: whether it can be read as text, too
    """

    file_id: int
    name: str
    kind: FileKind
    size_bytes: int
    title: str | None
    title_en: str | None
    alt: str | None
    alt_en: str | None
    has_text: bool

    @property
    def is_picture(self) -> bool:
        """Say whether it is shown in the page."""
        return self.kind in PICTURES


def attached_files(session: Session, kind: str, row_id: int) -> tuple[AttachedFile, ...]:
    """Return the files of a row that are ready, in their order."""
    rows = session.execute(
        select(
            StoredFile.id,
            StoredFile.display_name,
            StoredFile.kind,
            StoredFile.size_bytes,
            Attachment.title,
            Attachment.title_en,
            StoredFile.alt,
            StoredFile.alt_en,
            StoredFile.text.is_not(None),
        )
        .join(Attachment, Attachment.file_id == StoredFile.id)
        .where(
            Attachment.kind == kind,
            Attachment.row_id == row_id,
            StoredFile.state == FileState.READY,
        )
        .order_by(Attachment.position)
        .limit(MOST_FILES)
    )
    return tuple(AttachedFile(*row) for row in rows)


def is_public_file(session: Session, file_id: int) -> bool:
    """Say whether something that citizens meet today shows a file."""
    day = today()
    return any(
        session.scalar(
            select(
                exists().where(
                    Attachment.file_id == file_id,
                    Attachment.kind == kind_of(model),
                    Attachment.row_id == model.id,
                    model.is_shown(day),
                )
            )
        )
        for model in publishable_classes()
        if ATTACHMENTS in model.parts
    )
