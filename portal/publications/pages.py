"""What the pages of publications show: frozen rows read by ``queries``."""

from dataclasses import dataclass
from datetime import datetime

from portal.core.citations import SourceLine
from portal.moderation.queries import AttachedFile, CorrectionLine
from portal.publications.rules import EditionFormat, PublicationKind


@dataclass(frozen=True)
class PublicationRow:
    """A publication in a list.

    :ivar issued: partial date; None: not known
    """

    id: int
    slug: str
    kind: PublicationKind
    title: str
    title_en: str | None
    summary: str | None
    summary_en: str | None
    issued: str | None
    is_planned: bool
    programme: str | None
    committee: str | None
    published_at: datetime | None


@dataclass(frozen=True)
class EditionRow:
    """A publication in one format."""

    format: EditionFormat
    copies: int | None
    unit: str | None
    unit_en: str | None
    address: str | None


@dataclass(frozen=True)
class PublicationDetail:
    """What a publication's own page shows beside its row."""

    row: PublicationRow
    body: str | None
    body_en: str | None
    editions: tuple[EditionRow, ...]
    files: tuple[AttachedFile, ...]
    corrections: tuple[CorrectionLine, ...]
    source: SourceLine | None
